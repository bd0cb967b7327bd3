package vpnlab.diagnosis;

import static vpnlab.diagnosis.Case.candidates;
import static vpnlab.diagnosis.Case.certain;
import static vpnlab.diagnosis.EvidenceBuilder.NAME;
import static vpnlab.diagnosis.EvidenceBuilder.SERVER;
import static vpnlab.diagnosis.EvidenceBuilder.administrator;
import static vpnlab.diagnosis.EvidenceBuilder.client;
import static vpnlab.diagnosis.TestCertificate.CLIENT_AUTH;
import static vpnlab.diagnosis.TestCertificate.IKE_INTERMEDIATE;
import static vpnlab.diagnosis.TestCertificate.SERVER_AUTH;
import static vpnlab.evidence.Stage.SERVER_CERTIFICATE;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import vpnlab.evidence.Evidence;

/** Faults of the server's certificate that end in 13801. */
final class CertificateCases {
  static final TestCertificate ROOT = TestCertificate.root("Corp Root CA");
  static final TestCertificate ISSUING =
      TestCertificate.named("Corp Issuing CA").authority().issuedBy(ROOT);
  static final TestCertificate FOREIGN_ROOT = TestCertificate.root("Foreign Root CA");
  static final TestCertificate GOOD = server(NAME).issuedBy(ISSUING);
  static final TestCertificate EXPIRED =
      server(NAME).valid("2025-01-01T00:00:00Z", "2026-01-14T09:00:00Z").issuedBy(ISSUING);

  static final String GOOD_RESULT = "0x0";
  static final String NOT_IN_TIME = "0x800B0101";
  private static final String PARTIAL = "0x800B010A";
  private static final String UNTRUSTED = "0x800B0109";
  private static final String WRONG_USAGE = "0x800B0110";
  private static final String WRONG_NAME = "0x800B010F";

  private CertificateCases() {}

  static Stream<Case> all() {
    return Stream.of(time(), trust(), purpose(), names(), unshown(), selection())
        .flatMap(List::stream);
  }

  static TestCertificate.Recipe server(String name) {
    return TestCertificate.named(name).dns(name).purposes(SERVER_AUTH, IKE_INTERMEDIATE);
  }

  static EvidenceBuilder trusting(EvidenceBuilder story) {
    return story
        .stored("laptop", "LocalMachine\\Root", ROOT)
        .stored("rras", "LocalMachine\\Root", ROOT)
        .stored("rras", "LocalMachine\\CA", ISSUING);
  }

  static Evidence refused(
      EvidenceBuilder story, String status, String built, String checked, TestCertificate... sent) {
    return Wire.authenticating(story)
        .checkedChain("laptop", status, built, checked, sent)
        .ikeFailure("laptop", "Local computer", 13801)
        .failed(13801);
  }

  private static List<Case> time() {
    TestCertificate later =
        server(NAME).valid("2026-02-01T00:00:00Z", "2027-01-01T00:00:00Z").issuedBy(ISSUING);
    TestCertificate expiredIssuer =
        TestCertificate.named("Corp Issuing CA")
            .authority()
            .valid("2024-01-01T00:00:00Z", "2025-12-31T00:00:00Z")
            .issuedBy(ROOT);
    TestCertificate underExpired = server(NAME).issuedBy(expiredIssuer);
    Duration years = Duration.ofDays(800);
    return List.of(
        cert13801(
            "expired",
            refused(trusting(client()), "0x1", NOT_IN_TIME, GOOD_RESULT, EXPIRED, ISSUING),
            "server-certificate-expired"),
        cert13801(
            "expired, and the time service vouches for the clock",
            refused(
                trusting(client().timeServiceReports()),
                "1",
                NOT_IN_TIME,
                GOOD_RESULT,
                EXPIRED,
                ISSUING),
            "server-certificate-expired"),
        cert13801(
            "an issuer has expired",
            refused(
                trusting(client()), "0x1", NOT_IN_TIME, GOOD_RESULT, underExpired, expiredIssuer),
            "server-certificate-expired"),
        cert13801(
            "not yet valid",
            refused(trusting(client()), "0x1", NOT_IN_TIME, GOOD_RESULT, later, ISSUING),
            "server-certificate-not-yet-valid"),
        cert13801(
            "clock ahead, by the time service",
            refused(
                trusting(client().clientClockAhead(years).timeServiceReports()),
                "0x1",
                NOT_IN_TIME,
                GOOD_RESULT,
                GOOD,
                ISSUING),
            "client-clock-wrong"),
        cert13801(
            "clock behind, by the capture alone",
            refused(
                trusting(client().clientClockAhead(years.negated())),
                "0x1",
                NOT_IN_TIME,
                GOOD_RESULT,
                GOOD,
                ISSUING),
            "client-clock-wrong"),
        cert13801(
            "clock wrong, and the certificate has expired all the same",
            refused(
                trusting(client().clientClockAhead(years).timeServiceReports()),
                "0x1",
                NOT_IN_TIME,
                GOOD_RESULT,
                EXPIRED,
                ISSUING),
            "server-certificate-expired"),
        nothing13801(
            "the log says expired, the certificate does not",
            refused(trusting(client()), "0x1", NOT_IN_TIME, GOOD_RESULT, GOOD, ISSUING)));
  }

