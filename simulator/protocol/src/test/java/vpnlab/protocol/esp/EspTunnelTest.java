package vpnlab.protocol.esp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vpnlab.protocol.RandomSource;
import vpnlab.protocol.ike.ChildSa;
import vpnlab.protocol.ike.ChildSa.EspKeys;
import vpnlab.protocol.ike.IkeProposals;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;
import vpnlab.wire.esp.EspPacket;
import vpnlab.wire.ike.Proposal;
import vpnlab.wire.ike.TrafficSelector;
import vpnlab.wire.ip.IpProtocol;
import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.ip.Ipv4Packet;

class EspTunnelTest {
  private static final Instant NOW = Instant.parse("2026-01-15T09:00:00Z");
  private static final Ipv4Address CLIENT = Ipv4Address.parse("10.8.0.1");
  private static final Ipv4Address FILES = Ipv4Address.parse("10.0.0.5");

  private final RandomSource random = RandomSource.seeded(4301);
  private final EspTunnel client = new EspTunnel(random);
  private final EspTunnel server = new EspTunnel(random);

  /** One Child SA, as both ends see it. */
  private record Pair(ChildSa client, ChildSa server) {}

  private Pair pair(String suite, long spi) {
    Proposal proposal = IkeProposals.esp(suite).get(0);
    EspKeys up = keys(suite);
    EspKeys down = keys(suite);
    List<TrafficSelector> one = List.of(only(CLIENT));
    List<TrafficSelector> all = List.of(TrafficSelector.ANY_IPV4);
    return new Pair(
        new ChildSa(spi, spi + 1, proposal, down, up, one, all),
        new ChildSa(spi + 1, spi, proposal, up, down, all, one));
  }

  private static TrafficSelector only(Ipv4Address address) {
    InetAddress inet = address.toInetAddress();
    return TrafficSelector.range(inet, inet);
  }

  private EspKeys keys(String suite) {
    int encryption =
        switch (suite.split("-")[0]) {
          case "aes128" -> 16;
          case "aes192", "3des" -> 24;
          case "aes256" -> 32;
          case "aes128gcm16" -> 20;
          case "aes256gcm16" -> 36;
          case "des" -> 8;
          default -> 0;
        };
    int integrity =
        suite.endsWith("sha1")
            ? 20
            : suite.endsWith("sha256") ? 32 : suite.endsWith("sha384") ? 48 : 0;
    return new EspKeys(random.octets(encryption), random.octets(integrity));
  }

  private Pair up(String suite) {
    Pair pair = pair(suite, 0x1000);
    client.add(pair.client());
    server.add(pair.server());
    return pair;
  }

  private static Ipv4Packet packet(Ipv4Address from, Ipv4Address to, int size) {
    return Ipv4Packet.of(7, IpProtocol.UDP, from, to, Octets.zeros(size));
  }

  private static Octets sealed(EspResult result) {
    return ((EspResult.Sealed) result).packet();
  }

  private Octets fromClient(int size) {
    return sealed(client.seal(NOW, packet(CLIENT, FILES, size)));
  }

  private static EspPacket decoded(Octets packet) {
    try {
      return EspPacket.decode(packet);
    } catch (MalformedMessageException e) {
      throw new AssertionError(e);
    }
  }

  private EspResult atServer(Octets packet) {
    return server.open(NOW, decoded(packet));
  }

