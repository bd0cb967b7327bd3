package vpnlab.diagnosis;

import static vpnlab.diagnosis.Case.candidates;
import static vpnlab.diagnosis.Case.certain;
import static vpnlab.diagnosis.ConditionalAccessCases.CLOUD;
import static vpnlab.diagnosis.ConditionalAccessCases.CORP;
import static vpnlab.diagnosis.ConditionalAccessCases.RIGHT;
import static vpnlab.diagnosis.ConditionalAccessCases.keyUsed;
import static vpnlab.diagnosis.ConditionalAccessCases.proven;
import static vpnlab.diagnosis.EvidenceBuilder.administrator;
import static vpnlab.diagnosis.EvidenceBuilder.client;
import static vpnlab.evidence.Stage.AUTHENTICATION;

import java.util.Optional;
import java.util.stream.Stream;

/** Revocation of the client's certificate: revoked (855), or nobody can tell (812). */
final class RevocationCases {
  private static final String OFFLINE = "0x80092013";
  private static final String URL = "http://pki.corp.example/ca.crl";

  private RevocationCases() {}

  private static EvidenceBuilder capi(EvidenceBuilder story, int id, String... data) {
    String source = "Microsoft-Windows-CAPI2";
    return story.event("nps", source + "/Operational", source, id, data);
  }

  private static EvidenceBuilder fetched(EvidenceBuilder story, String result) {
    return capi(capi(story, 52, "URL", URL), 53, "URL", URL, "Result", result);
  }

  private static EvidenceBuilder corp(EvidenceBuilder story) {
    return keyUsed(proven(story, Optional.empty(), CORP), CORP, "Corp Issuing CA");
  }

  private static EvidenceBuilder cloud(EvidenceBuilder story) {
    return keyUsed(proven(story, RIGHT, CLOUD), CLOUD, "Microsoft VPN root CA gen 1");
  }

  static Stream<Case> all() {
    return Stream.of(
        certain(
            "client: 855",
            855,
            AUTHENTICATION,
            corp(client()).failed(855),
            "client-certificate-revoked"),
        certain(
            "administrator: 855, reason 256",
            855,
            AUTHENTICATION,
            capi(corp(administrator()), 41, "Subject", "CN=carol", "Result", "0x80092010")
                .denied("carol", 256)
                .failed(855),
            "client-certificate-revoked"),
        certain(
            "administrator: 812, reason 258",
            812,
            AUTHENTICATION,
            capi(cloud(administrator()), 41, "Subject", "CN=carol", "Result", "0x80092012")
                .denied("carol", 258)
                .failed(812),
            "nps-crl-check-on-short-lived-cert"),
        candidates(
            "client: 812 with the cloud's certificate",
            812,
            AUTHENTICATION,
            cloud(client()).failed(812),
            "nps-crl-check-on-short-lived-cert",
            "eap-method-not-allowed",
            "nps-policy-denies",
            "nps-no-matching-policy"),
        certain(
            "administrator: 812, reason 259, and the list cannot be had",
            812,
            AUTHENTICATION,
            corp(fetched(administrator(), "0x80072EE2")).denied("carol", 259).failed(812),
            "nps-crl-unreachable"),
        certain(
            "administrator: 812, reason 259, and the list is still on its way",
            812,
            AUTHENTICATION,
            corp(capi(administrator(), 52, "URL", URL)).denied("carol", 259).failed(812),
            "nps-crl-unreachable"),
        certain(
            "administrator: 812, reason 259, and the list is too old",
            812,
            AUTHENTICATION,
            capi(
                    corp(fetched(administrator(), "0x0")),
                    42,
                    "Issuer",
                    "CN=Corp Issuing CA",
                    "NextUpdate",
                    "2026-01-14T09:00:00Z",
                    "Result",
                    OFFLINE)
                .denied("carol", 259)
                .failed(812),
            "nps-crl-expired"),
        candidates(
            "administrator: 812, reason 259, and the list came: nothing explains it",
            812,
            AUTHENTICATION,
            corp(fetched(administrator(), "0x0")).denied("carol", 259).failed(812)),
        candidates(
            "administrator: 812, reason 259, and NPS's CAPI2 log is off",
            812,
            AUTHENTICATION,
            corp(administrator()).denied("carol", 259).failed(812),
            "nps-crl-unreachable",
            "nps-crl-expired"));
  }
}
