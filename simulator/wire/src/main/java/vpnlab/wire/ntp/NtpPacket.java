package vpnlab.wire.ntp;

import java.time.Instant;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;

/**
 * The header of an NTP packet (RFC 5905 section 7.3), as far as SNTP needs it (RFC 4330).
 *
 * @param leap leap indicator, 0 to 3 (3: not synchronized)
 * @param version 3 or 4
 * @param mode 3 client, 4 server
 * @param stratum 0 unspecified, 1 primary, 2 to 15 secondary
 * @param reference what the server follows, 4 octets
 * @param originate the client's transmit time, as the server returns it; raw 64 bits
 * @param receive when the request arrived; raw 64 bits
 * @param transmit when this packet left; raw 64 bits
 * @param extension what follows the 48 octets, kept
 */
public record NtpPacket(
    int leap,
    int version,
    int mode,
    int stratum,
    int poll,
    int precision,
    long rootDelay,
    long rootDispersion,
    Octets reference,
    long referenceTime,
    long originate,
    long receive,
    long transmit,
    Octets extension) {
  public static final int PORT = 123;
  public static final int CLIENT = 3;
  public static final int SERVER = 4;

  /** Seconds from 1900-01-01 (NTP era 0) to 1970-01-01. */
  private static final long ERA_OFFSET = 2_208_988_800L;

  private static final double UNITS = 4294967296.0;

  /** A client's request that leaves at {@code now}. */
  public static NtpPacket request(Instant now) {
    return new NtpPacket(
        0, 4, CLIENT, 0, 0, 0, 0, 0, Octets.zeros(4), 0, 0, 0, timestamp(now), Octets.EMPTY);
  }

  /** A primary server's answer, received and sent at {@code now}. */
  public NtpPacket answer(Instant now) {
    long time = timestamp(now);
    Octets lab = Octets.ofText("LOCL", java.nio.charset.StandardCharsets.US_ASCII);
    return new NtpPacket(
        0, version, SERVER, 1, poll, 236, 0, 0, lab, time, transmit, time, time, Octets.EMPTY);
  }

  public static NtpPacket decode(Octets octets) throws MalformedMessageException {
    OctetReader in = new OctetReader(octets);
    int first = in.u8("NTP leap, version and mode");
    return new NtpPacket(
        first >> 6,
        first >> 3 & 7,
        first & 7,
        in.u8("NTP stratum"),
        in.u8("NTP poll"),
        in.u8("NTP precision"),
        in.u32("NTP root delay"),
        in.u32("NTP root dispersion"),
        in.octets(4, "NTP reference identifier"),
        in.u64("NTP reference time"),
        in.u64("NTP originate time"),
        in.u64("NTP receive time"),
        in.u64("NTP transmit time"),
        in.rest());
  }

  public Octets encode() {
    return new OctetWriter()
        .u8(leap << 6 | version << 3 | mode)
        .u8(stratum)
        .u8(poll)
        .u8(precision)
        .u32(rootDelay)
        .u32(rootDispersion)
        .octets(reference)
        .u64(referenceTime)
        .u64(originate)
        .u64(receive)
        .u64(transmit)
        .octets(extension)
        .toOctets();
  }

  /** Seconds since 1900 in the upper 32 bits, the fraction in the lower ones. */
  public static long timestamp(Instant time) {
    long fraction = (long) (time.getNano() / 1e9 * UNITS);
    return time.getEpochSecond() + ERA_OFFSET << 32 | fraction & 0xffffffffL;
  }

  /** The time of a timestamp of NTP era 0 (1900 to 2036) or 1 (until 2172), by its first bit. */
  public static Instant instant(long timestamp) {
    long seconds = timestamp >>> 32;
    long era = seconds < 0x80000000L ? 1L << 32 : 0;
    long nanos = Math.round((timestamp & 0xffffffffL) / UNITS * 1e9);
    return Instant.ofEpochSecond(seconds + era - ERA_OFFSET, nanos);
  }
}
