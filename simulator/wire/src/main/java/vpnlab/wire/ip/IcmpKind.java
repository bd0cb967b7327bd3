package vpnlab.wire.ip;

/**
 * The type and code of an ICMP message (RFC 792, RFC 1812 section 5.2.7.1). Unknown pairs are legal
 * and keep their numbers.
 */
public record IcmpKind(int type, int code) {
  public static final IcmpKind ECHO_REPLY = new IcmpKind(0, 0);
  public static final IcmpKind NETWORK_UNREACHABLE = new IcmpKind(3, 0);
  public static final IcmpKind HOST_UNREACHABLE = new IcmpKind(3, 1);
  public static final IcmpKind PROTOCOL_UNREACHABLE = new IcmpKind(3, 2);
  public static final IcmpKind PORT_UNREACHABLE = new IcmpKind(3, 3);
  public static final IcmpKind FRAGMENTATION_NEEDED = new IcmpKind(3, 4);
  public static final IcmpKind ADMINISTRATIVELY_PROHIBITED = new IcmpKind(3, 13);
  public static final IcmpKind ECHO_REQUEST = new IcmpKind(8, 0);
  public static final IcmpKind TIME_TO_LIVE_EXCEEDED = new IcmpKind(11, 0);
  public static final IcmpKind REASSEMBLY_TIME_EXCEEDED = new IcmpKind(11, 1);

  /** Whether such a message reports on a packet that it quotes (RFC 1122 section 3.2.2). */
  public boolean isError() {
    return type == 3 || type == 4 || type == 5 || type == 11 || type == 12;
  }

  public boolean isEcho() {
    return type == 0 || type == 8;
  }

  @Override
  public String toString() {
    return switch (type << 8 | code) {
      case 0 -> "echo reply";
      case 3 << 8 -> "network unreachable";
      case 3 << 8 | 1 -> "host unreachable";
      case 3 << 8 | 2 -> "protocol unreachable";
      case 3 << 8 | 3 -> "port unreachable";
      case 3 << 8 | 4 -> "fragmentation needed";
      case 3 << 8 | 13 -> "administratively prohibited";
      case 8 << 8 -> "echo request";
      case 11 << 8 -> "time to live exceeded";
      case 11 << 8 | 1 -> "reassembly time exceeded";
      default -> "icmp " + type + "/" + code;
    };
  }
}
