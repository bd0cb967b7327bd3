package vpnlab.wire.eap;

import java.util.ArrayList;
import java.util.List;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;

/**
 * What a Nak Response says: the authentication types that the peer would take instead (RFC 3748,
 * sections 5.3.1 and 5.3.2).
 *
 * @param expanded whether it answers an expanded type, and so lists types of eight octets
 * @param desired in the peer's order; {@code of(0)} (expanded: vendor 0, type 0) says "none"
 */
public record EapNak(boolean expanded, List<EapType> desired) {
  private static final EapType NO_ALTERNATIVE = EapType.of(0);
  private static final EapType EXPANDED_NAK = EapType.expanded(0, 3);
  private static final int EXPANDED = 254;

  public EapNak {
    desired = List.copyOf(desired);
    for (EapType type : desired) {
      if (type.isExpanded() && !expanded && (type.vendor() != 0 || type.vendorType() != 0)) {
        throw new IllegalArgumentException("a legacy Nak cannot name " + type);
      }
      if (!type.isExpanded() && expanded) {
        throw new IllegalArgumentException("an expanded Nak names expanded types only");
      }
    }
  }

  /** A Nak of the older form; no type at all is written as the type 0. */
  public static EapNak legacy(List<EapType> desired) {
    return new EapNak(false, desired.isEmpty() ? List.of(NO_ALTERNATIVE) : desired);
  }

  /** A Nak that answers a Request of an expanded type. */
  public static EapNak expanded(List<EapType> desired) {
    List<EapType> types = new ArrayList<>();
    for (EapType type : desired) {
      types.add(type.isExpanded() ? type : EapType.expanded(0, type.code()));
    }
    return new EapNak(true, types.isEmpty() ? List.of(EapType.expanded(0, 0)) : types);
  }

  /** Whether {@code packet} is a Response that refuses the type of its Request. */
  public static boolean isNak(EapPacket packet) {
    return packet.isResponse() && packet.isOfType(EapType.NAK);
  }

  /** Reads a Nak Response, for which {@link #isNak} holds. */
  public static EapNak decode(EapPacket packet) throws MalformedMessageException {
    if (!isNak(packet)) {
      throw new MalformedMessageException("EAP Nak", "expected, but this is " + packet.type());
    }
    boolean expanded = packet.type().orElseThrow().isExpanded();
    OctetReader in = new OctetReader(packet.data());
    List<EapType> desired = new ArrayList<>();
    while (in.hasMore()) {
      int code = in.u8("EAP Nak / type");
      if (expanded) {
        if (code != EXPANDED) {
          throw new MalformedMessageException("EAP expanded Nak / type", "is " + code);
        }
        desired.add(EapType.expanded(in.u24("EAP Nak / vendor"), in.u32("EAP Nak / vendor type")));
      } else {
        desired.add(code == EXPANDED ? EapType.expanded(0, 0) : EapType.of(code));
      }
    }
    if (desired.isEmpty()) {
      throw new MalformedMessageException("EAP Nak", "names no type");
    }
    return new EapNak(expanded, desired);
  }

  public EapPacket toResponse(int identifier) {
    OctetWriter out = new OctetWriter();
    for (EapType type : desired) {
      out.u8(type.code());
      if (expanded) {
        out.u24(type.vendor()).u32(type.vendorType());
      }
    }
    Octets data = out.toOctets();
    return EapPacket.response(identifier, expanded ? EXPANDED_NAK : EapType.NAK, data);
  }

  /** The types that are really wanted, in the one-octet form where there is one. */
  public List<EapType> alternatives() {
    return desired.stream().map(EapType::canonical).filter(t -> !t.equals(NO_ALTERNATIVE)).toList();
  }
}
