package vpnlab.diagnosis.facts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.StoreListing;
import vpnlab.evidence.TlsExtensions;

/**
 * Conditional access as the client's computer shows it: what the cloud said before the connection
 * was dialed, which of the user's certificates proved the user, and which others there are.
 */
public final class CloudAccess {
  /** The purpose of the certificates that the cloud issues. */
  public static final String CONDITIONAL_ACCESS = "1.3.6.1.4.1.311.87";

  /** The name that profiles give to that purpose. */
  public static final String PURPOSE_NAME = "AAD Conditional Access";

  /** For people: which store tells what the user has. */
  public static final String STORE = "the user's certificate store (CurrentUser\\My)";

  /** For people: what tells whether another certificate would have done. */
  public static final String PURPOSES = "the purposes of the user's certificates";

  private static final String CLOUD_AUTHORITY = "Microsoft VPN root CA";

  private final Facts facts;
  private final List<EventRecord> asked;

  CloudAccess(Facts facts, List<EventRecord> events, int dialedAt) {
    this.facts = facts;
    this.asked = asked(events, dialedAt);
  }

  /** The token is asked for before RasClient dials: after whatever RasClient wrote before that. */
  private List<EventRecord> asked(List<EventRecord> events, int dialedAt) {
    List<EventRecord> found = new ArrayList<>();
    int end = dialedAt < 0 ? events.size() : dialedAt;
    for (EventRecord event : events.subList(0, end)) {
      if (!event.host().equals(facts.client())) {
        continue;
      }
      if (event.source().equals("RasClient")) {
        found.clear();
      } else if (event.source().equals(EventLog.AAD)) {
        found.add(event);
      }
    }
    return found;
  }

  /** Whether the profile asks the cloud at all. */
  public boolean demanded() {
    return facts.profile().deviceCompliance();
  }

  /** AAD 1098 in which the cloud says that its policy is not satisfied; the last one. */
  public Optional<EventRecord> refusal() {
    return asked.stream()
        .filter(event -> event.id() == 1098)
        .filter(event -> isPolicy(event.data("Error") + " " + event.data("ErrorMessage")))
        .reduce((first, second) -> second);
  }

  /** The cloud refused, and its dialog is still there: nothing has been dialed. */
  public boolean holdsBack() {
    return demanded()
        && facts.attempt().dialing().isEmpty()
        && facts.attempt().end().isEmpty()
        && refusal().isPresent();
  }

  /** How often the cloud refused: once, and once more for each OK. */
  public long refusals() {
    return asked.stream()
        .filter(event -> event.id() == 1098)
        .filter(event -> isPolicy(event.data("Error") + " " + event.data("ErrorMessage")))
        .count();
  }

  private static boolean isPolicy(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.contains("interaction_required")
        || lower.contains("aadsts530")
        || lower.contains("aadsts5007");
  }

  /** The refusal as evidence, when there is one. */
  public List<Citation> citeRefusal() {
    return refusal().map(event -> List.of(Cite.field(event, "ErrorMessage"))).orElse(List.of());
  }

  /** The last AAD 1098, whatever it says, as evidence. */
  public List<Citation> citeFailure() {
    return asked.stream()
        .filter(event -> event.id() == 1098)
        .reduce((first, second) -> second)
        .map(
            event ->
                List.of(Cite.event(event, event.data("Error") + " " + event.data("ErrorMessage"))))
        .orElse(List.of());
  }

  /**
   * Whether the evidence shows CurrentUser\My; when it does not, that {@link #own} and what follows
   * from it are empty means nothing.
   */
  public boolean storeIsKnown() {
    return listed().filter(StoreListing::whole).isPresent()
        || facts.stores().isKnown(facts.client(), CertificateStores.USER_MY);
  }

  /** The certificates in CurrentUser\My with a private key: whole, or as a list shows them. */
  public List<OwnCertificate> own() {
    List<OwnCertificate> own = new ArrayList<>();
    facts.stores().withKey(facts.client(), CertificateStores.USER_MY).stream()
        .map(OwnCertificate::of)
        .forEach(own::add);
    for (StoreListing.Entry entry : listed().map(StoreListing::entries).orElse(List.of())) {
      boolean known =
          own.stream().anyMatch(one -> one.thumbprint().equalsIgnoreCase(entry.thumbprint()));
      if (entry.privateKey() && !known) {
        own.add(OwnCertificate.of(entry));
      }
    }
    return own;
  }

  private Optional<StoreListing> listed() {
    return facts.listing(facts.client(), CertificateStores.USER_MY);
  }

  /** Those that the cloud issued: its authority's name, and the purpose. */
  public List<OwnCertificate> issuedByCloud() {
    return own().stream().filter(CloudAccess::isOfTheCloud).toList();
  }

