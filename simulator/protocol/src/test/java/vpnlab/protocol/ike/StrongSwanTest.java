package vpnlab.protocol.ike;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vpnlab.protocol.RandomSource;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.Identity;
import vpnlab.wire.ike.NotifyType;

/** Our two ends against software that nobody here wrote. */
@Tag("real-peer")
class StrongSwanTest {
  private static final TestPki PKI = TestPki.INSTANCE;
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String PSK = "secrets { ike-1 { secret = 0x0102030405060708 } }\n";

  @BeforeAll
  static void needs_strong_swan() {
    Optional<String> obstacle = StrongSwan.obstacle();
    if (obstacle.isPresent() && "true".equals(System.getenv("CI"))) {
      Assertions.fail(obstacle.get());
    }
    Assumptions.assumeTrue(obstacle.isEmpty(), () -> obstacle.orElse(""));
  }

  // --- strongSwan as the client

  private static SocketHost responder(
      java.util.function.UnaryOperator<IkeResponderConfig.Builder> change) throws IOException {
    return responder(change, StrongSwanTest::owner);
  }

  private static SocketHost responder(
      java.util.function.UnaryOperator<IkeResponderConfig.Builder> change,
      java.util.function.BiConsumer<SocketHost, IkeEvent> owner)
      throws IOException {
    IkeResponderConfig config = change.apply(TestPair.serverConfig()).build();
    return new SocketHost(a -> new IkeResponder(config, RandomSource.secure()), owner);
  }

  private static void owner(SocketHost host, IkeEvent event) {
    if (event instanceof IkeEvent.AddressRequested request) {
      host.command(
          IkeCommand.AssignAddress.withDns(request.saId(), TestPair.INNER, List.of(TestPair.DNS)));
    }
  }

  private static String client(SocketHost server, String ikeProposal, String auth) {
    return String.join(
        "\n",
        "  remote_addrs = 127.0.0.1",
        "  remote_port = " + server.port(),
        "  vips = 0.0.0.0",
        "  proposals = " + ikeProposal,
        "  keyingtries = 1",
        auth,
        "  children { net { remote_ts = 0.0.0.0/0",
        "    esp_proposals = aes256-sha256,aes128gcm16 } }");
  }

  private static final String CERTIFICATE_CLIENT =
      "  local { auth = pubkey\n certs = own.pem }\n"
          + "  remote { auth = pubkey\n id = vpn.test.example\n cacerts = ca.pem }";

  private static final String PSK_CLIENT =
      "  local { auth = psk\n id = laptop }\n  remote { auth = psk\n id = vpn.test.example }";

  private static Map<String, String> files(TestPki.Issued own) {
    Map<String, String> files = new HashMap<>();
    files.put("x509/own.pem", own.certificatePem());
    files.put("private/own.pem", own.keyPem());
    files.put("x509ca/ca.pem", PKI.caPem());
    return files;
  }

