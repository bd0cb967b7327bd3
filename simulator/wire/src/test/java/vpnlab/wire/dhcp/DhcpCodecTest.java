package vpnlab.wire.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vpnlab.fixtures.PacketFile;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.ip.Ipv4Address;

class DhcpCodecTest {
  private static final Octets MAC = Octets.ofHex("02 00 5e 10 00 02");
  private static final Octets IDENTIFIER = Octets.ofHex("52415320 02005e100002 01000000");

  @Test
  void anyMessageSurvivesTheWire() throws MalformedMessageException {
    Random random = new Random(11);
    for (int i = 0; i < 5_000; i++) {
      DhcpMessage message = any(random);
      assertThat(DhcpMessage.decode(message.encode())).isEqualTo(message);
    }
  }

  @Test
  void changedOrArbitraryOctetsGiveTheSameOctetsAgainOrAreRefusedCleanly() {
    Random random = new Random(12);
    int understood = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = random.nextInt(4) == 0 ? new byte[random.nextInt(600)] : mutated(random);
      if (bytes.length > 0 && random.nextInt(4) == 0) {
        bytes = Octets.of(bytes, 0, random.nextInt(bytes.length)).toArray();
      }
      try {
        DhcpMessage message = DhcpMessage.decode(Octets.of(bytes));
        assertThat(message.encode()).isEqualTo(Octets.of(bytes));
        // None of the views may fail on what was accepted.
        message.type();
        message.clientKey();
        message.addresses(DhcpOptionCode.ROUTER);
        message.seconds(DhcpOptionCode.LEASE_TIME);
        assertThat(message.toString()).isNotEmpty();
        understood++;
      } catch (MalformedMessageException e) {
        assertThat(e.getMessage()).startsWith("DHCP");
      }
    }
    assertThat(understood).isBetween(2_000, 18_000);
  }

  @Test
  void aDiscoverLooksAsRfc2131Draws() {
    DhcpMessage discover =
        DhcpMessage.request(
            0x3903f326L,
            MAC,
            Ipv4Address.ANY,
            List.of(
                DhcpOption.messageType(DhcpMessageType.DISCOVER),
                new DhcpOption(DhcpOptionCode.CLIENT_IDENTIFIER, IDENTIFIER)));
    Octets wire = discover.encode();
    assertThat(wire.size()).isEqualTo(300);
    assertThat(wire.slice(0, 12).toHex()).isEqualTo("01010600" + "3903f326" + "0000" + "8000");
    assertThat(wire.slice(28, 34)).isEqualTo(MAC);
    assertThat(wire.slice(236, 243).toHex()).isEqualTo("63825363" + "350101");
    assertThat(wire.slice(243, 245).toHex()).isEqualTo("3d0e");
    assertThat(wire.at(259)).isEqualTo(255);
  }

  @Test
  void anOfferOfDnsmasqIsReadAndWrittenAgainAsItWas() throws MalformedMessageException {
    Octets wire = Octets.of(PacketFile.read("dnsmasq-dhcp-offer"));
    DhcpMessage offer = DhcpMessage.decode(wire);
    assertThat(offer.encode()).isEqualTo(wire);
    assertThat(offer.type()).contains(DhcpMessageType.OFFER);
    assertThat(offer.yourAddress()).hasToString("10.77.0.102");
    assertThat(offer.address(DhcpOptionCode.SERVER_IDENTIFIER))
        .contains(Ipv4Address.parse("10.77.0.1"));
    assertThat(offer.addresses(DhcpOptionCode.DOMAIN_NAME_SERVER))
        .containsExactly(Ipv4Address.parse("10.77.0.9"));
    assertThat(offer.seconds(DhcpOptionCode.RENEWAL_TIME)).hasValue(5);
  }

  @Test
  void aBootpMessageWithoutTheCookieIsRefused() {
    byte[] bytes = any(new Random(1)).encode().toArray();
    bytes[236] ^= 1;
    assertThatThrownBy(() -> DhcpMessage.decode(Octets.of(bytes)))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("magic cookie");
  }

  @Test
  void optionsWithoutEndAreRefused() {
    Octets wire = DhcpMessage.request(1, MAC, Ipv4Address.ANY, List.of()).encode().slice(0, 240);
    assertThatThrownBy(() -> DhcpMessage.decode(wire))
        .isInstanceOf(MalformedMessageException.class);
  }

  @Test
  void aLongOptionIsJoinedFromItsParts() {
    DhcpMessage message =
        DhcpMessage.request(
            1,
            MAC,
            Ipv4Address.ANY,
            List.of(
                new DhcpOption(DhcpOptionCode.DOMAIN_NAME, Octets.ofHex("6162")),
                DhcpOption.messageType(DhcpMessageType.ACK),
                new DhcpOption(DhcpOptionCode.DOMAIN_NAME, Octets.ofHex("63"))));
    assertThat(message.value(DhcpOptionCode.DOMAIN_NAME)).contains(Octets.ofHex("616263"));
  }

  @Test
  void optionsInTheFileAndServerNameFieldsCountWhenTheyAreSaidToBeThere()
      throws MalformedMessageException {
    byte[] wire =
        DhcpMessage.request(
                1,
                MAC,
                Ipv4Address.ANY,
                List.of(new DhcpOption(DhcpOptionCode.OVERLOAD, Octets.of((byte) 3))))
            .encode()
            .toArray();
    System.arraycopy(Octets.ofHex("350105ff").toArray(), 0, wire, 44, 4);
    System.arraycopy(Octets.ofHex("03040a000001ff").toArray(), 0, wire, 108, 7);
    DhcpMessage message = DhcpMessage.decode(Octets.of(wire));
    assertThat(message.type()).contains(DhcpMessageType.ACK);
    assertThat(message.addresses(DhcpOptionCode.ROUTER))
        .containsExactly(Ipv4Address.parse("10.0.0.1"));
  }

  @Test
  void withoutIdentifierTheHardwareAddressTellsClientsApart() {
    assertThat(DhcpMessage.request(1, MAC, Ipv4Address.ANY, List.of()).clientKey().toHex())
        .isEqualTo("01" + MAC.toHex());
  }

  private static byte[] mutated(Random random) {
    byte[] bytes = any(random).encode().toArray();
    for (int changes = random.nextInt(4); changes > 0; changes--) {
      // Most of a message is padding that means nothing; change what means something.
      int at = random.nextBoolean() ? random.nextInt(12) : 236 + random.nextInt(bytes.length - 236);
      bytes[at] = (byte) random.nextInt();
    }
    return bytes;
  }

  private static DhcpMessage any(Random random) {
    List<DhcpOption> options = new ArrayList<>();
    for (int i = random.nextInt(8); i > 0; i--) {
      options.add(option(random));
    }
    return new DhcpMessage(
        1 + random.nextInt(2),
        random.nextInt(256),
        random.nextInt(17),
        random.nextInt(256),
        random.nextInt() & 0xffffffffL,
        random.nextInt(65_536),
        random.nextInt(65_536),
        new Ipv4Address(random.nextInt()),
        new Ipv4Address(random.nextInt()),
        new Ipv4Address(random.nextInt()),
        new Ipv4Address(random.nextInt()),
        octets(random, 16),
        octets(random, 64),
        octets(random, 128),
        options,
        octets(random, random.nextInt(20)));
  }

  private static DhcpOption option(Random random) {
    DhcpOptionCode code =
        new DhcpOptionCode(random.nextBoolean() ? random.nextInt(62) : random.nextInt(255));
    return new DhcpOption(
        code, code.hasValue() ? octets(random, random.nextInt(256)) : Octets.EMPTY);
  }

  private static Octets octets(Random random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return Octets.of(bytes);
  }
}
