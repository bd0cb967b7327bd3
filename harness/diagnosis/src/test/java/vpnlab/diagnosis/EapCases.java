package vpnlab.diagnosis;

import static vpnlab.diagnosis.Case.candidates;
import static vpnlab.diagnosis.Case.certain;
import static vpnlab.diagnosis.CertificateCases.FOREIGN_ROOT;
import static vpnlab.diagnosis.CertificateCases.GOOD;
import static vpnlab.diagnosis.CertificateCases.GOOD_RESULT;
import static vpnlab.diagnosis.CertificateCases.ISSUING;
import static vpnlab.diagnosis.CertificateCases.NOT_IN_TIME;
import static vpnlab.diagnosis.CertificateCases.ROOT;
import static vpnlab.diagnosis.CertificateCases.trusting;
import static vpnlab.diagnosis.EvidenceBuilder.administrator;
import static vpnlab.diagnosis.EvidenceBuilder.client;
import static vpnlab.diagnosis.TestCertificate.CLIENT_AUTH;
import static vpnlab.diagnosis.TestCertificate.SERVER_AUTH;
import static vpnlab.evidence.Stage.AUTHENTICATION;

import java.util.List;
import java.util.stream.Stream;
import vpnlab.diagnosis.facts.CertificateView;
import vpnlab.evidence.Evidence;

/** EAP-TLS and PEAP: the certificate of NPS, and methods that do not meet. */
final class EapCases {
  private static final String NPS_NAME = "nps.corp.example";
  private static final TestCertificate NPS = nps().issuedBy(ISSUING);
  private static final TestCertificate EXPIRED =
      nps().valid("2025-01-01T00:00:00Z", "2026-01-14T09:00:00Z").issuedBy(ISSUING);
  private static final TestCertificate FOREIGN = nps().issuedBy(FOREIGN_ROOT);
  private static final String PEAP_NAME = "Microsoft: Protected EAP (PEAP)";
  private static final String TLS_NAME = "Microsoft: Smart Card or other certificate";
  private static final String UNTRUSTED = "0x800B0109";

  private EapCases() {}

  static Stream<Case> all() {
    return Stream.of(certificate(), missing(), methods(), cryptobinding()).flatMap(List::stream);
  }

  private static TestCertificate.Recipe nps() {
    return TestCertificate.named(NPS_NAME).dns(NPS_NAME).purposes(SERVER_AUTH);
  }

  private static EvidenceBuilder peap(EvidenceBuilder story) {
    return proven(story.authenticatesWith("peap-eap-mschapv2"));
  }

  /** The VPN server's certificate was judged, and found good, before the user's turn came. */
  private static EvidenceBuilder proven(EvidenceBuilder story) {
    return Wire.authenticating(trusting(story))
        .checkedChain("laptop", "0x0", GOOD_RESULT, GOOD_RESULT, GOOD, ISSUING)
        .ras(20223, "CoId", "{1}");
  }

  private static EvidenceBuilder sawNps(
      EvidenceBuilder story, String status, String built, TestCertificate... sent) {
    return story.checkedChain("laptop", status, built, GOOD_RESULT, sent);
  }

  private static String thumbprint(TestCertificate certificate) {
    return CertificateView.parse(certificate.der()).orElseThrow().thumbprint();
  }

