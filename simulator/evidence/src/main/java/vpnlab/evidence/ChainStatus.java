package vpnlab.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * The error status that chain building leaves in CAPI2 event 11: the bits of {@code
 * CERT_TRUST_STATUS.dwErrorStatus}. Bits without a name here are kept and printed as a number.
 */
public record ChainStatus(int bits) {
  public static final ChainStatus GOOD = new ChainStatus(0);

  /** One bit, by its name in {@code wincrypt.h} without the prefix {@code CERT_TRUST_}. */
  public enum Flag {
    IS_NOT_TIME_VALID(0x1),
    IS_REVOKED(0x4),
    IS_NOT_SIGNATURE_VALID(0x8),
    IS_NOT_VALID_FOR_USAGE(0x10),
    IS_UNTRUSTED_ROOT(0x20),
    REVOCATION_STATUS_UNKNOWN(0x40),
    IS_CYCLIC(0x80),
    INVALID_EXTENSION(0x100),
    INVALID_POLICY_CONSTRAINTS(0x200),
    INVALID_BASIC_CONSTRAINTS(0x400),
    INVALID_NAME_CONSTRAINTS(0x800),
    IS_PARTIAL_CHAIN(0x10000),
    IS_OFFLINE_REVOCATION(0x1000000),
    IS_EXPLICIT_DISTRUST(0x4000000);

    private final int bit;

    Flag(int bit) {
      this.bit = bit;
    }

    public int bit() {
      return bit;
    }
  }

  /** The status with exactly these bits. */
  public static ChainStatus of(Flag... flags) {
    int bits = 0;
    for (Flag flag : flags) {
      bits |= flag.bit;
    }
    return new ChainStatus(bits);
  }

  /**
   * Reads the event's form: hexadecimal digits with or without {@code 0x}. Text that is no such
   * number (a damaged log) reads as no error, so that nothing is concluded from it.
   */
  public static ChainStatus parse(String text) {
    String digits = text.strip().toLowerCase(Locale.ROOT).replaceFirst("^0x", "");
    return digits.matches("[0-9a-f]{1,8}")
        ? new ChainStatus(Integer.parseUnsignedInt(digits, 16))
        : GOOD;
  }

  public boolean has(Flag flag) {
    return (bits & flag.bit) != 0;
  }

  /** The named bits that are set. */
  public List<Flag> flags() {
    List<Flag> set = new ArrayList<>();
    for (Flag flag : Flag.values()) {
      if (has(flag)) {
        set.add(flag);
      }
    }
    return set;
  }

  @Override
  public String toString() {
    StringJoiner names = new StringJoiner(", ", " (", ")").setEmptyValue("");
    flags().forEach(flag -> names.add("CERT_TRUST_" + flag.name()));
    return "0x" + Integer.toHexString(bits) + names;
  }
}
