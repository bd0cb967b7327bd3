package vpnlab.protocol.ike;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import vpnlab.protocol.RandomSource;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.Identity;

/** A client and a server with owners that play a short EAP and hand out an address. */
final class TestPair {
  static final InetSocketAddress CLIENT = new InetSocketAddress(ip("192.0.2.10"), 500);
  static final InetSocketAddress CLIENT_NAT = new InetSocketAddress(ip("192.0.2.10"), 4500);
  static final InetSocketAddress SERVER = new InetSocketAddress(ip("198.51.100.1"), 500);
  static final InetSocketAddress SERVER_NAT = new InetSocketAddress(ip("198.51.100.1"), 4500);
  static final InetAddress INNER = ip("10.8.0.7");
  static final InetAddress DNS = ip("10.0.0.53");

  static final Octets EAP_IDENTITY_REQUEST = Octets.ofHex("0101000501");
  static final Octets EAP_ANSWER = Octets.ofHex("020100060161");
  static final Octets EAP_SUCCESS = Octets.ofHex("03020004");
  static final Octets EAP_FAILURE = Octets.ofHex("04020004");
  static final Octets MSK = Octets.ofHex("5a".repeat(64));

  final TestNetwork network = new TestNetwork();
  final IkeInitiator initiator;
  final IkeResponder responder;
  final TestNetwork.Host client;
  final TestNetwork.Host server;

  TestPair(IkeInitiatorConfig clientConfig, IkeResponderConfig serverConfig) {
    this(clientConfig, serverConfig, TestPair::clientOwner, TestPair::serverOwner);
  }

  TestPair(
      IkeInitiatorConfig clientConfig,
      IkeResponderConfig serverConfig,
      BiConsumer<TestNetwork.Host, IkeEvent> clientOwner,
      BiConsumer<TestNetwork.Host, IkeEvent> serverOwner) {
    this(clientConfig, serverConfig, clientOwner, serverOwner, 1);
  }

  TestPair(IkeInitiatorConfig clientConfig, IkeResponderConfig serverConfig, long seed) {
    this(clientConfig, serverConfig, TestPair::clientOwner, TestPair::serverOwner, seed);
  }

  private TestPair(
      IkeInitiatorConfig clientConfig,
      IkeResponderConfig serverConfig,
      BiConsumer<TestNetwork.Host, IkeEvent> clientOwner,
      BiConsumer<TestNetwork.Host, IkeEvent> serverOwner,
      long seed) {
    initiator = new IkeInitiator(clientConfig, RandomSource.seeded(seed));
    responder = new IkeResponder(serverConfig, RandomSource.seeded(seed + 1000));
    client = network.host(initiator, clientOwner, clientConfig.local(), clientConfig.localNat());
    server = network.host(responder, serverOwner, SERVER, SERVER_NAT);
  }

  static TestPair of(
      UnaryOperator<IkeInitiatorConfig.Builder> client,
      UnaryOperator<IkeResponderConfig.Builder> server) {
    return new TestPair(client.apply(clientConfig()).build(), server.apply(serverConfig()).build());
  }

  static IkeInitiatorConfig.Builder clientConfig() {
    return IkeInitiatorConfig.builder(CLIENT, SERVER)
        .localNat(CLIENT_NAT)
        .serverVerifier(TestPki.INSTANCE.verifier())
        .authorities(List.of(CertificateAuthorities.keyHash(TestPki.INSTANCE.ca().getPublicKey())));
  }

  static IkeResponderConfig.Builder serverConfig() {
    TestPki.Issued own = TestPki.INSTANCE.rsaServer;
    return IkeResponderConfig.builder(Identity.fqdn("vpn.test.example"))
        .certificate(new OwnCertificate.Present(own.chain(), own.key()))
        .acceptsEap(true)
        .clientVerifier(TestPki.INSTANCE.verifier())
        .preSharedKeys(id -> Optional.of(secret()))
        .authorities(List.of(CertificateAuthorities.keyHash(TestPki.INSTANCE.ca().getPublicKey())));
  }

  static Octets secret() {
    return Octets.ofHex("0102030405060708");
  }

  static IkeInitiatorConfig.Builder withMachineCertificate(
      IkeInitiatorConfig.Builder config, TestPki.Issued own) {
    return config
        .credential(new IkeCredential.Certificate(own.chain(), own.key()))
        .identity(own.distinguishedName());
  }

  /** Connects and lets the network come to rest, but for at most two minutes. */
  TestPair connect() {
    client.command(new IkeCommand.Connect());
    network.run(Duration.ofMinutes(2));
    return this;
  }

  IkeFailure clientFailure() {
    return client.only(IkeEvent.Failed.class).reason();
  }

  static void clientOwner(TestNetwork.Host host, IkeEvent event) {
    if (event instanceof IkeEvent.EapRequest request) {
      if (request.packet().equals(EAP_SUCCESS)) {
        host.command(new IkeCommand.EapKey(MSK));
      } else {
        host.command(new IkeCommand.EapResponse(EAP_ANSWER));
      }
    }
  }

  static void serverOwner(TestNetwork.Host host, IkeEvent event) {
    if (event instanceof IkeEvent.EapStart start) {
      host.command(new IkeCommand.SendEap(start.saId(), EAP_IDENTITY_REQUEST));
    } else if (event instanceof IkeEvent.EapResponse response) {
      host.command(new IkeCommand.EapAccepted(response.saId(), EAP_SUCCESS, MSK));
    } else if (event instanceof IkeEvent.AddressRequested request) {
      host.command(IkeCommand.AssignAddress.withDns(request.saId(), INNER, List.of(DNS)));
    }
  }

  static InetAddress ip(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