  private static List<Case> certificate() {
    List<String> onlyForeign = List.of(thumbprint(FOREIGN_ROOT));
    List<String> onlyCorp = List.of(thumbprint(ROOT));
    return List.of(
        certain(
            "client: NPS's certificate has expired",
            858,
            AUTHENTICATION,
            sawNps(peap(client()), "0x1", NOT_IN_TIME, EXPIRED, ISSUING).failed(858),
            "nps-certificate-expired"),
        certain(
            "administrator: NPS's certificate has expired, and NPS saw the alert",
            858,
            AUTHENTICATION,
            sawNps(peap(administrator()), "0x1", NOT_IN_TIME, EXPIRED, ISSUING)
                .denied("alice", 266, "PEAP", PEAP_NAME)
                .failed(858),
            "nps-certificate-expired"),
        certain(
            "client without a CAPI2 log: 858 has one meaning",
            858,
            AUTHENTICATION,
            Wire.proven(client().authenticatesWith("eap-tls")).failed(858),
            "nps-certificate-expired"),
        certain(
            "client: the computer lacks the root of NPS",
            864,
            AUTHENTICATION,
            sawNps(
                    peap(client().validatesBy(onlyForeign, List.of())),
                    "0x20",
                    UNTRUSTED,
                    FOREIGN,
                    FOREIGN_ROOT)
                .failed(864),
            "nps-certificate-untrusted-root"),
        certain(
            "client: the profile ticks another root",
            864,
            AUTHENTICATION,
            sawNps(
                    peap(client().validatesBy(onlyForeign, List.of())),
                    "0x0",
                    GOOD_RESULT,
                    NPS,
                    ISSUING)
                .failed(864),
            "nps-certificate-root-not-in-profile"),
        candidates(
            "client without a CAPI2 log: 864",
            864,
            AUTHENTICATION,
            Wire.proven(
                    client()
                        .authenticatesWith("peap-eap-tls")
                        .validatesBy(onlyCorp, List.of(NPS_NAME)))
                .failed(864),
            "nps-certificate-untrusted-root",
            "nps-certificate-root-not-in-profile"),
        certain(
            "client: the profile names another server",
            801,
            AUTHENTICATION,
            sawNps(
                    peap(client().validatesBy(onlyCorp, List.of("nps-old\\.corp\\.example"))),
                    "0x0",
                    GOOD_RESULT,
                    NPS,
                    ISSUING)
                .failed(801),
            "nps-certificate-name-mismatch"),
        candidates(
            "client: 801 although the name is one of the profile's",
            801,
            AUTHENTICATION,
            sawNps(
                    peap(client().validatesBy(onlyCorp, List.of("other", "NPS.corp.*"))),
                    "0x0",
                    GOOD_RESULT,
                    NPS,
                    ISSUING)
                .failed(801)));
  }

  private static Evidence noCertificate(EvidenceBuilder story, int reason) {
    return peap(story).denied("alice", reason, "PEAP", PEAP_NAME).failed(812);
  }

  private static List<Case> missing() {
    TestCertificate forClients =
        TestCertificate.named(NPS_NAME).purposes(CLIENT_AUTH).issuedBy(ISSUING);
    return List.of(
        certain(
            "administrator: NPS has a certificate for other purposes only",
            812,
            AUTHENTICATION,
            noCertificate(administrator().storedWithKey("nps", "LocalMachine\\My", forClients), 23),
            "nps-certificate-missing"),
        certain(
            "administrator: the private key of NPS is missing, reason 22",
            812,
            AUTHENTICATION,
            noCertificate(administrator().stored("nps", "LocalMachine\\My", NPS), 22),
            "nps-certificate-missing"),
        certain(
            "administrator: Schannel could not use the one that is there",
            812,
            AUTHENTICATION,
            peap(administrator().storedWithKey("nps", "LocalMachine\\My", NPS))
                .event("nps", "System", "Schannel", 36871, "ErrorState", "10013")
                .denied("alice", 23, "PEAP", PEAP_NAME)
                .failed(812),
            "nps-certificate-missing"),
        candidates(
            "administrator: reason 23, but the certificate is in order",
            812,
            AUTHENTICATION,
            noCertificate(administrator().storedWithKey("nps", "LocalMachine\\My", NPS), 23)));
  }

  private static EvidenceBuilder mismatch(String profile, String authentication, String proposed) {
    EvidenceBuilder story =
        administrator().authenticatesWith(profile).storedWithKey("nps", "LocalMachine\\My", NPS);
    return proven(story).denied("alice", 22, authentication, proposed);
  }

  /** NPS refused the method, and nobody has looked at NPS. */
  private static EvidenceBuilder unseen(String profile) {
    return proven(administrator().authenticatesWith(profile)).denied("alice", 22, "EAP", TLS_NAME);
  }

