package vpnlab.diagnosis;

import static vpnlab.diagnosis.Case.candidates;
import static vpnlab.diagnosis.Case.certain;
import static vpnlab.diagnosis.CertificateCases.EXPIRED;
import static vpnlab.diagnosis.CertificateCases.FOREIGN_ROOT;
import static vpnlab.diagnosis.CertificateCases.GOOD;
import static vpnlab.diagnosis.CertificateCases.GOOD_RESULT;
import static vpnlab.diagnosis.CertificateCases.ISSUING;
import static vpnlab.diagnosis.CertificateCases.NOT_IN_TIME;
import static vpnlab.diagnosis.CertificateCases.ROOT;
import static vpnlab.diagnosis.CertificateCases.cert13801;
import static vpnlab.diagnosis.CertificateCases.nothing13801;
import static vpnlab.diagnosis.CertificateCases.refused;
import static vpnlab.diagnosis.CertificateCases.server;
import static vpnlab.diagnosis.CertificateCases.trusting;
import static vpnlab.diagnosis.EvidenceBuilder.NAME;
import static vpnlab.diagnosis.EvidenceBuilder.administrator;
import static vpnlab.diagnosis.EvidenceBuilder.client;
import static vpnlab.diagnosis.TestCertificate.CLIENT_AUTH;
import static vpnlab.diagnosis.TestCertificate.SERVER_AUTH;
import static vpnlab.evidence.Stage.AUTHENTICATION;
import static vpnlab.evidence.Stage.SERVER_CERTIFICATE;

import java.util.List;
import java.util.stream.Stream;
import vpnlab.evidence.Evidence;

/** Missing certificates (13806) and refused certificates of the client (13801, 853, 854). */
final class ClientCertificateCases {
  private ClientCertificateCases() {}

  static Stream<Case> all() {
    return Stream.of(missing(), clientInIke(), clientInEap()).flatMap(List::stream);
  }

  private static Evidence noCertificate(EvidenceBuilder story, String host, String point) {
    return Wire.authenticating(story).ikeFailure(host, point, 13806).failed(13806);
  }

  private static List<Case> missing() {
    TestCertificate cannotSign = server(NAME).mayOnlyEncipherKeys().issuedBy(ISSUING);
    EvidenceBuilder device = client().authenticatesWith("machine-certificate");
    return List.of(
        candidates(
            "client: server has no certificate",
            13806,
            SERVER_CERTIFICATE,
            noCertificate(client(), "laptop", "Remote computer"),
            "server-certificate-missing",
            "server-certificate-key-usage"),
        certain(
            "administrator: none installed",
            13806,
            SERVER_CERTIFICATE,
            noCertificate(
                administrator().stored("rras", "LocalMachine\\My", GOOD), "rras", "Local computer"),
            "server-certificate-missing"),
        certain(
            "administrator: it may not sign",
            13806,
            SERVER_CERTIFICATE,
            noCertificate(
                administrator().storedWithKey("rras", "LocalMachine\\My", cannotSign),
                "rras",
                "Local computer"),
            "server-certificate-key-usage"),
        certain(
            "client has none",
            13806,
            AUTHENTICATION,
            Wire.initiated(device).ikeFailure("laptop", "Local computer", 13806).failed(13806),
            "client-machine-certificate-missing"),
        candidates(
            "13806, and nobody has looked for certificates",
            13806,
            SERVER_CERTIFICATE,
            Wire.initiated(client().authenticatesWith("machine-certificate")).failed(13806),
            "server-certificate-missing",
            "server-certificate-key-usage",
            "client-machine-certificate-missing"),
        candidates(
            "administrator: the server's fault, and nobody has looked for its certificates",
            13806,
            SERVER_CERTIFICATE,
            noCertificate(administrator(), "rras", "Local computer"),
            "server-certificate-missing",
            "server-certificate-key-usage"),
        candidates(
            "client has none either, but it is the server that says so",
            13806,
            SERVER_CERTIFICATE,
            noCertificate(
                client().authenticatesWith("machine-certificate"), "laptop", "Remote computer"),
            "server-certificate-missing",
            "server-certificate-key-usage"));
  }

  private static TestCertificate.Recipe device() {
    return TestCertificate.named("laptop.corp.example").purposes(CLIENT_AUTH);
  }

