package vpnlab.wire.dhcp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;
import vpnlab.wire.ip.Ipv4Address;

/**
 * A DHCP message (RFC 2131 section 2). A BOOTP message without the magic cookie is malformed here.
 *
 * @param operation 1 from a client (BOOTREQUEST), 2 from a server (BOOTREPLY)
 * @param hardwareType 1 for Ethernet
 * @param hardwareLength how much of {@code hardwareAddress} counts, at most 16 octets
 * @param transaction xid, an unsigned 32-bit number
 * @param seconds since the client began
 * @param flags 0x8000: answer by broadcast
 * @param clientAddress ciaddr: what the client has and can answer ARP for, else 0.0.0.0
 * @param yourAddress yiaddr: what the server gives
 * @param nextServer siaddr
 * @param relay giaddr: the relay agent that the message came through, else 0.0.0.0
 * @param hardwareAddress chaddr, 16 octets
 * @param serverName sname, 64 octets
 * @param file 128 octets
 * @param options in the order of the wire, without End
 * @param trailer what follows the End option, usually zeros
 */
public record DhcpMessage(
    int operation,
    int hardwareType,
    int hardwareLength,
    int hops,
    long transaction,
    int seconds,
    int flags,
    Ipv4Address clientAddress,
    Ipv4Address yourAddress,
    Ipv4Address nextServer,
    Ipv4Address relay,
    Octets hardwareAddress,
    Octets serverName,
    Octets file,
    List<DhcpOption> options,
    Octets trailer) {
  public static final int SERVER_PORT = 67;
  public static final int CLIENT_PORT = 68;
  public static final int BOOT_REQUEST = 1;
  public static final int BOOT_REPLY = 2;
  public static final int ETHERNET = 1;
  public static final int BROADCAST = 0x8000;

  private static final long MAGIC_COOKIE = 0x63825363L;
  private static final int HARDWARE_SIZE = 16;
  private static final int SERVER_NAME_SIZE = 64;
  private static final int FILE_SIZE = 128;

  /** A BOOTP relay may drop what is shorter (RFC 1542 section 2.1). */
  private static final int LEAST_SIZE = 300;

  public DhcpMessage {
    options = List.copyOf(options);
    if (hardwareLength < 0
        || hardwareLength > HARDWARE_SIZE
        || hardwareAddress.size() != HARDWARE_SIZE
        || serverName.size() != SERVER_NAME_SIZE
        || file.size() != FILE_SIZE) {
      throw new IllegalArgumentException("a fixed field of a DHCP message has the wrong size");
    }
    if (options.stream().anyMatch(option -> option.code().equals(DhcpOptionCode.END))) {
      throw new IllegalArgumentException("the End option is written by itself");
    }
  }

  /** A client's message that asks for its answer by broadcast, padded to 300 octets. */
  public static DhcpMessage request(
      long transaction, Octets hardware, Ipv4Address clientAddress, List<DhcpOption> options) {
    return of(BOOT_REQUEST, transaction, BROADCAST, hardware, clientAddress, options).padded();
  }

  /** A server's answer to {@code this}; options are in the order given. */
  public DhcpMessage reply(Ipv4Address given, List<DhcpOption> replyOptions) {
    return new DhcpMessage(
            BOOT_REPLY,
            hardwareType,
            hardwareLength,
            0,
            transaction,
            0,
            flags,
            clientAddress,
            given,
            Ipv4Address.ANY,
            relay,
            hardwareAddress,
            Octets.zeros(SERVER_NAME_SIZE),
            Octets.zeros(FILE_SIZE),
            replyOptions,
            Octets.EMPTY)
        .padded();
  }

  private static DhcpMessage of(
      int operation,
      long transaction,
      int flags,
      Octets hardware,
      Ipv4Address clientAddress,
      List<DhcpOption> options) {
    return new DhcpMessage(
        operation,
        ETHERNET,
        hardware.size(),
        0,
        transaction,
        0,
        flags,
        clientAddress,
        Ipv4Address.ANY,
        Ipv4Address.ANY,
        Ipv4Address.ANY,
        Octets.concat(hardware, Octets.zeros(HARDWARE_SIZE - hardware.size())),
        Octets.zeros(SERVER_NAME_SIZE),
        Octets.zeros(FILE_SIZE),
        options,
        Octets.EMPTY);
  }

  /**
   * The same message, sent so long after the client began.
   *
   * @param elapsed in seconds, at most 65535
   */
  public DhcpMessage after(int elapsed) {
    return new DhcpMessage(
        operation,
        hardwareType,
        hardwareLength,
        hops,
        transaction,
        elapsed,
        flags,
        clientAddress,
        yourAddress,
        nextServer,
        relay,
        hardwareAddress,
        serverName,
        file,
        options,
        trailer);
  }

  private DhcpMessage padded() {
    int missing = LEAST_SIZE - encode().size();
    return missing <= 0 ? this : withTrailer(Octets.zeros(missing));
  }

  private DhcpMessage withTrailer(Octets zeros) {
    return new DhcpMessage(
        operation,
        hardwareType,
        hardwareLength,
        hops,
        transaction,
        seconds,
        flags,
        clientAddress,
        yourAddress,
        nextServer,
        relay,
        hardwareAddress,
        serverName,
        file,
        options,
        zeros);
  }

  public static DhcpMessage decode(Octets octets) throws MalformedMessageException {
    OctetReader in = new OctetReader(octets);
    int operation = in.u8("DHCP / op");
    if (operation != BOOT_REQUEST && operation != BOOT_REPLY) {
      throw new MalformedMessageException("DHCP / op", "is " + operation);
    }
    int hardwareType = in.u8("DHCP / htype");
    int hardwareLength = in.u8("DHCP / hlen");
    if (hardwareLength > HARDWARE_SIZE) {
      throw new MalformedMessageException("DHCP / hlen", "is " + hardwareLength);
    }
    int hops = in.u8("DHCP / hops");
    long transaction = in.u32("DHCP / xid");
    int seconds = in.u16("DHCP / secs");
    int flags = in.u16("DHCP / flags");
    Ipv4Address clientAddress = address(in, "DHCP / ciaddr");
    Ipv4Address yourAddress = address(in, "DHCP / yiaddr");
    Ipv4Address nextServer = address(in, "DHCP / siaddr");
    Ipv4Address relay = address(in, "DHCP / giaddr");
    Octets hardwareAddress = in.octets(HARDWARE_SIZE, "DHCP / chaddr");
    Octets serverName = in.octets(SERVER_NAME_SIZE, "DHCP / sname");
    Octets file = in.octets(FILE_SIZE, "DHCP / file");
    if (in.u32("DHCP / magic cookie") != MAGIC_COOKIE) {
      throw new MalformedMessageException("DHCP / magic cookie", "is not 99.130.83.99");
    }
    return new DhcpMessage(
        operation,
        hardwareType,
        hardwareLength,
        hops,
        transaction,
        seconds,
        flags,
        clientAddress,
        yourAddress,
        nextServer,
        relay,
        hardwareAddress,
        serverName,
        file,
        DhcpOption.readAll(in, "DHCP / options"),
        in.rest());
  }

  public Octets encode() {
    OctetWriter out =
        new OctetWriter()
            .u8(operation)
            .u8(hardwareType)
            .u8(hardwareLength)
            .u8(hops)
            .u32(transaction)
            .u16(seconds)
            .u16(flags)
            .octets(clientAddress.octets())
            .octets(yourAddress.octets())
            .octets(nextServer.octets())
            .octets(relay.octets())
            .octets(hardwareAddress)
            .octets(serverName)
            .octets(file)
            .u32(MAGIC_COOKIE);
    options.forEach(option -> option.write(out));
    return out.u8(DhcpOptionCode.END.value()).octets(trailer).toOctets();
  }

  /**
   * The whole value of an option, its parts joined (RFC 3396 section 7), also of those that stand
   * in {@code file} and {@code sname} (RFC 2132 section 9.3, in that order); a field that is said
   * to hold options and does not is passed over.
   */
  public Optional<Octets> value(DhcpOptionCode code) {
    List<Octets> parts = new ArrayList<>();
    for (DhcpOption option : everyOption()) {
      if (option.code().equals(code)) {
        parts.add(option.value());
      }
    }
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(Octets.concat(parts.toArray(Octets[]::new)));
  }

  private List<DhcpOption> everyOption() {
    int overload =
        options.stream()
            .filter(option -> option.code().equals(DhcpOptionCode.OVERLOAD))
            .filter(option -> option.value().size() == 1)
            .mapToInt(option -> option.value().at(0))
            .findFirst()
            .orElse(0);
    List<DhcpOption> all = new ArrayList<>(options);
    if ((overload & 1) != 0) {
      all.addAll(optionsIn(file));
    }
    if ((overload & 2) != 0) {
      all.addAll(optionsIn(serverName));
    }
    return all;
  }

  private static List<DhcpOption> optionsIn(Octets field) {
    try {
      return DhcpOption.readAll(new OctetReader(field), "DHCP / overloaded field");
    } catch (MalformedMessageException e) {
      return List.of();
    }
  }

  /** Empty for BOOTP, or when the option is not one octet long. */
  public Optional<DhcpMessageType> type() {
    return value(DhcpOptionCode.MESSAGE_TYPE)
        .filter(value -> value.size() == 1)
        .map(value -> new DhcpMessageType(value.at(0)));
  }

  /** The only or first address of an option; empty when it has none. */
  public Optional<Ipv4Address> address(DhcpOptionCode code) {
    return addresses(code).stream().findFirst();
  }

  /** The addresses of an option; none when its length is no multiple of 4. */
  public List<Ipv4Address> addresses(DhcpOptionCode code) {
    Octets value = value(code).orElse(Octets.EMPTY);
    List<Ipv4Address> addresses = new ArrayList<>();
    for (int at = 0; value.size() % 4 == 0 && at < value.size(); at += 4) {
      addresses.add(address(value, at));
    }
    return addresses;
  }

  /** A time in seconds; empty when the option is not there or is not 4 octets long. */
  public OptionalLong seconds(DhcpOptionCode code) {
    Optional<Octets> value = value(code).filter(octets -> octets.size() == 4);
    return value.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(address(value.get(), 0).bits() & 0xffffffffL);
  }

  /**
   * By what a server tells clients apart: the client identifier, or else the hardware type and
   * address (RFC 2131 section 4.2).
   */
  public Octets clientKey() {
    return value(DhcpOptionCode.CLIENT_IDENTIFIER)
        .orElseGet(
            () ->
                Octets.concat(
                    new OctetWriter().u8(hardwareType).toOctets(),
                    hardwareAddress.slice(0, hardwareLength)));
  }

  private static Ipv4Address address(OctetReader in, String field)
      throws MalformedMessageException {
    return new Ipv4Address((int) in.u32(field));
  }

  private static Ipv4Address address(Octets octets, int at) {
    return new Ipv4Address(
        octets.at(at) << 24 | octets.at(at + 1) << 16 | octets.at(at + 2) << 8 | octets.at(at + 3));
  }

  /** One line, e.g. {@code DHCPOFFER 10.0.0.101}. */
  @Override
  public String toString() {
    String name = type().map(DhcpMessageType::toString).orElse("BOOTP");
    Ipv4Address about =
        !yourAddress.isAny()
            ? yourAddress
            : address(DhcpOptionCode.REQUESTED_ADDRESS).orElse(clientAddress);
    return about.isAny() ? name : name + " " + about;
  }
}
