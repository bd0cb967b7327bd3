package vpnlab.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever real peers do at a gateway, its port stays open and serves the next one. */
class GatewaySurvivalTest {
  private static final InetSocketAddress ANY_PORT = new InetSocketAddress("127.0.0.1", 0);
  private static final InetSocketAddress SERVER = new InetSocketAddress("203.0.113.10", 500);

  /** The most that a UDP datagram over IPv4 can carry (RFC 768, RFC 791). */
  private static final int LARGEST_PAYLOAD = 65_507;

  private SocketsNetwork network;
  private Gateway gateway;

  @BeforeEach
  void open() throws Exception {
    network = new SocketsNetwork(new Labs.Builder().topology(), Labs.seed(1));
    network.host("server").bindUdp(500, new Inbox.Echo());
    gateway = network.openGateway("internet", ANY_PORT, SERVER);
  }

  @AfterEach
  void close() {
    network.close();
  }

  @Test
  void itSurvivesDatagramsOfEverySizeAndContent() throws Exception {
    Random random = new Random(1);
    try (DatagramSocket peer = new DatagramSocket(ANY_PORT)) {
      for (int size : new int[] {0, 1, 3, 4, 28, 1472, 1473, 9000, 32_768, LARGEST_PAYLOAD}) {
        byte[] octets = new byte[size];
        random.nextBytes(octets);
        assertThat(echo(peer, octets)).as("%d octets", size).isEqualTo(octets);
      }
    }
    servesTheNext();
  }

  /** The kernel reports each of the echoes to the gateway's socket as refused. */
  @Test
  void itSurvivesPeersThatAreGoneBeforeTheyAreAnswered() throws Exception {
    for (int round = 0; round < 300; round++) {
      try (DatagramSocket vanishing = new DatagramSocket(ANY_PORT)) {
        send(vanishing, new byte[1 + round]);
      }
    }
    servesTheNext();
  }

  @Test
  void itSurvivesMorePeersAtOnceThanItHasRelays() throws Exception {
    DatagramSocket[] peers = new DatagramSocket[600];
    try {
      for (int i = 0; i < peers.length; i++) {
        String address = "127.0." + (1 + i / 200) + "." + (1 + i % 200);
        peers[i] = new DatagramSocket(new InetSocketAddress(address, 0));
        send(peers[i], ("peer " + i).getBytes(StandardCharsets.US_ASCII));
      }
      servesTheNext();
      for (int i = 0; i < peers.length; i++) {
        byte[] again = ("again " + i).getBytes(StandardCharsets.US_ASCII);
        assertThat(echoOf(peers[i], again)).isEqualTo(again);
      }
    } finally {
      Arrays.stream(peers).filter(peer -> peer != null).forEach(DatagramSocket::close);
    }
  }

  @Test
  void itSurvivesAFlood() throws Exception {
    try (DatagramSocket peer = new DatagramSocket(ANY_PORT)) {
      for (int i = 0; i < 5_000; i++) {
        send(peer, new byte[i % 1400]);
      }
    }
    servesTheNext();
  }

  private void servesTheNext() throws Exception {
    byte[] hello = "is anybody there?".getBytes(StandardCharsets.US_ASCII);
    try (DatagramSocket peer = new DatagramSocket(ANY_PORT)) {
      assertThat(echoOf(peer, hello)).isEqualTo(hello);
    }
    assertThat(gateway.channel().isOpen()).isTrue();
  }

  private void send(DatagramSocket peer, byte[] octets) throws Exception {
    peer.send(new DatagramPacket(octets, octets.length, gateway.real()));
  }

  private byte[] echo(DatagramSocket peer, byte[] octets) throws Exception {
    send(peer, octets);
    return receive(peer);
  }

  private static byte[] receive(DatagramSocket peer) throws Exception {
    peer.setSoTimeout(10_000);
    DatagramPacket reply = new DatagramPacket(new byte[65_535], 65_535);
    peer.receive(reply);
    assertThat(reply.getAddress()).isEqualTo(InetAddress.getByName("127.0.0.1"));
    return Arrays.copyOf(reply.getData(), reply.getLength());
  }

  /** Asks as a UDP client does: again when nothing comes, past what was not meant. */
  private byte[] echoOf(DatagramSocket peer, byte[] octets) throws Exception {
    peer.setSoTimeout(1_000);
    for (int attempt = 0; attempt < 20; attempt++) {
      send(peer, octets);
      try {
        while (true) {
          byte[] reply = next(peer);
          if (Arrays.equals(reply, octets)) {
            return reply;
          }
        }
      } catch (SocketTimeoutException lost) {
        // Again.
      }
    }
    throw new AssertionError("no echo in 20 attempts");
  }

  private static byte[] next(DatagramSocket peer) throws Exception {
    DatagramPacket reply = new DatagramPacket(new byte[65_535], 65_535);
    peer.receive(reply);
    return Arrays.copyOf(reply.getData(), reply.getLength());
  }
}
