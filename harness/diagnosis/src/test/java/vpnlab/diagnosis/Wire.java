package vpnlab.diagnosis;

import static vpnlab.diagnosis.EvidenceBuilder.CLIENT;
import static vpnlab.diagnosis.EvidenceBuilder.NPS;
import static vpnlab.diagnosis.EvidenceBuilder.SERVER;
import static vpnlab.diagnosis.EvidenceBuilder.SERVER_INSIDE;

import java.util.List;
import vpnlab.wire.Octets;

/** The packets of an attempt between the hosts of {@link EvidenceBuilder}. */
final class Wire {
  private Wire() {}

  static Octets init() {
    return Packets.udp(CLIENT, 500, SERVER, 500, Packets.ike(34, false, 0, Packets.encrypted(200)));
  }

  static Octets initAnswer(Packets.Payload... payloads) {
    return Packets.udp(SERVER, 500, CLIENT, 500, Packets.ike(34, true, 0, payloads));
  }

  /** An answer whose NAT_DETECTION_SOURCE_IP was made from that address. */
  static Octets initAnswerFrom(String ownAddress) {
    return initAnswer(Packets.notify(16388, Packets.natHash(Packets.SERVER_SPI, ownAddress, 500)));
  }

  static Octets auth(int messageId) {
    return Packets.udp(CLIENT, 4500, SERVER, 4500, message(false, messageId, 300));
  }

  static Octets authAnswer(int messageId) {
    return Packets.udp(SERVER, 4500, CLIENT, 4500, message(true, messageId, 300));
  }

  static List<Octets> largeAuth(int messageId) {
    return Packets.fragments(CLIENT, 4500, SERVER, 4500, message(false, messageId, 3000), 1480);
  }

  static List<Octets> largeAuthAnswer(int messageId) {
    return Packets.fragments(SERVER, 4500, CLIENT, 4500, message(true, messageId, 3000), 1480);
  }

  private static Octets message(boolean response, int messageId, int size) {
    return Packets.withNonEspMarker(Packets.ike(35, response, messageId, Packets.encrypted(size)));
  }

  static Octets accessRequest() {
    return Packets.udp(SERVER_INSIDE, 50000, NPS, 1812, Packets.radius(1, 120));
  }

  static Octets accessChallenge() {
    return Packets.udp(NPS, 1812, SERVER_INSIDE, 50000, Packets.radius(11, 80));
  }

  static Octets accountingRequest() {
    return Packets.udp(SERVER_INSIDE, 50001, NPS, 1813, Packets.radius(4, 120));
  }

  static Octets accountingResponse() {
    return Packets.udp(NPS, 1813, SERVER_INSIDE, 50001, Packets.radius(5, 20));
  }

  static EvidenceBuilder dialed(EvidenceBuilder story) {
    return story.dialing().resolved("0", SERVER).linkTried();
  }

  /** As far as an answered IKE_SA_INIT. */
  static EvidenceBuilder initiated(EvidenceBuilder story, Packets.Payload... payloads) {
    return dialed(story).request(init()).answer(initAnswer(payloads));
  }

  /** As far as the first answered IKE_AUTH. */
  static EvidenceBuilder authenticating(EvidenceBuilder story, Packets.Payload... payloads) {
    return initiated(story, payloads).request(auth(1)).answer(authAnswer(1));
  }

  /** As far as the server's proof; EAP follows. */
  static EvidenceBuilder proven(EvidenceBuilder story) {
    return authenticating(story).ras(20223, "CoId", "{1}");
  }
}
