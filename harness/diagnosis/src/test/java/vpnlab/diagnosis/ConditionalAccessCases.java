package vpnlab.diagnosis;

import static vpnlab.diagnosis.Case.candidates;
import static vpnlab.diagnosis.Case.certain;
import static vpnlab.diagnosis.CertificateCases.GOOD_RESULT;
import static vpnlab.diagnosis.CertificateCases.ISSUING;
import static vpnlab.diagnosis.CertificateCases.ROOT;
import static vpnlab.diagnosis.EvidenceBuilder.administrator;
import static vpnlab.diagnosis.EvidenceBuilder.client;
import static vpnlab.diagnosis.TestCertificate.CLIENT_AUTH;
import static vpnlab.evidence.Stage.AUTHENTICATION;
import static vpnlab.evidence.Stage.AUTHORIZATION;
import static vpnlab.evidence.Stage.CONNECTED;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import vpnlab.evidence.TlsExtensions;

/** Conditional access: refused by the cloud (798, 600), by NPS (812), or past both (0). */
final class ConditionalAccessCases {
  private static final String PURPOSE = "1.3.6.1.4.1.311.87";
  private static final String NAME = "AAD Conditional Access";

  static final TestCertificate VPN_ROOT = TestCertificate.root("Microsoft VPN root CA gen 1");
  static final TestCertificate CLOUD = cloud().issuedBy(VPN_ROOT);
  static final TestCertificate CORP =
      TestCertificate.named("carol").purposes(CLIENT_AUTH).crlDistributionPoint().issuedBy(ISSUING);
  private static final TestCertificate CLOUD_OF_YESTERDAY =
      cloud().valid("2026-01-14T08:00:00Z", "2026-01-14T09:05:00Z").issuedBy(VPN_ROOT);
  private static final TestCertificate NPS =
      CertificateCases.server("nps.corp.example").issuedBy(ISSUING);
  private static final TestCertificate LOOKALIKE =
      TestCertificate.named("carol").purposes(CLIENT_AUTH, PURPOSE).issuedBy(ISSUING);

  static final Optional<TlsExtensions> RIGHT = filter(Map.of(NAME, PURPOSE), NAME);
  private static final Optional<TlsExtensions> NONE = Optional.empty();

  private ConditionalAccessCases() {}

  static Stream<Case> all() {
    return Stream.of(withoutCertificate(), pastThePolicy(), refusedByNps()).flatMap(List::stream);
  }

  private static TestCertificate.Recipe cloud() {
    return TestCertificate.named("carol@corp.example").purposes(CLIENT_AUTH, PURPOSE);
  }

  private static Optional<TlsExtensions> filter(Map<String, String> mapping, String... names) {
    return Optional.of(new TlsExtensions(mapping, List.of(names)));
  }

  /** As far as the server has proved itself, with what the user's store holds. */
  static EvidenceBuilder proven(
      EvidenceBuilder story, Optional<TlsExtensions> filter, TestCertificate... store) {
    return unseenStore(story.stored("laptop", "LocalMachine\\Root", ROOT), filter, store);
  }

  /** The same with a certificate store that nobody has looked into, but for what is named. */
  private static EvidenceBuilder unseenStore(
      EvidenceBuilder story, Optional<TlsExtensions> filter, TestCertificate... store) {
    story.authenticatesWith("eap-tls").user("carol@corp.example").conditionalAccess(filter);
    for (TestCertificate one : store) {
      story.storedWithKey("laptop", "CurrentUser\\My", one);
    }
    return Wire.proven(story);
  }

  private static EvidenceBuilder refused(EvidenceBuilder story) {
    return aad(
        story,
        "0xCAA2000C The request requires user interaction.",
        "Code: interaction_required Description: AADSTS53000: not compliant");
  }

  private static EvidenceBuilder aad(EvidenceBuilder story, String error, String message) {
    String source = "Microsoft-Windows-AAD";
    return story.event(
        "laptop", source + "/Operational", source, 1098, "Error", error, "ErrorMessage", message);
  }

