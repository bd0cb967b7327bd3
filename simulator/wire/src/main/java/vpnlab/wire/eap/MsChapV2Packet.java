package vpnlab.wire.eap;

import java.nio.charset.StandardCharsets;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;

/**
 * The type data of EAP-MSCHAPv2 (draft-kamath-pppext-eap-mschapv2, section 2): an OpCode, and in
 * all but the peer's two acknowledgements an MS-CHAPv2-ID, an MS-Length and a body.
 */
public sealed interface MsChapV2Packet {
  int CHALLENGE = 1;
  int RESPONSE = 2;
  int SUCCESS = 3;
  int FAILURE = 4;
  int CHANGE_PASSWORD = 7;

  /** What follows the MS-Length field, or nothing. */
  Octets encode();

  /** Section 2.1: 16 octets of challenge and the authenticator's name. */
  record Challenge(int id, Octets challenge, Octets name) implements MsChapV2Packet {
    public Challenge {
      requireSize("challenge", challenge, 16);
    }

    @Override
    public Octets encode() {
      return withHeader(
          CHALLENGE, id, new OctetWriter().u8(16).octets(challenge).octets(name).toOctets());
    }
  }

  /**
   * Section 2.2.
   *
   * @param peerChallenge 16 octets
   * @param reserved 8 octets, zero unless the peer breaks the draft
   * @param ntResponse 24 octets
   * @param flags zero unless the peer breaks the draft
   * @param name the user's name, in UTF-8 or ASCII
   */
  record Response(
      int id, Octets peerChallenge, Octets reserved, Octets ntResponse, int flags, Octets name)
      implements MsChapV2Packet {
    public Response {
      requireSize("peer challenge", peerChallenge, 16);
      requireSize("reserved", reserved, 8);
      requireSize("NT response", ntResponse, 24);
    }

    public Response(int id, Octets peerChallenge, Octets ntResponse, Octets name) {
      this(id, peerChallenge, Octets.zeros(8), ntResponse, 0, name);
    }

    public String userName() {
      return name.toText(StandardCharsets.UTF_8);
    }

    @Override
    public Octets encode() {
      Octets value =
          new OctetWriter()
              .u8(49)
              .octets(peerChallenge)
              .octets(reserved)
              .octets(ntResponse)
              .u8(flags)
              .octets(name)
              .toOctets();
      return withHeader(RESPONSE, id, value);
    }
  }

  /** Section 2.3, {@code S=...}: see {@link MsChapV2SuccessMessage}. */
  record SuccessRequest(int id, Octets message) implements MsChapV2Packet {
    @Override
    public Octets encode() {
      return withHeader(SUCCESS, id, message);
    }
  }

  /** Section 2.5, {@code E=...}: see {@link MsChapV2FailureMessage}. */
  record FailureRequest(int id, Octets message) implements MsChapV2Packet {
    @Override
    public Octets encode() {
      return withHeader(FAILURE, id, message);
    }
  }

  /** Section 2.4: the peer takes the authenticator's proof; one octet. */
  record SuccessResponse() implements MsChapV2Packet {
    @Override
    public Octets encode() {
      return new OctetWriter().u8(SUCCESS).toOctets();
    }
  }

  /** Section 2.6: the peer has seen the failure and gives up; one octet. */
  record FailureResponse() implements MsChapV2Packet {
    @Override
    public Octets encode() {
      return new OctetWriter().u8(FAILURE).toOctets();
    }
  }

  /**
   * Change-Password (section 2.7, opcode 7), or an opcode that the draft does not know.
   *
   * @param octets all that follows the OpCode
   */
  record Other(int opcode, Octets octets) implements MsChapV2Packet {
    public Other {
      if (opcode < 0 || opcode > 255 || (opcode >= CHALLENGE && opcode <= FAILURE)) {
        throw new IllegalArgumentException("opcode " + opcode);
      }
    }

    @Override
    public Octets encode() {
      return new OctetWriter().u8(opcode).octets(octets).toOctets();
    }
  }

  static MsChapV2Packet decode(Octets octets) throws MalformedMessageException {
    OctetReader in = new OctetReader(octets);
    int opcode = in.u8("EAP-MSCHAPv2 OpCode");
    if (opcode < CHALLENGE || opcode > FAILURE) {
      return new Other(opcode, in.rest());
    }
    if (!in.hasMore() && opcode == SUCCESS) {
      return new SuccessResponse();
    }
    if (!in.hasMore() && opcode == FAILURE) {
      return new FailureResponse();
    }
    int id = in.u8("EAP-MSCHAPv2 MS-CHAPv2-ID");
    int length = in.u16("EAP-MSCHAPv2 MS-Length");
    if (length != octets.size()) {
      throw new MalformedMessageException(
          "EAP-MSCHAPv2 MS-Length", "is " + length + ", but there are " + octets.size());
    }
    return switch (opcode) {
      case CHALLENGE -> decodeChallenge(id, in);
      case RESPONSE -> decodeResponse(id, in);
      case SUCCESS -> new SuccessRequest(id, in.rest());
      default -> new FailureRequest(id, in.rest());
    };
  }

  private static Challenge decodeChallenge(int id, OctetReader in)
      throws MalformedMessageException {
    expectValueSize(in, 16);
    Octets challenge = in.octets(16, "EAP-MSCHAPv2 challenge");
    return new Challenge(id, challenge, in.rest());
  }

  private static Response decodeResponse(int id, OctetReader in) throws MalformedMessageException {
    expectValueSize(in, 49);
    Octets peerChallenge = in.octets(16, "EAP-MSCHAPv2 peer challenge");
    Octets reserved = in.octets(8, "EAP-MSCHAPv2 reserved");
    Octets ntResponse = in.octets(24, "EAP-MSCHAPv2 NT response");
    int flags = in.u8("EAP-MSCHAPv2 flags");
    return new Response(id, peerChallenge, reserved, ntResponse, flags, in.rest());
  }

  private static void expectValueSize(OctetReader in, int expected)
      throws MalformedMessageException {
    int size = in.u8("EAP-MSCHAPv2 Value-Size");
    if (size != expected) {
      throw new MalformedMessageException(
          "EAP-MSCHAPv2 Value-Size", "is " + size + ", must be " + expected);
    }
  }

  private static Octets withHeader(int opcode, int id, Octets body) {
    return new OctetWriter().u8(opcode).u8(id).u16(4 + body.size()).octets(body).toOctets();
  }

  private static void requireSize(String what, Octets octets, int size) {
    if (octets.size() != size) {
      throw new IllegalArgumentException(what + " has " + octets.size() + " octets, not " + size);
    }
  }
}
