package vpnlab.protocol.ike;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vpnlab.wire.ike.AuthMethod;
import vpnlab.wire.ike.IkeMessage;
import vpnlab.wire.ike.NotifyType;
import vpnlab.wire.ike.Payload;

/** Both ends against each other, RFC 7296 sections 1.2, 2.15 and 2.16. */
class IkeAuthenticationTest {
  private static void assertBothEstablished(TestPair pair) {
    IkeEvent.Established client = pair.client.only(IkeEvent.Established.class);
    IkeEvent.Established server = pair.server.only(IkeEvent.Established.class);
    assertThat(client.address()).contains(TestPair.INNER);
    assertThat(client.dns()).containsExactly(TestPair.DNS);
    assertThat(client.child().inbound()).isEqualTo(server.child().outbound());
    assertThat(client.child().outbound()).isEqualTo(server.child().inbound());
    assertThat(client.child().inboundSpi()).isEqualTo(server.child().outboundSpi());
    assertThat(client.child().local()).isEqualTo(server.child().remote());
    assertThat(pair.client.only(IkeEvent.KeysDerived.class).keys())
        .isEqualTo(pair.server.only(IkeEvent.KeysDerived.class).keys());
    assertThat(pair.responder.halfOpenCount()).isZero();
  }

  private static AuthMethod methodOf(TestNetwork.Host host, IkeEvent.Direction direction) {
    return host.events(IkeEvent.Exchanged.class).stream()
        .filter(e -> e.direction() == direction)
        .map(IkeEvent.Exchanged::message)
        .flatMap(m -> m.all(Payload.Authentication.class).stream())
        .findFirst()
        .orElseThrow()
        .method();
  }

  @Test
  void eap_with_a_key_establishes_as_a_windows_client_does_it() {
    TestPair pair = TestPair.of(c -> c, s -> s).connect();

    assertBothEstablished(pair);
    List<IkeMessage> requests =
        pair.client.events(IkeEvent.Exchanged.class).stream()
            .filter(e -> e.direction() == IkeEvent.Direction.SENT)
            .map(IkeEvent.Exchanged::message)
            .toList();
    assertThat(requests.get(1).first(Payload.Authentication.class)).isEmpty();
    assertThat(pair.client.transcript())
        .filteredOn(line -> line.startsWith("RECEIVED IKE_AUTH"))
        .hasSize(3);
    assertThat(methodOf(pair.server, IkeEvent.Direction.SENT))
        .isEqualTo(AuthMethod.RSA_DIGITAL_SIGNATURE);
  }

  @Test
  void eap_without_a_key_falls_back_to_sk_p() {
    TestPair pair =
        new TestPair(
            TestPair.clientConfig().build(),
            TestPair.serverConfig().build(),
            (host, event) -> {
              if (event instanceof IkeEvent.EapRequest r
                  && r.packet().equals(TestPair.EAP_SUCCESS)) {
                host.command(new IkeCommand.EapKey(vpnlab.wire.Octets.EMPTY));
              } else {
                TestPair.clientOwner(host, event);
              }
            },
            (host, event) -> {
              if (event instanceof IkeEvent.EapResponse r) {
                host.command(
                    new IkeCommand.EapAccepted(
                        r.saId(), TestPair.EAP_SUCCESS, vpnlab.wire.Octets.EMPTY));
              } else {
                TestPair.serverOwner(host, event);
              }
            });
    assertBothEstablished(pair.connect());
  }