  /** NPS has shown its certificate, and the user's key was used. */
  static EvidenceBuilder keyUsed(EvidenceBuilder story, TestCertificate one, String issuer) {
    String source = "Microsoft-Windows-CAPI2";
    story.checkedChain("laptop", "0x0", GOOD_RESULT, GOOD_RESULT, NPS);
    return story.event(
        "laptop",
        source + "/Operational",
        source,
        70,
        "Subject",
        "CN=?",
        "Issuer",
        "CN=" + issuer,
        "Thumbprint",
        one.thumbprint());
  }

  private static EvidenceBuilder granted(EvidenceBuilder story, TestCertificate presented) {
    return story
        .checkedChain("nps", "0x0", GOOD_RESULT, GOOD_RESULT, presented)
        .audit(
            "nps",
            6272,
            "SubjectUserName",
            "carol@corp.example",
            "NetworkPolicyName",
            "conditional-access");
  }

  private static List<Case> withoutCertificate() {
    return List.of(
        certain(
            "refused by the cloud, and nothing else in the store",
            798,
            AUTHORIZATION,
            proven(refused(client()), RIGHT).failed(798),
            "conditional-access-policy-unmet"),
        certain(
            "administrator: OK, OK, and the dialog stays",
            600,
            AUTHORIZATION,
            refused(refused(administrator().conditionalAccess(RIGHT))).build(),
            "conditional-access-policy-unmet"),
        certain(
            "refused by the cloud, the filter turns the other away",
            798,
            AUTHENTICATION,
            proven(refused(client()), RIGHT, CORP).failed(798),
            "client-cloud-cert-missing"),
        certain(
            "never asked, and nothing in the store",
            798,
            AUTHENTICATION,
            proven(client(), RIGHT).failed(798),
            "client-cloud-cert-missing"),
        candidates(
            "798, and nobody looked into the store",
            798,
            AUTHENTICATION,
            unseenStore(client(), RIGHT).failed(798),
            "client-cloud-cert-missing",
            "client-cloud-cert-expired"),
        candidates(
            "refused by the cloud, 798, and nobody looked into the store",
            798,
            AUTHENTICATION,
            unseenStore(refused(client()), RIGHT).failed(798),
            "client-cloud-cert-missing",
            "client-cloud-cert-expired",
            "conditional-access-policy-unmet"),
        certain(
            "the filter demands a purpose that nobody has, whatever the store holds",
            798,
            AUTHORIZATION,
            unseenStore(client(), filter(Map.of(NAME, PURPOSE + "1"), NAME)).failed(798),
            "profile-ekuoid-wrong"),
        certain(
            "the cloud is out of reach, its certificate of yesterday has expired",
            798,
            AUTHENTICATION,
            proven(
                    aad(client(), "0xCAA82EE2 The request has timed out.", "no answer"),
                    RIGHT,
                    CORP,
                    CLOUD_OF_YESTERDAY)
                .failed(798),
            "client-cloud-cert-expired"),
        certain(
            "the filter demands a purpose that nobody has",
            798,
            AUTHORIZATION,
            proven(client(), filter(Map.of(NAME, PURPOSE + "1"), NAME), CORP, CLOUD).failed(798),
            "profile-ekuoid-wrong"),
        candidates(
            "798 with a right filter and a good certificate of the cloud",
            798,
            AUTHENTICATION,
            proven(client(), RIGHT, CLOUD).failed(798)));
  }

  private static EvidenceBuilder cameIn(
      EvidenceBuilder story, Optional<TlsExtensions> filter, TestCertificate... store) {
    return keyUsed(proven(story, filter, store), store[0], "Corp Issuing CA");
  }