  static Case cert13801(String name, Evidence evidence, String... causes) {
    return certain(name, 13801, SERVER_CERTIFICATE, evidence, causes);
  }

  static Case nothing13801(String name, Evidence evidence) {
    return candidates(name, 13801, SERVER_CERTIFICATE, evidence);
  }

  private static List<Case> trust() {
    TestCertificate foreign = server(NAME).issuedBy(FOREIGN_ROOT);
    TestCertificate withUrl = server(NAME).authorityInformationAccess().issuedBy(ISSUING);
    TestCertificate selfSigned = server(NAME).selfSigned();
    return List.of(
        cert13801(
            "foreign root, not sent",
            refused(trusting(client()), "0x10000", PARTIAL, GOOD_RESULT, foreign),
            "server-certificate-untrusted-root"),
        cert13801(
            "foreign root, sent",
            refused(trusting(client()), "0x20", UNTRUSTED, GOOD_RESULT, foreign, FOREIGN_ROOT),
            "server-certificate-untrusted-root"),
        cert13801(
            "self-signed",
            refused(trusting(client()), "0x20", UNTRUSTED, GOOD_RESULT, selfSigned),
            "server-certificate-untrusted-root"),
        cert13801(
            "administrator: the foreign root is trusted at the server",
            refused(
                trusting(administrator()).stored("rras", "LocalMachine\\Root", FOREIGN_ROOT),
                "0x10000",
                PARTIAL,
                GOOD_RESULT,
                foreign),
            "server-certificate-untrusted-root"),
        cert13801(
            "intermediate sent, root nowhere",
            refused(client(), "0x10000", PARTIAL, GOOD_RESULT, withUrl, ISSUING),
            "server-certificate-untrusted-root"),
        cert13801(
            "root in the user's store",
            refused(
                client().stored("laptop", "CurrentUser\\Root", ROOT),
                "0x20",
                UNTRUSTED,
                GOOD_RESULT,
                GOOD,
                ISSUING),
            "server-root-in-user-store-only"),
        cert13801(
            "intermediate missing, by its URL",
            refused(trusting(client()), "0x10000", PARTIAL, GOOD_RESULT, withUrl),
            "server-certificate-chain-incomplete"),
        cert13801(
            "administrator: intermediate missing, but known at the server",
            refused(trusting(administrator()), "0x10000", PARTIAL, GOOD_RESULT, GOOD),
            "server-certificate-chain-incomplete"),
        nothing13801(
            "the log says untrusted, the chain is complete and trusted",
            refused(trusting(client()), "0x20", UNTRUSTED, GOOD_RESULT, GOOD, ISSUING)),
        cert13801(
            "expired and untrusted at once",
            refused(
                trusting(client()),
                "0x10001",
                NOT_IN_TIME,
                GOOD_RESULT,
                server(NAME)
                    .valid("2025-01-01T00:00:00Z", "2026-01-14T09:00:00Z")
                    .issuedBy(FOREIGN_ROOT)),
            "server-certificate-expired",
            "server-certificate-untrusted-root"));
  }

  private static List<Case> purpose() {
    TestCertificate clientOnly =
        TestCertificate.named(NAME).dns(NAME).purposes(CLIENT_AUTH).issuedBy(ISSUING);
    TestCertificate none = TestCertificate.named(NAME).dns(NAME).issuedBy(ISSUING);
    return List.of(
        cert13801(
            "client authentication only",
            refused(trusting(client()), "0x10", GOOD_RESULT, WRONG_USAGE, clientOnly, ISSUING),
            "server-certificate-eku-missing"),
        cert13801(
            "no Extended Key Usage",
            refused(trusting(client()), "0x0", GOOD_RESULT, WRONG_USAGE, none, ISSUING),
            "server-certificate-eku-missing"),
        nothing13801(
            "the log says wrong usage, the certificate has the purpose",
            refused(trusting(client()), "0x10", GOOD_RESULT, WRONG_USAGE, GOOD, ISSUING)));
  }

  private static Evidence wrongName(EvidenceBuilder story, TestCertificate leaf) {
    return refused(trusting(story), "0x0", GOOD_RESULT, WRONG_NAME, leaf, ISSUING);
  }

  private static Evidence wrongNameBehindNat(EvidenceBuilder story, TestCertificate leaf) {
    return Wire.dialed(trusting(story))
        .request(Wire.init())
        .answer(Wire.initAnswerFrom("10.0.0.2"))
        .request(Wire.auth(1))
        .answer(Wire.authAnswer(1))
        .checkedChain("laptop", "0x0", GOOD_RESULT, WRONG_NAME, leaf, ISSUING)
        .failed(13801);
  }

