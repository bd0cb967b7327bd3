package vpnlab.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import vpnlab.evidence.CapturedPacket.Direction;
import vpnlab.wire.Octets;

class VirtualNetworkTest {
  private static final InetSocketAddress SERVER = new InetSocketAddress("203.0.113.10", 500);
  private static final Octets HELLO = Octets.ofText("hello", StandardCharsets.UTF_8);

  @Test
  void aDatagramCrossesTwoRoutersAndComesBackAfterSixLatencies() throws Exception {
    try (VirtualNetwork network = new VirtualNetwork(new Labs.Builder().topology(), Labs.seed(1))) {
      Inbox echo = new Inbox.Echo();
      network.host("server").bindUdp(500, echo);
      Inbox inbox = new Inbox();
      UdpPort port = network.host("client").bindUdp(0, inbox);
      port.send(SERVER, HELLO);
      assertThat(network.runUntil(() -> !inbox.datagrams.isEmpty(), Duration.ofSeconds(1)))
          .isTrue();
      assertThat(network.clock().instant()).isEqualTo(Labs.EPOCH.plusMillis(3));
      assertThat(echo.datagrams).containsExactly(new Inbox.Received(port.local(), SERVER, HELLO));
      assertThat(inbox.datagrams).containsExactly(new Inbox.Received(SERVER, port.local(), HELLO));
      assertThat(network.captures("client"))
          .extracting(p -> p.direction())
          .containsExactly(Direction.SENT, Direction.RECEIVED);
      assertThat(network.runUntilIdle(Duration.ofSeconds(1))).isTrue();
    }
  }

  @Test
  void aHostReachesItself() throws Exception {
    try (VirtualNetwork network = new VirtualNetwork(new Labs.Builder().topology(), Labs.seed(1))) {
      network.host("server").bindUdp(500, new Inbox.Echo());
      Inbox inbox = new Inbox();
      network.host("server").bindUdp(0, inbox).send(SERVER, HELLO);
      assertThat(network.runUntilIdle(Duration.ofSeconds(1))).isTrue();
      assertThat(inbox.datagrams).extracting(Inbox.Received::from).containsExactly(SERVER);
      assertThat(network.captures("server")).isEmpty();
    }
  }

  @Test
  void hostsThatChaseEachOtherAtOneInstantAreStopped() {
    try (VirtualNetwork network = new VirtualNetwork(new Labs.Builder().topology(), Labs.seed(1))) {
      Runnable[] again = new Runnable[1];
      again[0] = () -> network.eventLoop().schedule(again[0], 0, TimeUnit.NANOSECONDS);
      again[0].run();
      assertThatThrownBy(() -> network.runFor(Duration.ofSeconds(1)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("no progress");
    }
  }

  @Test
  void anotherThreadCannotDriveTheNetwork() throws Exception {
    try (VirtualNetwork network = new VirtualNetwork(new Labs.Builder().topology(), Labs.seed(1))) {
      CompletableFuture<Void> other =
          CompletableFuture.runAsync(() -> network.runFor(Duration.ofSeconds(1)));
      assertThatThrownBy(other::join).hasCauseInstanceOf(IllegalStateException.class);
    }
  }
}