  private static List<Case> pastThePolicy() {
    return List.of(
        certain(
            "no filter",
            0,
            AUTHORIZATION,
            cameIn(refused(client()), NONE, CORP).connected().build(),
            "profile-tlsextensions-missing"),
        certain(
            "administrator: no filter, and NPS demands nothing",
            0,
            AUTHORIZATION,
            granted(cameIn(refused(administrator()), NONE, CORP), CORP).connected().build(),
            "profile-tlsextensions-missing",
            "nps-conditional-access-oid-not-required"),
        certain(
            "the filter names nothing",
            0,
            AUTHORIZATION,
            cameIn(refused(client()), filter(Map.of(NAME, PURPOSE)), CORP).connected().build(),
            "profile-ekuname-missing"),
        certain(
            "the filter's name means nothing",
            0,
            AUTHORIZATION,
            cameIn(refused(client()), filter(Map.of(), NAME), CORP).connected().build(),
            "profile-ekuoid-wrong"),
        certain(
            "a lookalike passes filter and NPS",
            0,
            AUTHORIZATION,
            granted(cameIn(refused(administrator()), RIGHT, LOOKALIKE), LOOKALIKE)
                .connected()
                .build(),
            "conditional-access-bypass-other-cert"),
        certain(
            "the cloud's certificate is there and was not used",
            0,
            AUTHORIZATION,
            cameIn(client(), NONE, CORP, CLOUD).connected().build(),
            "conditional-access-bypass-other-cert"),
        candidates(
            "no filter, and nobody looked into the store",
            0,
            AUTHORIZATION,
            keyUsed(unseenStore(refused(client()), NONE), CORP, "Corp Issuing CA")
                .connected()
                .build(),
            "profile-tlsextensions-missing",
            "conditional-access-bypass-other-cert"),
        candidates(
            "the filter's name means nothing, and nobody looked into the store",
            0,
            AUTHORIZATION,
            keyUsed(unseenStore(client(), filter(Map.of(), NAME)), CORP, "Corp Issuing CA")
                .connected()
                .build(),
            "profile-ekuoid-wrong",
            "conditional-access-bypass-other-cert"),
        certain(
            "administrator: NPS demands nothing, and nobody looked into the client's store",
            0,
            AUTHORIZATION,
            granted(keyUsed(unseenStore(administrator(), NONE), CORP, "Corp Issuing CA"), CORP)
                .connected()
                .build(),
            "nps-conditional-access-oid-not-required"),
        candidates(
            "administrator: the cloud's certificate was used",
            0,
            CONNECTED,
            granted(
                    keyUsed(
                        proven(administrator(), RIGHT, CLOUD, CORP),
                        CLOUD,
                        "Microsoft VPN root CA gen 1"),
                    CLOUD)
                .connected()
                .build()),
        candidates(
            "refused yesterday, and today it works",
            0,
            CONNECTED,
            keyUsed(
                    proven(
                        refused(client()).ras(20227, "CoId", "{0}", "ErrorCode", "798"),
                        NONE,
                        CLOUD),
                    CLOUD,
                    "Microsoft VPN root CA gen 1")
                .connected()
                .build()));
  }

  private static List<Case> refusedByNps() {
    return List.of(
        certain(
            "administrator: 812, reason 73",
            812,
            AUTHORIZATION,
            cameIn(refused(administrator()), NONE, CORP).denied("carol", 73).failed(812),
            "client-cert-without-conditional-access-oid"),
        candidates(
            "client: 812 after the company's certificate",
            812,
            AUTHENTICATION,
            cameIn(refused(client()), NONE, CORP).failed(812),
            "nps-crl-unreachable",
            "nps-crl-expired",
            "eap-method-not-allowed",
            "client-cert-without-conditional-access-oid",
            "nps-policy-denies",
            "nps-no-matching-policy"),
        candidates(
            "client: 812 after a certificate that nobody has seen",
            812,
            AUTHENTICATION,
            keyUsed(unseenStore(refused(client()), NONE), CORP, "Corp Issuing CA").failed(812),
            "nps-crl-check-on-short-lived-cert",
            "nps-crl-unreachable",
            "nps-crl-expired",
            "eap-method-not-allowed",
            "client-cert-without-conditional-access-oid",
            "nps-policy-denies",
            "nps-no-matching-policy"));
  }
}
