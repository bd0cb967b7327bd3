package vpnlab.diagnosis.rule.access;

import java.util.Optional;
import vpnlab.diagnosis.facts.CloudAccess;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;
import vpnlab.evidence.TlsExtensions;

/** The profile's filter has no object identifier for the purpose, or a wrong one. */
public final class ProfileEkuoidWrong extends CauseRule {
  public ProfileEkuoidWrong() {
    super("profile-ekuoid-wrong", Stage.AUTHORIZATION, CONNECTED, 798);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    Optional<TlsExtensions> filter =
        facts
            .profile()
            .tlsExtensions()
            .filter(one -> one.clientAuthEkus().contains(CloudAccess.PURPOSE_NAME))
            .filter(one -> !CloudAccess.CONDITIONAL_ACCESS.equals(oid(one)));
    if (filter.isEmpty()) {
      return Optional.empty();
    }
    String oid = oid(filter.get());
    if (facts.attempt().connected()) {
      return oid == null
          ? PastPolicy.unfiltered(facts, "the profile's EKUMapping gives the EKUName no EKUOID.")
          : Optional.empty();
    }
    return oid == null
        ? Optional.empty()
        : Optional.of(
            Grounds.certain(
                    "The profile's filter demands the purpose %s, which no certificate has; it must be %s."
                        .formatted(oid, CloudAccess.CONDITIONAL_ACCESS))
                .cite(facts.cloud().citeFilter())
                .cite(facts.cloud().issuedByCloud().stream().map(facts.cloud()::cite).toList()));
  }

  private static String oid(TlsExtensions filter) {
    return filter.ekuMapping().get(CloudAccess.PURPOSE_NAME);
  }
}
