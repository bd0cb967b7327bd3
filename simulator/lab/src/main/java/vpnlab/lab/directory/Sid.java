package vpnlab.lab.directory;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;

/**
 * A security identifier (MS-DTYP section 2.4.2): access is granted to these, not to names.
 *
 * @param authority the identifier authority
 * @param subAuthorities the rest, unsigned 32-bit numbers
 */
record Sid(long authority, List<Long> subAuthorities) {
  static final Sid EVERYONE = new Sid(1, List.of(0L));
  static final Sid ANONYMOUS = new Sid(5, List.of(7L));
  static final Sid AUTHENTICATED_USERS = new Sid(5, List.of(11L));

  Sid {
    subAuthorities = List.copyOf(subAuthorities);
  }

  /** A group of the BUILTIN domain. */
  static Sid builtin(long rid) {
    return new Sid(5, List.of(32L, rid));
  }

  /** The SID of a domain, always the same for the same name. */
  static Sid ofDomain(String name) {
    byte[] seed = name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
    long hash = Arrays.hashCode(seed) * 0x9E3779B97F4A7C15L;
    return new Sid(
        5, List.of(21L, hash >>> 32, hash & 0xffffffffL, (hash * 31 ^ hash >>> 7) & 0xffffffffL));
  }

  Sid with(long rid) {
    List<Long> longer = new ArrayList<>(subAuthorities);
    longer.add(rid);
    return new Sid(authority, longer);
  }

  /** The form in which objectSid is stored. */
  Octets encode() {
    OctetWriter writer = new OctetWriter().u8(1).u8(subAuthorities.size()).u16(0).u32(authority);
    for (long part : subAuthorities) {
      for (int shift = 0; shift < 32; shift += 8) {
        writer.u8((int) (part >>> shift) & 0xff);
      }
    }
    return writer.toOctets();
  }

  /** Reads what {@link #encode} wrote. */
  static Sid decode(Octets octets) {
    long authority = 0;
    for (int i = 2; i < 8; i++) {
      authority = authority << 8 | octets.at(i);
    }
    List<Long> parts = new ArrayList<>();
    for (int i = 8; i + 4 <= octets.size(); i += 4) {
      parts.add(
          octets.at(i)
              | (long) octets.at(i + 1) << 8
              | (long) octets.at(i + 2) << 16
              | (long) octets.at(i + 3) << 24);
    }
    return new Sid(authority, parts);
  }

  /** Reads {@code S-1-5-32-554}; empty for anything else. */
  static Optional<Sid> parse(String text) {
    if (!text.matches("S-1-\\d{1,15}(-\\d{1,10}){1,15}")) {
      return Optional.empty();
    }
    List<Long> numbers = Stream.of(text.substring(4).split("-")).map(Long::valueOf).toList();
    return Optional.of(new Sid(numbers.get(0), numbers.subList(1, numbers.size())));
  }

  /** Such as {@code S-1-5-32-554}. */
  @Override
  public String toString() {
    return "S-1-"
        + authority
        + subAuthorities.stream().map(part -> "-" + part).collect(Collectors.joining());
  }
}