  @Test
  void a_machine_certificate_establishes_in_two_exchanges() {
    TestPair pair =
        TestPair.of(c -> TestPair.withMachineCertificate(c, TestPki.INSTANCE.rsaClient), s -> s)
            .connect();
    assertBothEstablished(pair);
    assertThat(methodOf(pair.client, IkeEvent.Direction.SENT))
        .isEqualTo(AuthMethod.RSA_DIGITAL_SIGNATURE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
  void ecdsa_of_each_curve_signs_by_rfc_4754_without_and_by_rfc_7427_with_hash_algorithms(
      String curve) {
    TestPki.Issued own = TestPki.INSTANCE.issueEc("ec.test.example", curve);
    TestPair old =
        TestPair.of(
                c -> TestPair.withMachineCertificate(c, own),
                s -> s.certificate(new OwnCertificate.Present(own.chain(), own.key())))
            .connect();
    assertBothEstablished(old);
    assertThat(methodOf(old.client, IkeEvent.Direction.SENT).code()).isBetween(9, 11);
    assertThat(methodOf(old.server, IkeEvent.Direction.SENT).code()).isBetween(9, 11);

    TestPair modern =
        TestPair.of(
                c ->
                    TestPair.withMachineCertificate(c, own)
                        .signatureHashes(AuthenticationSignature.supported()),
                s -> s.certificate(new OwnCertificate.Present(own.chain(), own.key())))
            .connect();
    assertBothEstablished(modern);
    assertThat(methodOf(modern.client, IkeEvent.Direction.SENT))
        .isEqualTo(AuthMethod.DIGITAL_SIGNATURE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void rsa_signs_by_rfc_7427_with_hash_algorithms(boolean pss) {
    TestPair pair =
        TestPair.of(
                c ->
                    TestPair.withMachineCertificate(c, TestPki.INSTANCE.rsaClient)
                        .signatureHashes(AuthenticationSignature.supported())
                        .rsaPss(pss),
                s -> s.rsaPss(pss))
            .connect();
    assertBothEstablished(pair);
    assertThat(methodOf(pair.server, IkeEvent.Direction.SENT))
        .isEqualTo(AuthMethod.DIGITAL_SIGNATURE);
  }

  @Test
  void a_pre_shared_key_authenticates_both_ends() {
    TestPair pair =
        TestPair.of(
                c ->
                    c.credential(new IkeCredential.PreSharedKey(TestPair.secret()))
                        .serverVerifier(null)
                        .serverSecret(TestPair.secret()),
                s -> s)
            .connect();
    assertBothEstablished(pair);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aes256-sha256-modp2048",
        "aes128-sha1-modp1024",
        "aes192-sha384-ecp256",
        "3des-sha1-modp1024",
        "aes128gcm16-prfsha256-ecp384",
        "aes256gcm16-prfsha384-x25519"
      })
  void each_kind_of_suite_works(String suite) {
    TestPair pair =
        TestPair.of(
                c ->
                    c.ikeProposals(IkeProposals.ike(suite))
                        .espProposals(IkeProposals.esp("aes256gcm16")),
                s -> s)
            .connect();
    assertBothEstablished(pair);
    assertThat(pair.client.only(IkeEvent.KeysDerived.class).suite().describe())
        .isEqualTo(suite.replace("x25519", "curve25519"));
  }

  @Test
  void without_fragmentation_the_big_messages_go_whole() {
    TestPair pair = TestPair.of(c -> c.fragmentation(false), s -> s).connect();
    assertBothEstablished(pair);
    assertThat(pair.client.events(IkeEvent.Exchanged.class))
        .allMatch(exchanged -> exchanged.fragments() == 1);
    assertThat(pair.network.sent()).anyMatch(d -> d.payload().size() > 900);
  }

  @Test
  void with_fragmentation_no_encrypted_message_is_longer_than_configured() {
    TestPair pair = TestPair.of(c -> c.fragmentSize(500), s -> s.fragmentSize(400)).connect();
    assertBothEstablished(pair);
    assertThat(pair.client.events(IkeEvent.Exchanged.class))
        .anyMatch(exchanged -> exchanged.fragments() > 2);
    assertThat(pair.network.sent())
        .filteredOn(d -> d.from().getPort() == 4500)
        .allMatch(d -> d.payload().size() <= 500);
  }

  @Test
  void the_client_moves_to_port_4500_after_ike_sa_init() {
    TestPair pair = TestPair.of(c -> c, s -> s).connect();
    assertThat(pair.network.sent().get(0).to()).isEqualTo(TestPair.SERVER);
    assertThat(pair.network.sent().get(2).to()).isEqualTo(TestPair.SERVER_NAT);
    assertThat(pair.server.only(IkeEvent.Established.class).remote())
        .isEqualTo(TestPair.CLIENT_NAT);
  }

  @Test
  void a_refused_server_certificate_fails_with_the_verifiers_code_and_the_server_hears_of_it() {
    TestPair pair =
        TestPair.of(
                c -> c.serverVerifier((now, chain, id) -> new PeerVerifier.Refused(13801, "no")),
                s -> s)
            .connect();
    assertThat(pair.clientFailure()).isEqualTo(new IkeFailure.PeerRefused(13801, "no"));
    assertThat(pair.client.only(IkeEvent.Failed.class).phase()).isEqualTo(IkePhase.IKE_AUTH);
    IkeFailure server = pair.server.only(IkeEvent.Failed.class).reason();
    assertThat(((IkeFailure.NotifyReceived) server).type())
        .isEqualTo(NotifyType.AUTHENTICATION_FAILED);
  }

  @Test
  void a_server_without_certificate_tells_the_windows_error() {
    TestPair pair =
        TestPair.of(c -> c, s -> s.certificate(new OwnCertificate.Absent(13806))).connect();
    IkeFailure.NotifyReceived failure = (IkeFailure.NotifyReceived) pair.clientFailure();
    assertThat(failure.type()).isEqualTo(NotifyType.MS_NOTIFY_STATUS);
    assertThat(failure.windowsError()).hasValue(13806);
    assertThat(failure.all())
        .extracting(Payload.Notify::notifyType)
        .containsExactly(NotifyType.MS_NOTIFY_STATUS, NotifyType.AUTHENTICATION_FAILED);
    assertThat(pair.server.only(IkeEvent.Failed.class).reason())
        .isEqualTo(new IkeFailure.NoCertificate(13806));
  }

  @Test
  void a_refused_client_certificate_is_told_to_the_client() {
    TestPair pair =
        TestPair.of(
                c -> TestPair.withMachineCertificate(c, TestPki.INSTANCE.rsaClient),
                s -> s.clientVerifier((n, chain, id) -> new PeerVerifier.Refused(13801, "old")))
            .connect();
    assertThat(((IkeFailure.NotifyReceived) pair.clientFailure()).windowsError()).hasValue(13801);
    assertThat(pair.server.only(IkeEvent.Failed.class).reason())
        .isEqualTo(new IkeFailure.PeerRefused(13801, "old"));
  }

  @Test
  void a_method_that_the_server_does_not_accept_is_refused() {
    TestPair eap = TestPair.of(c -> c, s -> s.acceptsEap(false)).connect();
    assertThat(((IkeFailure.NotifyReceived) eap.clientFailure()).windowsError()).hasValue(812);
    TestPair certificate =
        TestPair.of(
                c -> TestPair.withMachineCertificate(c, TestPki.INSTANCE.rsaClient),
                s -> s.clientVerifier(null))
            .connect();
    assertThat(((IkeFailure.NotifyReceived) certificate.clientFailure()).type())
        .isEqualTo(NotifyType.AUTHENTICATION_FAILED);
  }

  @Test
  void different_pre_shared_keys_fail() {
    TestPair pair =
        TestPair.of(
                c ->
                    c.credential(new IkeCredential.PreSharedKey(vpnlab.wire.Octets.ofHex("00")))
                        .serverSecret(TestPair.secret()),
                s -> s)
            .connect();
    assertThat(((IkeFailure.NotifyReceived) pair.clientFailure()).type())
        .isEqualTo(NotifyType.AUTHENTICATION_FAILED);
    assertThat(pair.server.only(IkeEvent.Failed.class).reason())
        .isInstanceOf(IkeFailure.AuthenticationFailed.class);
  }

  @Test
  void different_eap_keys_fail_at_the_final_auth() {
    TestPair pair =
        new TestPair(
            TestPair.clientConfig().build(),
            TestPair.serverConfig().build(),
            TestPair::clientOwner,
            (host, event) -> {
              if (event instanceof IkeEvent.EapResponse r) {
                host.command(
                    new IkeCommand.EapAccepted(
                        r.saId(), TestPair.EAP_SUCCESS, TestPair.MSK.from(1)));
              } else {
                TestPair.serverOwner(host, event);
              }
            });
    pair.connect();
    assertThat(pair.client.only(IkeEvent.Failed.class).phase()).isEqualTo(IkePhase.FINAL_AUTH);
    assertThat(((IkeFailure.NotifyReceived) pair.clientFailure()).type())
        .isEqualTo(NotifyType.AUTHENTICATION_FAILED);
  }

  private static TestPair withServerOwner(
      java.util.function.BiConsumer<TestNetwork.Host, IkeEvent> owner) {
    return new TestPair(
            TestPair.clientConfig().build(),
            TestPair.serverConfig().build(),
            TestPair::clientOwner,
            owner)
        .connect();
  }

  @Test
  void a_rejected_eap_ends_both_ends_with_the_eap_failure() {
    TestPair pair =
        withServerOwner(
            (host, event) -> {
              if (event instanceof IkeEvent.EapResponse r) {
                host.command(new IkeCommand.EapRejected(r.saId(), TestPair.EAP_FAILURE));
              } else {
                TestPair.serverOwner(host, event);
              }
            });
    assertThat(pair.clientFailure()).isEqualTo(new IkeFailure.EapFailed(TestPair.EAP_FAILURE));
    assertThat(pair.client.only(IkeEvent.Failed.class).phase()).isEqualTo(IkePhase.EAP);
    assertThat(pair.server.only(IkeEvent.Failed.class).reason())
        .isEqualTo(new IkeFailure.EapFailed(TestPair.EAP_FAILURE));
  }

  @Test
  void a_refused_address_is_an_error_of_the_child_sa_and_the_client_deletes_the_ike_sa() {
    TestPair pair =
        withServerOwner(
            (host, event) -> {
              if (event instanceof IkeEvent.AddressRequested r) {
                host.command(
                    new IkeCommand.RefuseAddress(r.saId(), NotifyType.INTERNAL_ADDRESS_FAILURE));
              } else {
                TestPair.serverOwner(host, event);
              }
            });
    assertThat(((IkeFailure.NotifyReceived) pair.clientFailure()).type())
        .isEqualTo(NotifyType.INTERNAL_ADDRESS_FAILURE);
    assertThat(pair.client.events(IkeEvent.ServerAuthenticated.class)).hasSize(1);
    assertThat(pair.server.only(IkeEvent.Failed.class).reason())
        .isEqualTo(new IkeFailure.ChildRefused(NotifyType.INTERNAL_ADDRESS_FAILURE));
    assertThat(pair.client.transcript()).contains("SENT INFORMATIONAL request 4 [ D(IKE) ]");
    assertThat(pair.initiator.stateSize()).isZero();
    assertThat(pair.responder.stateSize()).isZero();
  }

  @Test
  void no_common_esp_proposal_is_told() {
    TestPair pair =
        TestPair.of(
                c -> c.espProposals(IkeProposals.esp("des-sha1")),
                s -> s.espProposals(IkeProposals.esp("aes256-sha256")))
            .connect();
    assertThat(((IkeFailure.NotifyReceived) pair.clientFailure()).type())
        .isEqualTo(NotifyType.NO_PROPOSAL_CHOSEN);
    assertThat(pair.client.only(IkeEvent.Failed.class).phase()).isEqualTo(IkePhase.FINAL_AUTH);
  }

  @Test
  void a_client_that_asks_for_no_address_may_be_refused() {
    TestPair pair =
        TestPair.of(c -> c.requestedConfiguration(List.of()), s -> s.requiresConfiguration(true))
            .connect();
    assertThat(((IkeFailure.NotifyReceived) pair.clientFailure()).type())
        .isEqualTo(NotifyType.FAILED_CP_REQUIRED);
  }

  @Test
  void an_eap_method_that_does_not_answer_ends_the_handshake() {
    TestPair pair =
        new TestPair(
            TestPair.clientConfig().eapPatience(java.time.Duration.ofSeconds(5)).build(),
            TestPair.serverConfig().build(),
            (host, event) -> {},
            TestPair::serverOwner);
    pair.connect();
    assertThat(pair.clientFailure()).isEqualTo(new IkeFailure.EapUnanswered());
    assertThat(pair.server.events(IkeEvent.Failed.class)).hasSize(1);
    assertThat(pair.initiator.stateSize()).isZero();
  }
}
