package vpnlab.diagnosis.rule.certificate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.diagnosis.facts.CertificateStores;
import vpnlab.diagnosis.facts.CertificateView;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.EventLog;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.facts.PeerChain;
import vpnlab.diagnosis.facts.SeenIkeMessage;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.NpsReasonCode;
import vpnlab.evidence.RasError;
import vpnlab.wire.Octets;

/** The certificates that the client could have authenticated with, and what the server said. */
record ClientCertificates(Facts facts) {
  private static final int AUTH_FAIL = 13801; // ERROR_IPSEC_IKE_AUTH_FAIL

  private boolean inIke() {
    return facts.profile().authentication().equals("machine-certificate");
  }

  private boolean inEap() {
    return facts.profile().authentication().endsWith("eap-tls");
  }

  /**
   * Whether the attempt ended because the server refused the client's certificate: in IKE with
   * 13801, which also stands for faults of the server's certificate, in EAP with a code of its own.
   */
  boolean refusedByServer(int eapCode, int... reasons) {
    int code = facts.attempt().error().map(RasError::code).orElse(0);
    if (!inIke()) {
      return code == eapCode && inEap()
          || (code == eapCode || code == 0) && !citeDenial(reasons).isEmpty();
    }
    if (code != AUTH_FAIL && code != 0) {
      return false;
    }
    PeerChain server = facts.serverChain();
    boolean serverIsFaulty = server.builtAt().isPresent() && !server.good();
    return !serverIsFaulty && failure("Local computer").isEmpty() && !citeRefusal().isEmpty();
  }

  /** What the user must have seen, where only servers tell of the attempt. */
  int codeOfNoEnd(int eapCode) {
    return inIke() ? AUTH_FAIL : eapCode;
  }

  private Optional<EventRecord> failure(String failurePoint) {
    return facts
        .events()
        .last(
            facts.client(),
            EventLog.AUDITING,
            4653,
            event -> event.data("FailurePoint").equalsIgnoreCase(failurePoint));
  }

  /** The server's refusal as the client's log has it, or RRAS's complaint about the chain. */
  List<Citation> citeRefusal() {
    List<Citation> citations = new ArrayList<>();
    failure("Remote computer")
        .ifPresent(
            event ->
                citations.add(
                    Cite.event(
                        event,
                        "FailurePoint = Remote computer, FailureCode = "
                            + event.data("FailureCode"))));
    if (inIke() && facts.administrator()) {
      citations.addAll(facts.chainAt(facts.vpnServer()).citeBuilding());
    }
    return citations;
  }

  /** NPS's refusal for one of these reasons. */
  List<Citation> citeDenial(int... reasons) {
    int reason = facts.radius().reason();
    return IntStream.of(reasons).anyMatch(one -> one == reason)
        ? facts
            .radius()
            .denial()
            .map(
                event ->
                    List.of(
                        Cite.event(
                            event,
                            "ReasonCode = %s: %s"
                                .formatted(
                                    NpsReasonCode.of(reason), NpsReasonCode.of(reason).meaning()))))
            .orElse(List.of())
        : List.of();
  }

  /** The one that RRAS's log shows, else all that have a private key. */
  private List<CertificateView> own() {
    if (inIke() && facts.administrator()) {
      Optional<CertificateView> presented = facts.chainAt(facts.vpnServer()).leaf();
      if (presented.isPresent()) {
        return List.of(presented.get());
      }
    }
    List<CertificateView> user = facts.stores().withKey(facts.client(), CertificateStores.USER_MY);
    return inEap() && !user.isEmpty()
        ? user
        : facts.stores().withKey(facts.client(), CertificateStores.MACHINE_MY);
  }

  private Instant now() {
    return facts
        .attempt()
        .failure()
        .or(facts.attempt()::dialing)
        .map(event -> facts.clock().trueTime(event.at()))
        .orElse(Instant.EPOCH);
  }

  /** An expired one; with certificates in IKE only when there is no other to present. */
  Optional<CertificateView> onlyExpired() {
    List<CertificateView> expired =
        own().stream().filter(one -> now().isAfter(one.notAfter())).toList();
    boolean another = inIke() && expired.size() < own().size();
    return another ? Optional.empty() : expired.stream().findFirst();
  }

  /** One in its time that has purposes, and none that authenticates a client. */
  Optional<CertificateView> onlyForOtherPurposes() {
    List<CertificateView> inTime = own().stream().filter(one -> one.validAt(now())).toList();
    List<CertificateView> unfit = inTime.stream().filter(one -> !fitForClients(one)).toList();
    return unfit.size() < inTime.size() ? Optional.empty() : unfit.stream().findFirst();
  }

  private static boolean fitForClients(CertificateView one) {
    return one.extendedKeyUsage().isEmpty()
        || one.namesPurpose(CertificateView.CLIENT_AUTHENTICATION)
        || one.namesPurpose(CertificateView.IKE_INTERMEDIATE);
  }

  /** One in good order whose issuer the server does not ask for. */
  Optional<CertificateView> foreign() {
    List<CertificateView> valid =
        own().stream()
            .filter(one -> one.validAt(now()))
            .filter(ClientCertificates::fitForClients)
            .toList();
    boolean oneIsWelcome = valid.stream().anyMatch(this::welcome);
    return oneIsWelcome ? Optional.empty() : valid.stream().findFirst();
  }

  /** Its chain has an authority that the server named, or (for who may look) trusts. */
  private boolean welcome(CertificateView certificate) {
    if (!inIke()) {
      return false; // the code says that it is not
    }
    List<Octets> requested = requestedAuthorities();
    CertificateStores stores = facts.stores();
    List<CertificateView> path = stores.path(certificate, List.of(), facts.client());
    if (path.stream().anyMatch(member -> requested.contains(member.publicKeyHash()))) {
      return true;
    }
    String server = facts.vpnServer();
    return facts.administrator()
        && stores.path(certificate, List.of(), server).stream()
            .anyMatch(member -> stores.holds(server, CertificateStores.MACHINE_ROOT, member));
  }

  private List<Octets> requestedAuthorities() {
    return facts.ike().initAnswers().stream()
        .map(SeenIkeMessage::requestedAuthorities)
        .flatMap(List::stream)
        .toList();
  }

  /** The authorities that the server asked for in IKE_SA_INIT. */
  List<Citation> citeAuthorities() {
    return facts.ike().initAnswers().stream()
        .filter(answer -> inIke() && !answer.requestedAuthorities().isEmpty())
        .findFirst()
        .map(
            answer ->
                List.of(
                    Cite.packet(
                        answer,
                        "CERTREQ names %d authorities, not this one"
                            .formatted(answer.requestedAuthorities().size()))))
        .orElse(List.of());
  }
}