  /** Valid ones for client authentication that the cloud did not issue. */
  public List<OwnCertificate> others() {
    return own().stream()
        .filter(one -> !isOfTheCloud(one) && one.validAt(now()))
        .filter(one -> one.whole().map(CloudAccess::authenticatesClients).orElse(true))
        .toList();
  }

  /** Whether what {@link #others} has is for client authentication; a list does not say. */
  public boolean othersAreSure() {
    return others().isEmpty() || others().stream().anyMatch(one -> one.whole().isPresent());
  }

  /** A valid one that the cloud issued. */
  public Optional<OwnCertificate> valid() {
    return issuedByCloud().stream().filter(one -> one.validAt(now())).findFirst();
  }

  private static boolean authenticatesClients(CertificateView one) {
    return one.extendedKeyUsage().isEmpty()
        || one.namesPurpose(CertificateView.CLIENT_AUTHENTICATION);
  }

  /** By its issuer, and by its purpose where that is to be seen. */
  public static boolean isOfTheCloud(OwnCertificate one) {
    return isCloudAuthority(one.issuer()) && one.whole().map(CloudAccess::hasPurpose).orElse(true);
  }

  public static boolean hasPurpose(CertificateView one) {
    return one.extendedKeyUsage().orElse(List.of()).contains(CONDITIONAL_ACCESS);
  }

  private static boolean isCloudAuthority(String issuer) {
    return issuer.toLowerCase(Locale.ROOT).contains(CLOUD_AUTHORITY.toLowerCase(Locale.ROOT));
  }

  /** CAPI2 70 of this attempt: the certificate whose key was used. */
  public Optional<EventRecord> keyUsed() {
    return facts.events().last(facts.client(), EventLog.CAPI2, 70);
  }

  /** The certificate that {@link #keyUsed} names, when the user's store still has it. */
  public Optional<OwnCertificate> used() {
    return keyUsed()
        .map(event -> event.data("Thumbprint"))
        .flatMap(
            thumbprint ->
                own().stream()
                    .filter(one -> one.thumbprint().equalsIgnoreCase(thumbprint))
                    .findFirst());
  }

  /**
   * Whether a certificate of that kind may have proved the user: the one that was used is of that
   * kind, or the evidence does not show which one it was. Without a CAPI2 log the method alone
   * tells whether there was one.
   */
  public boolean mayHaveUsed(Predicate<CertificateView> kind) {
    if (keyUsed().isPresent()) {
      return used().flatMap(OwnCertificate::whole).map(kind::test).orElse(true);
    }
    boolean logged = !facts.events().since(facts.client(), EventLog.CAPI2).isEmpty();
    return !logged && facts.profile().authentication().endsWith("eap-tls");
  }

  /** Whether the user was proved by a certificate that is not the cloud's. */
  public boolean usedAnother() {
    return used()
        .map(one -> !isOfTheCloud(one))
        .orElseGet(
            () -> keyUsed().filter(event -> !isCloudAuthority(event.data("Issuer"))).isPresent());
  }

  /** The key's use as evidence. */
  public List<Citation> citeKeyUsed() {
    return keyUsed()
        .map(
            event ->
                List.of(
                    Cite.event(
                        event,
                        "Subject = %s, Issuer = %s"
                            .formatted(event.data("Subject"), event.data("Issuer")))))
        .orElse(List.of());
  }

  /** The profile's filter lets exactly the cloud's purpose through. */
  public boolean filterIsRight() {
    return facts
        .profile()
        .tlsExtensions()
        .map(TlsExtensions::requiredOids)
        .filter(Set.of(CONDITIONAL_ACCESS)::equals)
        .isPresent();
  }

  /** The profile's filter as evidence. */
  public Citation citeFilter() {
    return Cite.profile(
        facts.profile(),
        facts
            .profile()
            .tlsExtensions()
            .map(
                filter ->
                    "TLSExtensions: EKUMapping = %s, ClientAuthEKUList = %s"
                        .formatted(filter.ekuMapping(), filter.clientAuthEkus()))
            .orElse("no TLSExtensions section"));
  }

  /** A certificate in the user's store as evidence. */
  public Citation cite(OwnCertificate one) {
    return new Citation(
        "certificate",
        facts.client() + " certificate " + one.title(),
        "issuer = %s, notAfter = %s, purposes = %s"
            .formatted(one.issuer(), one.notAfter(), one.purposes()));
  }

  /** True time of the end of the attempt. */
  public Instant now() {
    return facts
        .attempt()
        .end()
        .or(facts.attempt()::dialing)
        .or(this::refusal)
        .map(event -> facts.clock().trueTime(event.at()))
        .orElse(Instant.EPOCH);
  }
}