  private static void isDropped(EspResult result, EspDrop reason) {
    assertThat(result).isEqualTo(new EspResult.Dropped(reason));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aes128-sha1",
        "aes192-sha256",
        "aes256-sha384",
        "3des-sha1",
        "des-sha1",
        "null-sha1",
        "aes128gcm16",
        "aes256gcm16"
      })
  void everyPacketOfAnySizeComesOutAsItWentIn(String suite) {
    up(suite);
    for (int size = 0; size < 80; size++) {
      Ipv4Packet inner = packet(CLIENT, FILES, size);
      assertThat(atServer(sealed(client.seal(NOW, inner)))).isEqualTo(new EspResult.Opened(inner));
    }
    assertThat(server.opened()).isEqualTo(80);
  }

  @ParameterizedTest
  @ValueSource(strings = {"aes256-sha256", "null-sha1", "aes256gcm16"})
  void noChangedPacketPasses(String suite) {
    up(suite);
    Random changes = new Random(106);
    for (int i = 0; i < 500; i++) {
      byte[] octets = fromClient(40).toArray();
      int at = 4 + changes.nextInt(octets.length - 4);
      octets[at] ^= (byte) (1 + changes.nextInt(255));
      assertThat(atServer(Octets.of(octets))).isInstanceOf(EspResult.Dropped.class);
    }
    for (int size = 8; size < 60; size++) {
      assertThat(atServer(fromClient(40).slice(0, size))).isInstanceOf(EspResult.Dropped.class);
    }
    assertThat(server.opened()).isZero();
  }

  @Test
  void anyOctetsAreDroppedAndNeverAnException() {
    up("aes128-sha1");
    for (int i = 0; i < 5_000; i++) {
      Octets garbage =
          Octets.concat(new OctetWriter().u32(0x1001).toOctets(), random.octets(4 + i % 100));
      assertThat(atServer(garbage)).isInstanceOf(EspResult.Dropped.class);
    }
  }

  @Test
  void aPacketPassesOnce() {
    // RFC 4303 section 3.4.3
    up("aes128-sha1");
    Octets packet = fromClient(10);
    assertThat(atServer(packet)).isInstanceOf(EspResult.Opened.class);
    isDropped(atServer(packet), EspDrop.REPLAYED);
    assertThat(server.dropped(EspDrop.REPLAYED)).isOne();
  }

  @Test
  void packetsMayOvertakeEachOtherWithinTheWindowOnly() {
    up("aes128-sha1");
    List<Octets> packets = new ArrayList<>();
    for (int i = 0; i < 70; i++) {
      packets.add(fromClient(10));
    }
    assertThat(atServer(packets.get(69))).isInstanceOf(EspResult.Opened.class);
    for (int i = 68; i >= 6; i--) {
      assertThat(atServer(packets.get(i))).isInstanceOf(EspResult.Opened.class);
      isDropped(atServer(packets.get(i)), EspDrop.REPLAYED);
    }
    isDropped(atServer(packets.get(5)), EspDrop.TOO_OLD);
  }

  @Test
  void aForgedPacketDoesNotMoveTheWindow() {
    up("aes128-sha1");
    Octets honest = fromClient(10);
    Octets forged = new EspPacket(0x1001, 0xffffff00L, random.octets(60)).encode();
    isDropped(atServer(forged), EspDrop.INTEGRITY);
    assertThat(atServer(honest)).isInstanceOf(EspResult.Opened.class);
  }

  @Test
  void anSpiThatNobodyHasIsUnknown() {
    up("aes128-sha1");
    isDropped(atServer(new EspPacket(0x7777, 1, random.octets(60)).encode()), EspDrop.UNKNOWN_SPI);
  }

  @Test
  void theClientMaySendFromItsOwnAddressOnly() {
    // RFC 4301 section 5.2, step 4: what comes in is held against the SA's selectors.
    Pair pair = up("aes128-sha1");
    isDropped(client.seal(NOW, packet(FILES, CLIENT, 10)), EspDrop.NO_SA);
    EspTunnel liar = new EspTunnel(random);
    ChildSa honest = pair.client();
    liar.add(
        new ChildSa(
            honest.inboundSpi(),
            honest.outboundSpi(),
            honest.suite(),
            honest.inbound(),
            honest.outbound(),
            List.of(TrafficSelector.ANY_IPV4),
            honest.remote()));
    Octets stolen = sealed(liar.seal(NOW, packet(FILES, FILES, 10)));
    isDropped(atServer(stolen), EspDrop.SELECTORS);
  }

  @Test
  void whoRekeysSendsOnTheNewSaAtOnceAndTheOtherOnceItKnows() {
    // RFC 7296 section 2.8
    Pair before = up("aes128-sha1");
    Pair after = pair("aes256-sha256", 0x2000);
    Octets late = fromClient(10);
    server.replace(NOW, before.server(), after.server(), true);
    Octets early = sealed(server.seal(NOW, packet(FILES, CLIENT, 10)));
    assertThat(decoded(early).spi()).isEqualTo(0x1000);
    client.replace(NOW, before.client(), after.client(), false);
    Octets fresh = fromClient(10);
    assertThat(decoded(fresh).spi()).isEqualTo(0x2001);
    assertThat(atServer(fresh)).isInstanceOf(EspResult.Opened.class);
    assertThat(decoded(sealed(server.seal(NOW, packet(FILES, CLIENT, 10)))).spi())
        .isEqualTo(0x2000);
    assertThat(atServer(late))
        .as("old keys, still on their way")
        .isInstanceOf(EspResult.Opened.class);
    assertThat(client.open(NOW, decoded(early)))
        .asInstanceOf(type(EspResult.Opened.class))
        .isNotNull();
    Instant muchLater = NOW.plus(EspTunnel.LINGER);
    assertThat(server.inboundSpis(muchLater)).containsExactly(0x2001L);
  }

  @Test
  void theDeletionOfTheOldSaShowsThatThePeerHasTheNew() {
    Pair before = up("aes128-sha1");
    Pair after = pair("aes128-sha1", 0x2000);
    server.replace(NOW, before.server(), after.server(), true);
    server.retire(before.server());
    assertThat(decoded(sealed(server.seal(NOW, packet(FILES, CLIENT, 10)))).spi())
        .isEqualTo(0x2000);
  }

  @Test
  void nothingIsSentOnADeletedSa() {
    Pair pair = up("aes128-sha1");
    client.remove(pair.client());
    isDropped(client.seal(NOW, packet(CLIENT, FILES, 10)), EspDrop.NO_SA);
    assertThat(client.dropped(EspDrop.NO_SA)).isOne();
  }
}
