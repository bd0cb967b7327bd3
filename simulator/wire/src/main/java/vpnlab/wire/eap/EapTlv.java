package vpnlab.wire.eap;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;

/**
 * One TLV of the EAP TLV Extensions method (MS-PEAP, section 2.2.4).
 *
 * @param mandatory the M bit: who does not know the type must refuse with a NAK TLV
 * @param reserved the R bit; zero by the specification, kept as it came
 * @param value at most 65535 octets
 */
public record EapTlv(boolean mandatory, boolean reserved, EapTlvType type, Octets value) {
  private static final int MANDATORY = 0x8000;
  private static final int RESERVED = 0x4000;
  private static final int SUCCESS = 1;
  private static final int FAILURE = 2;

  public EapTlv {
    if (value.size() > 0xffff) {
      throw new IllegalArgumentException("TLV of " + value.size() + " octets");
    }
  }

  /** The outcome as the sender sees it (MS-PEAP, section 2.2.8.1.2). */
  public static EapTlv result(boolean success) {
    Octets value = new OctetWriter().u16(success ? SUCCESS : FAILURE).toOctets();
    return new EapTlv(true, false, EapTlvType.RESULT, value);
  }

  /** Says that a mandatory TLV was not understood; of no vendor. */
  public static EapTlv nak(EapTlvType refused) {
    Octets value = new OctetWriter().u32(0).u16(refused.value()).toOctets();
    return new EapTlv(true, false, EapTlvType.NAK, value);
  }

  /** Reads the type data of an EAP packet of type {@link EapType#TLV_EXTENSIONS}. */
  public static List<EapTlv> decodeAll(Octets octets) throws MalformedMessageException {
    OctetReader in = new OctetReader(octets);
    List<EapTlv> tlvs = new ArrayList<>();
    while (in.hasMore()) {
      int head = in.u16("EAP TLV / type");
      int length = in.u16("EAP TLV / length");
      tlvs.add(
          new EapTlv(
              (head & MANDATORY) != 0,
              (head & RESERVED) != 0,
              new EapTlvType(head & 0x3fff),
              in.octets(length, "EAP TLV / value")));
    }
    return tlvs;
  }

  public static Octets encodeAll(List<EapTlv> tlvs) {
    return Octets.concat(tlvs.stream().map(EapTlv::encode).toArray(Octets[]::new));
  }

  public Octets encode() {
    int head = type.value() | (mandatory ? MANDATORY : 0) | (reserved ? RESERVED : 0);
    return new OctetWriter().u16(head).u16(value.size()).octets(value).toOctets();
  }

  /**
   * Whether the Result TLV among {@code tlvs} says success; empty when there is none.
   *
   * @throws MalformedMessageException when it is neither success nor failure, or there are two
   */
  public static Optional<Boolean> resultOf(List<EapTlv> tlvs) throws MalformedMessageException {
    Optional<EapTlv> result = only(EapTlvType.RESULT, tlvs);
    if (result.isEmpty()) {
      return Optional.empty();
    }
    OctetReader in = new OctetReader(result.get().value());
    int status = in.u16("Result TLV / status");
    in.expectEnd("Result TLV / status");
    if (status != SUCCESS && status != FAILURE) {
      throw new MalformedMessageException("Result TLV / status", "is " + status);
    }
    return Optional.of(status == SUCCESS);
  }

  /** The TLV of {@code type}, which must not be there twice. */
  public static Optional<EapTlv> only(EapTlvType type, List<EapTlv> tlvs)
      throws MalformedMessageException {
    List<EapTlv> found = tlvs.stream().filter(tlv -> tlv.type().equals(type)).toList();
    if (found.size() > 1) {
      throw new MalformedMessageException(type + " TLV", "is there " + found.size() + " times");
    }
    return found.stream().findFirst();
  }
}
