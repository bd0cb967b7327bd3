package vpnlab.diagnosis.rule.certificate;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The server's certificate, or one that it depends on, has expired. */
public final class ServerCertificateExpired extends CauseRule {
  public ServerCertificateExpired() {
    super("server-certificate-expired", Stage.SERVER_CERTIFICATE, 13801);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    return ChainTime.invalid(facts)
        .filter(time -> time.trueTime().isAfter(time.certificate().notAfter()))
        .map(
            time ->
                Grounds.certain(
                        "The server's certificate %s expired on %s."
                            .formatted(time.certificate().title(), time.certificate().notAfter()))
                    .cite(time.citations(facts)))
        .or(
            () ->
                Complaint.TIME.withoutCertificate(
                    facts, "The server's certificate, or one above it, has expired."));
  }
}