  private static List<Case> methods() {
    return List.of(
        certain(
            "administrator: NPS wanted PEAP, the profile has a bare password",
            812,
            AUTHENTICATION,
            mismatch("eap-mschapv2", "PEAP", PEAP_NAME).failed(812),
            "client-not-peap"),
        certain(
            "administrator: the profile has PEAP, NPS wanted a bare certificate",
            812,
            AUTHENTICATION,
            mismatch("peap-eap-tls", "EAP", TLS_NAME).failed(812),
            "nps-not-peap"),
        certain(
            "administrator: both have PEAP, with different methods inside",
            812,
            AUTHENTICATION,
            mismatch("peap-eap-mschapv2", "PEAP", TLS_NAME).failed(812),
            "peap-inner-method-mismatch"),
        candidates(
            "administrator: PEAP refused for reason 22, and nothing else is known of NPS",
            812,
            AUTHENTICATION,
            unseen("peap-eap-tls").failed(812),
            "nps-certificate-missing",
            "nps-not-peap"),
        candidates(
            "administrator: EAP-TLS refused for reason 22, and nothing else is known of NPS",
            812,
            AUTHENTICATION,
            unseen("eap-tls").failed(812),
            "nps-certificate-missing",
            "eap-method-not-allowed"),
        certain(
            "administrator: PEAP refused for reason 22, and NPS's System log has no complaint",
            812,
            AUTHENTICATION,
            unseen("peap-eap-tls").event("nps", "System", "NPS", 4400).failed(812),
            "nps-not-peap"),
        candidates(
            "administrator: an error inside EAP, and nothing tells whether a certificate is missing",
            812,
            AUTHENTICATION,
            Wire.proven(administrator().authenticatesWith("peap-eap-mschapv2"))
                .denied("alice", 23, "PEAP", PEAP_NAME)
                .failed(812),
            "nps-certificate-missing"),
        candidates(
            "administrator: Windows' log of the client says PEAP and not what is inside",
            812,
            AUTHENTICATION,
            Wire.proven(administrator().authenticatesWith("peap"))
                .denied("alice", 22, "PEAP", PEAP_NAME)
                .failed(812),
            "nps-certificate-missing",
            "peap-inner-method-mismatch"),
        certain(
            "administrator: so it does, and the certificate is no obstacle",
            812,
            AUTHENTICATION,
            Wire.proven(administrator().authenticatesWith("peap"))
                .event("nps", "System", "NPS", 4400)
                .denied("alice", 22, "PEAP", TLS_NAME)
                .failed(812),
            "peap-inner-method-mismatch"),
        certain(
            "administrator: a certificate that maps to no account is no wrong password",
            812,
            AUTHENTICATION,
            Wire.proven(administrator().authenticatesWith("eap-tls"))
                .denied("alice", 16, "EAP", "Microsoft: Smartcard- oder anderes Zertifikat")
                .failed(812)),
        candidates(
            "client: PEAP refused before TLS began",
            812,
            AUTHENTICATION,
            peap(client()).failed(812),
            "nps-certificate-missing",
            "nps-not-peap",
            "nps-policy-denies",
            "nps-no-matching-policy"),
        candidates(
            "client: PEAP refused after NPS had shown its certificate",
            812,
            AUTHENTICATION,
            sawNps(peap(client()), "0x0", GOOD_RESULT, NPS, ISSUING).failed(812),
            "peap-inner-method-mismatch",
            "peap-cryptobinding-not-sent",
            "nps-policy-denies",
            "nps-no-matching-policy"),
        candidates(
            "client without a CAPI2 log: PEAP refused",
            812,
            AUTHENTICATION,
            Wire.proven(client().authenticatesWith("peap-eap-mschapv2")).failed(812),
            "nps-certificate-missing",
            "nps-not-peap",
            "peap-inner-method-mismatch",
            "peap-cryptobinding-not-sent",
            "nps-policy-denies",
            "nps-no-matching-policy"));
  }

  private static List<Case> cryptobinding() {
    return List.of(
        certain(
            "client: NPS sent no cryptobinding",
            824,
            AUTHENTICATION,
            sawNps(peap(client()), "0x0", GOOD_RESULT, NPS, ISSUING).failed(824),
            "peap-cryptobinding-not-offered"),
        certain(
            "administrator: the client sent no cryptobinding",
            812,
            AUTHENTICATION,
            sawNps(peap(administrator()), "0x0", GOOD_RESULT, NPS, ISSUING)
                .denied("alice", 302, "PEAP", PEAP_NAME)
                .failed(812),
            "peap-cryptobinding-not-sent"));
  }
}