  private static void assertEstablished(StrongSwan swan, SocketHost server) throws Exception {
    boolean initiated = swan.initiate();
    assertThat(initiated).as(() -> swan.log() + server.transcript()).isTrue();
    Optional<IkeEvent.Established> established = server.await(IkeEvent.Established.class, LIMIT);
    assertThat(established).as(server::transcript).isPresent();
    assertThat(swan.log())
        .contains("installing new virtual IP 10.8.0.7")
        .contains("CHILD_SA net{1} established");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aes128-sha1-modp1024",
        "3des-sha1-modp1024",
        "aes256-sha256-modp2048",
        "aes256-sha384-ecp256",
        "aes192-sha256-ecp384",
        "aes128gcm16-prfsha256-x25519",
        "aes256gcm16-prfsha384-ecp384"
      })
  void a_client_with_a_certificate_is_served_with_each_suite(String suite) throws Exception {
    try (SocketHost server = responder(s -> s);
        StrongSwan swan =
            new StrongSwan(client(server, suite, CERTIFICATE_CLIENT), "", files(PKI.rsaClient))) {
      assertEstablished(swan, server);
      assertThat(swan.log())
          .contains("RSA_EMSA_PKCS1_SHA2_256 successful")
          .contains("splitting IKE message")
          .contains("received fragment #1 of ");
    }
  }

  @Test
  void a_client_with_a_pre_shared_key_is_served_and_its_delete_is_answered() throws Exception {
    try (SocketHost server = responder(s -> s);
        StrongSwan swan =
            new StrongSwan(client(server, "aes256-sha256-modp2048", PSK_CLIENT), PSK, Map.of())) {
      assertEstablished(swan, server);
      assertThat(swan.run("--terminate", "--ike", "lab")).isTrue();
      assertThat(server.await(IkeEvent.Closed.class, LIMIT).map(IkeEvent.Closed::byPeer))
          .contains(true);
    }
  }

  @Test
  void a_client_that_wants_an_ike_sa_alone_gets_it_with_an_address() throws Exception {
    // RFC 6023 section 4: IKE_AUTH without SA, TSi and TSr.
    try (SocketHost server = responder(s -> s);
        StrongSwan swan =
            new StrongSwan(
                client(server, "aes256-sha256-modp2048", PSK_CLIENT + "\n childless = force"),
                PSK,
                Map.of())) {
      assertThat(swan.run("--initiate", "--ike", "lab", "--timeout", "30"))
          .as(() -> swan.log() + server.transcript())
          .isTrue();
      assertThat(swan.log()).contains("installing new virtual IP 10.8.0.7");
      assertThat(
              server.await(IkeEvent.Established.class, LIMIT).map(IkeEvent.Established::firstChild))
          .contains(Optional.empty());
    }
  }

  @ParameterizedTest
  @CsvSource({"secp256r1,ECDSA", "secp384r1,ECDSA"})
  void ecdsa_certificates_on_both_sides_work(String curve, String scheme) throws Exception {
    TestPki.Issued own = PKI.issueEc("vpn.test.example", curve);
    try (SocketHost server =
            responder(s -> s.certificate(new OwnCertificate.Present(own.chain(), own.key())));
        StrongSwan swan =
            new StrongSwan(
                client(server, "aes256-sha256-ecp256", CERTIFICATE_CLIENT),
                "",
                files(PKI.issueEc("laptop.test.example", curve)))) {
      assertEstablished(swan, server);
      assertThat(swan.log()).contains("with " + scheme);
    }
  }

  @Test
  void rsa_pss_is_verified_by_strong_swan_and_by_us() throws Exception {
    try (SocketHost server = responder(s -> s.rsaPss(true));
        StrongSwan swan =
            new StrongSwan(
                client(
                    server,
                    "aes256-sha256-ecp256",
                    CERTIFICATE_CLIENT.replace(
                        "local { auth = pubkey", "local { auth = ike:rsa/pss-sha384")),
                "",
                files(PKI.rsaClient))) {
      assertEstablished(swan, server);
      assertThat(swan.log())
          .contains("'vpn.test.example' with RSA_EMSA_PSS_SHA2_256")
          .contains("(myself) with RSA_EMSA_PSS_SHA2_384");
    }
  }

  @Test
  void another_group_is_asked_for_and_a_cookie_too() throws Exception {
    try (SocketHost server =
            responder(
                s ->
                    s.ikeProposals(IkeProposals.ike("aes256-sha256-modp2048")).cookieThreshold(0));
        StrongSwan swan =
            new StrongSwan(
                client(server, "aes256-sha256-ecp256-modp2048", PSK_CLIENT), PSK, Map.of())) {
      assertEstablished(swan, server);
      assertThat(swan.log()).contains("N(COOKIE)").contains("it requested MODP_2048");
    }
  }

  @Test
  void no_common_proposal_is_the_reason_that_strong_swan_reports() throws Exception {
    try (SocketHost server =
            responder(s -> s.ikeProposals(IkeProposals.ike("aes256-sha256-modp2048")));
        StrongSwan swan =
            new StrongSwan(client(server, "aes128-sha1-modp1024", PSK_CLIENT), PSK, Map.of())) {
      assertThat(swan.initiate()).isFalse();
      assertThat(swan.log()).contains("received NO_PROPOSAL_CHOSEN notify error");
    }
  }

  @Test
  void a_refused_address_is_the_reason_that_strong_swan_reports() throws Exception {
    try (SocketHost server =
            responder(
                s -> s,
                (host, event) -> {
                  if (event instanceof IkeEvent.AddressRequested r) {
                    host.command(
                        new IkeCommand.RefuseAddress(
                            r.saId(), NotifyType.INTERNAL_ADDRESS_FAILURE));
                  }
                });
        StrongSwan swan =
            new StrongSwan(client(server, "aes128-sha1-modp1024", PSK_CLIENT), PSK, Map.of())) {
      assertThat(swan.initiate()).isFalse();
      assertThat(swan.log()).contains("INTERNAL_ADDRESS_FAILURE");
    }
  }

  @Test
  void a_client_that_does_not_trust_our_certificate_says_so() throws Exception {
    Map<String, String> files = files(PKI.rsaClient);
    files.remove("x509ca/ca.pem");
    try (SocketHost server = responder(s -> s);
        StrongSwan swan =
            new StrongSwan(
                client(
                    server,
                    "aes256-sha256-ecp256",
                    CERTIFICATE_CLIENT.replace("cacerts = ca.pem", "")),
                "",
                files)) {
      assertThat(swan.initiate()).isFalse();
      assertThat(swan.log()).contains("no issuer certificate found");
      Optional<IkeEvent.Failed> failed = server.await(IkeEvent.Failed.class, LIMIT);
      assertThat(failed).as(server::transcript).isPresent();
      assertThat(((IkeFailure.NotifyReceived) failed.get().reason()).type())
          .isEqualTo(NotifyType.AUTHENTICATION_FAILED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"aes256-sha256", "aes256-sha256-ecp256"})
  void strong_swan_rekeys_both_sas_and_so_do_we(String esp) throws Exception {
    try (SocketHost server = responder(s -> s.espProposals(IkeProposals.esp(esp)));
        StrongSwan swan =
            new StrongSwan(
                client(server, "aes256-sha256-ecp256", PSK_CLIENT)
                    .replace("aes256-sha256,aes128gcm16", esp),
                PSK,
                Map.of())) {
      assertThat(swan.initiate()).as(swan::log).isTrue();
      IkeEvent.Established established =
          server.await(IkeEvent.Established.class, LIMIT).orElseThrow();
      assertThat(swan.run("--rekey", "--child", "net")).isTrue();
      ChildSa second = rekeyedChild(server, swan);
      assertThat(swan.run("--rekey", "--ike", "lab")).isTrue();
      assertThat(server.await(IkeEvent.IkeSaRekeyed.class, LIMIT)).isPresent();
      server.command(new IkeCommand.RekeyChildSa(established.saId(), second.inboundSpi()));
      ChildSa third = rekeyedChild(server, swan);
      assertThat(third.inbound()).isNotEqualTo(second.inbound());
      server.command(new IkeCommand.RekeyIkeSa(established.saId()));
      assertThat(server.await(IkeEvent.IkeSaRekeyed.class, LIMIT)).isPresent();
      server.command(new IkeCommand.CheckLiveness(established.saId()));
      assertThat(server.await(IkeEvent.Alive.class, LIMIT)).isPresent();
      server.command(new IkeCommand.Delete(established.saId()));
      assertThat(server.await(IkeEvent.Closed.class, LIMIT)).isPresent();
      assertThat(swan.log())
          .contains("outbound CHILD_SA net{3} established")
          .contains("IKE_SA lab[3] rekeyed");
    }
  }

  private static ChildSa rekeyedChild(SocketHost host, StrongSwan swan) throws Exception {
    Optional<IkeEvent.ChildRekeyed> event = host.await(IkeEvent.ChildRekeyed.class, LIMIT);
    assertThat(event).as(() -> swan.log() + host.transcript()).isPresent();
    return event.get().after();
  }

  // --- strongSwan as the server

  private static SocketHost initiator(
      StrongSwan swan, java.util.function.UnaryOperator<IkeInitiatorConfig.Builder> change)
      throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    return new SocketHost(
        addresses ->
            new IkeInitiator(
                change
                    .apply(
                        IkeInitiatorConfig.builder(
                                addresses.first(), new InetSocketAddress(loopback, swan.port))
                            .localNat(addresses.second())
                            .remoteNat(new InetSocketAddress(loopback, swan.natPort))
                            .nonEspMarker(IkeInitiatorConfig.NonEspMarker.UNLESS_PORT_500)
                            .serverVerifier(PKI.verifier()))
                    .build(),
                RandomSource.secure()),
        (host, event) -> {});
  }

  private static String server(String ikeProposal, String auth) {
    return String.join(
        "\n",
        "  send_cert = always",
        "  pools = pool",
        "  proposals = " + ikeProposal,
        auth,
        "  children { net { local_ts = 0.0.0.0/0",
        "    esp_proposals = aes256-sha1 } }");
  }

  private static final String POOL =
      "pools { pool { addrs = 10.98.0.5-10.98.0.5\n dns = 10.0.0.1 } }\n";

  private static final String CERTIFICATE_SERVER =
      "  local { auth = pubkey\n certs = own.pem\n id = vpn.test.example }\n"
          + "  remote { auth = pubkey\n cacerts = ca.pem }";

  private static void assertConnects(StrongSwan swan, SocketHost client) throws Exception {
    client.command(new IkeCommand.Connect());
    Optional<IkeEvent.Established> established = client.await(IkeEvent.Established.class, LIMIT);
    assertThat(established).as(() -> swan.log() + client.transcript()).isPresent();
    assertThat(established.get().address()).contains(InetAddress.getByName("10.98.0.5"));
    assertThat(established.get().dns()).contains(InetAddress.getByName("10.0.0.1"));
    assertThat(swan.log()).contains("CHILD_SA net{1} established");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aes128-sha1-modp1024",
        "aes256-sha256-modp2048",
        "aes256-sha384-ecp384",
        "aes256gcm16-prfsha256-curve25519"
      })
  void our_client_connects_with_a_certificate_and_hangs_up(String suite) throws Exception {
    try (StrongSwan swan =
            new StrongSwan(server(suite, CERTIFICATE_SERVER), POOL, files(PKI.rsaServer));
        SocketHost client =
            initiator(
                swan,
                c ->
                    TestPair.withMachineCertificate(c, PKI.rsaClient)
                        .ikeProposals(IkeProposals.ike(suite)))) {
      assertConnects(swan, client);
      client.command(new IkeCommand.Disconnect());
      client.await(IkeEvent.Closed.class, LIMIT);
      client.await(IkeEvent.Exchanged.class, LIMIT);
      client.await(IkeEvent.Exchanged.class, LIMIT);
      assertThat(swan.log()).contains("received DELETE for IKE_SA lab[1]");
    }
  }

  /** RFC 4555 section 3.5, and 3.8: a liveness check from the new address. */
  @Test
  void our_client_moves_to_another_address_and_strong_swan_follows() throws Exception {
    String suite = "aes256-sha256-modp2048";
    try (StrongSwan swan =
            new StrongSwan(
                "  mobike = yes\n" + server(suite, CERTIFICATE_SERVER),
                POOL,
                files(PKI.rsaServer));
        SocketHost client =
            initiator(
                swan,
                c ->
                    TestPair.withMachineCertificate(c, PKI.rsaClient)
                        .ikeProposals(IkeProposals.ike(suite)))) {
      assertConnects(swan, client);
      IkeSaId id = client.await(IkeEvent.MobikeAgreed.class, LIMIT).orElseThrow().saId();
      client.moveTo(id, InetAddress.getByName("127.0.0.2"));
      assertThat(client.await(IkeEvent.AddressesUpdated.class, LIMIT))
          .as(() -> swan.log() + client.transcript())
          .map(updated -> updated.local().getAddress().getHostAddress())
          .contains("127.0.0.2");
      assertThat(swan.log())
          .contains("parsed INFORMATIONAL request 2 [ N(UPD_SA_ADDR) N(NATD_S_IP) N(NATD_D_IP) ]")
          .containsPattern("remote endpoint changed from 127.0.0.1\\[\\d+\\] to 127.0.0.2");
      assertThat(swan.run("--terminate", "--ike", "lab")).isTrue();
      assertThat(client.await(IkeEvent.Closed.class, LIMIT).map(IkeEvent.Closed::byPeer))
          .contains(true);
    }
  }

  @Test
  void our_client_with_windows_proposals_and_group_2_reaches_a_server_that_wants_another_group()
      throws Exception {
    try (StrongSwan swan =
            new StrongSwan(
                server("aes256-sha256-modp2048", CERTIFICATE_SERVER), POOL, files(PKI.rsaServer));
        SocketHost client =
            initiator(
                swan,
                c ->
                    TestPair.withMachineCertificate(c, PKI.rsaClient)
                        .ikeProposals(IkeProposals.ike("aes256-sha256-modp1024-modp2048"))
                        .signatureHashes(AuthenticationSignature.supported()))) {
      assertConnects(swan, client);
      assertThat(client.transcript()).contains("N(INVALID_KE_PAYLOAD)");
    }
  }

  @Test
  void our_client_connects_with_a_pre_shared_key() throws Exception {
    String auth = "  local { auth = psk\n id = vpn.test.example }\n  remote { auth = psk }";
    try (StrongSwan swan =
            new StrongSwan(server("aes256-sha256-ecp256", auth), POOL + PSK, Map.of());
        SocketHost client =
            initiator(
                swan,
                c ->
                    c.ikeProposals(IkeProposals.ike("aes256-sha256-ecp256"))
                        .identity(Identity.fqdn("laptop.test.example"))
                        .serverSecret(Octets.ofHex("0102030405060708"))
                        .credential(
                            new IkeCredential.PreSharedKey(Octets.ofHex("0102030405060708"))))) {
      assertConnects(swan, client);
    }
  }

  @Test
  void a_server_without_common_proposal_is_reported_as_such() throws Exception {
    try (StrongSwan swan =
            new StrongSwan(
                server("aes256-sha256-modp2048", CERTIFICATE_SERVER), POOL, files(PKI.rsaServer));
        SocketHost client = initiator(swan, c -> c)) {
      client.command(new IkeCommand.Connect());
      IkeEvent.Failed failed = client.await(IkeEvent.Failed.class, LIMIT).orElseThrow();
      assertThat(((IkeFailure.NotifyReceived) failed.reason()).type())
          .isEqualTo(NotifyType.NO_PROPOSAL_CHOSEN);
    }
  }
}