  private static Evidence deviceRefused(EvidenceBuilder story, TestCertificate certificate) {
    return Wire.authenticating(
            trusting(story.authenticatesWith("machine-certificate"))
                .storedWithKey("laptop", "LocalMachine\\My", certificate),
            Packets.certificateRequest(ROOT, ISSUING))
        .ikeFailure("laptop", "Remote computer", 13801)
        .failed(13801);
  }

  private static List<Case> clientInIke() {
    TestCertificate expired =
        device().valid("2025-01-01T00:00:00Z", "2026-01-14T09:00:00Z").issuedBy(ISSUING);
    TestCertificate foreign = device().issuedBy(FOREIGN_ROOT);
    TestCertificate good = device().issuedBy(ISSUING);
    return List.of(
        certain(
            "client's own has expired",
            13801,
            AUTHENTICATION,
            deviceRefused(client(), expired),
            "client-certificate-expired"),
        certain(
            "client's own is foreign",
            13801,
            AUTHENTICATION,
            deviceRefused(client(), foreign),
            "client-certificate-untrusted-issuer"),
        certain(
            "administrator: client's own is foreign",
            13801,
            AUTHENTICATION,
            deviceRefused(administrator(), foreign),
            "client-certificate-untrusted-issuer"),
        nothing13801(
            "administrator: client's own is in order", deviceRefused(administrator(), good)),
        nothing13801(
            "client's own is of an authority that the server asked for",
            deviceRefused(client().stored("laptop", "LocalMachine\\CA", ISSUING), good)),
        cert13801(
            "client's own has expired, but it was the client that refused the server",
            refused(
                trusting(client().authenticatesWith("machine-certificate"))
                    .storedWithKey("laptop", "LocalMachine\\My", expired),
                "0x1",
                NOT_IN_TIME,
                GOOD_RESULT,
                EXPIRED,
                ISSUING),
            "server-certificate-expired"));
  }

  private static Evidence userRefused(
      EvidenceBuilder story, int code, int reason, TestCertificate certificate) {
    EvidenceBuilder proven =
        Wire.proven(
            story
                .authenticatesWith("eap-tls")
                .storedWithKey("laptop", "CurrentUser\\My", certificate));
    return (reason < 0 ? proven : proven.denied("alice", reason)).failed(code);
  }

  private static List<Case> clientInEap() {
    TestCertificate.Recipe alice = TestCertificate.named("alice").purposes(CLIENT_AUTH);
    TestCertificate foreign = alice.issuedBy(FOREIGN_ROOT);
    TestCertificate expired =
        TestCertificate.named("alice")
            .purposes(CLIENT_AUTH)
            .valid("2025-01-01T00:00:00Z", "2026-01-14T09:00:00Z")
            .issuedBy(ISSUING);
    TestCertificate forServers =
        TestCertificate.named("alice").purposes(SERVER_AUTH).issuedBy(ISSUING);
    return List.of(
        certain(
            "client: 854",
            854,
            AUTHENTICATION,
            userRefused(client(), 854, -1, expired),
            "client-certificate-expired"),
        certain(
            "administrator: 854, reason 268",
            854,
            AUTHENTICATION,
            userRefused(administrator(), 854, 268, expired),
            "client-certificate-expired"),
        candidates(
            "854 although the certificate is valid",
            854,
            AUTHENTICATION,
            userRefused(client(), 854, -1, foreign)),
        certain(
            "client: 853",
            853,
            AUTHENTICATION,
            userRefused(client(), 853, -1, foreign),
            "client-certificate-untrusted-issuer"),
        certain(
            "administrator: 853, reason 265",
            853,
            AUTHENTICATION,
            userRefused(administrator(), 853, 265, foreign),
            "client-certificate-untrusted-issuer"),
        certain(
            "client: 853, the certificate has expired",
            853,
            AUTHENTICATION,
            userRefused(client(), 853, -1, expired),
            "client-certificate-expired"),
        certain(
            "client: 853, the certificate is for servers",
            853,
            AUTHENTICATION,
            userRefused(client(), 853, -1, forServers),
            "client-certificate-eku-missing"),
        certain(
            "administrator: 853, reason 267",
            853,
            AUTHENTICATION,
            userRefused(administrator(), 853, 267, forServers),
            "client-certificate-eku-missing"));
  }
}
