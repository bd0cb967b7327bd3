package vpnlab.features;

import io.cucumber.java.ParameterType;

/** Which of a datagram's two ports a step is about. */
public enum PacketDirection {
  FROM,
  TO;

  int port(UdpView datagram) {
    return this == FROM ? datagram.sourcePort() : datagram.destinationPort();
  }

  /** The words for it. */
  public static final class Words {
    @ParameterType(name = "direction", value = "from|to|発|宛て")
    public PacketDirection direction(String word) {
      return word.equals("from") || word.equals("発") ? FROM : TO;
    }
  }
}