  private static List<Case> names() {
    TestCertificate other = server("mail.corp.example").issuedBy(ISSUING);
    TestCertificate inside = server("rras.corp.internal").issuedBy(ISSUING);
    TestCertificate byAddress =
        TestCertificate.named(NAME)
            .dns(NAME)
            .address(203, 0, 113, 10)
            .purposes(SERVER_AUTH)
            .issuedBy(ISSUING);
    EvidenceBuilder natted =
        administrator().host("rras", Map.of("RemoteAccess", "Running"), "10.0.0.2");
    return List.of(
        cert13801("other name", wrongName(client(), other), "server-certificate-name-mismatch"),
        cert13801(
            "other name, behind a NAT",
            wrongNameBehindNat(client(), other),
            "server-certificate-name-mismatch"),
        cert13801(
            "inside name, but no NAT",
            wrongName(client(), inside),
            "server-certificate-name-mismatch"),
        cert13801(
            "a wildcard stands for one label only",
            wrongName(client(), server("*.example").issuedBy(ISSUING)),
            "server-certificate-name-mismatch"),
        nothing13801(
            "the log says other name, the wildcard fits",
            wrongName(client(), server("*.corp.example").issuedBy(ISSUING))),
        cert13801(
            "dialed by address",
            wrongName(client().dials(SERVER), GOOD),
            "server-dialed-by-address"),
        nothing13801(
            "dialed by the address in the certificate",
            wrongName(client().dials(SERVER), byAddress)),
        cert13801(
            "inside name behind a NAT",
            wrongNameBehindNat(client(), inside),
            "server-certificate-internal-name"),
        cert13801(
            "administrator: the server's own name behind a NAT",
            wrongNameBehindNat(natted, server("rras.corp.example").issuedBy(ISSUING)),
            "server-certificate-internal-name"),
        cert13801(
            "expired and for another name",
            refused(
                trusting(client()),
                "0x1",
                NOT_IN_TIME,
                WRONG_NAME,
                server("mail.corp.example")
                    .valid("2025-01-01T00:00:00Z", "2026-01-14T09:00:00Z")
                    .issuedBy(ISSUING),
                ISSUING),
            "server-certificate-expired",
            "server-certificate-name-mismatch"));
  }

  /** Windows' own records of a chain have no certificates in them, but the names of files. */
  private static List<Case> unshown() {
    return List.of(
        candidates13801(
            "out of time, and no certificate to see",
            refused(client(), "0x1", NOT_IN_TIME, GOOD_RESULT),
            "server-certificate-expired",
            "server-certificate-not-yet-valid",
            "client-clock-wrong"),
        candidates13801(
            "out of time, no certificate to see, and the time service vouches for the clock",
            refused(client().timeServiceReports(), "0x1", NOT_IN_TIME, GOOD_RESULT),
            "server-certificate-expired",
            "server-certificate-not-yet-valid"),
        candidates13801(
            "untrusted, and no certificate to see",
            refused(client(), "0x20", UNTRUSTED, GOOD_RESULT),
            "server-certificate-untrusted-root",
            "server-root-in-user-store-only",
            "server-certificate-chain-incomplete"),
        candidates13801(
            "wrong use, and no certificate to see",
            refused(client(), "0x0", GOOD_RESULT, WRONG_USAGE),
            "server-certificate-eku-missing"),
        candidates13801(
            "wrong name, and no certificate to see",
            refused(client(), "0x0", GOOD_RESULT, WRONG_NAME),
            "server-certificate-name-mismatch",
            "server-certificate-internal-name"),
        candidates13801(
            "an address dialed, wrong name, and no certificate to see",
            refused(client().dials(SERVER), "0x0", GOOD_RESULT, WRONG_NAME),
            "server-dialed-by-address"));
  }

  private static Case candidates13801(String name, Evidence evidence, String... causes) {
    return candidates(name, 13801, SERVER_CERTIFICATE, evidence, causes);
  }

  private static List<Case> selection() {
    TestCertificate other = server("mail.corp.example").issuedBy(ISSUING);
    TestCertificate lesser =
        TestCertificate.named(NAME).dns(NAME).purposes(SERVER_AUTH).issuedBy(ISSUING);
    return List.of(
        cert13801(
            "client: wrong one of two served",
            wrongName(client(), other),
            "server-certificate-name-mismatch"),
        cert13801(
            "administrator: wrong one of two served",
            wrongName(
                administrator()
                    .storedWithKey("rras", "LocalMachine\\My", other)
                    .storedWithKey("rras", "LocalMachine\\My", GOOD),
                other),
            "server-certificate-ambiguous"),
        cert13801(
            "administrator: the other one is of a lesser class",
            wrongName(
                administrator()
                    .storedWithKey("rras", "LocalMachine\\My", other)
                    .storedWithKey("rras", "LocalMachine\\My", lesser),
                other),
            "server-certificate-name-mismatch"),
        cert13801(
            "administrator: the other one has expired",
            wrongName(
                administrator()
                    .storedWithKey("rras", "LocalMachine\\My", other)
                    .storedWithKey("rras", "LocalMachine\\My", EXPIRED),
                other),
            "server-certificate-name-mismatch"));
  }
}
