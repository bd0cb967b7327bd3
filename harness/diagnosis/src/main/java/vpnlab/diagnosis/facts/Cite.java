package vpnlab.diagnosis.facts;

import java.util.Locale;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.evidence.DialedProfile;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.HostFacts;
import vpnlab.evidence.ProbeResult;

/** Makes citations in the form that {@link Citation} fixes. */
public final class Cite {
  private Cite() {}

  public static Citation packet(IpPacket packet, String what) {
    return new Citation("packet", packet.label(), what);
  }

  public static Citation packet(Datagram datagram, String what) {
    return new Citation("packet", datagram.label(), what);
  }

  public static Citation packet(SeenIkeMessage message, String what) {
    return new Citation("packet", message.label(), what);
  }

  public static Citation capture(String host, String what) {
    return new Citation("packet", host + " capture", what);
  }

  public static Citation probe(ProbeResult probe) {
    return new Citation(
        "probe",
        probe.host() + " " + probe.kind().name().toLowerCase(Locale.ROOT) + " " + probe.target(),
        probe.received() + " of " + probe.sent() + " answered" + ending(probe));
  }

  private static String ending(ProbeResult probe) {
    return probe.error().isEmpty() ? "" : ": " + probe.error();
  }

  public static Citation event(EventRecord event, String what) {
    if (event.source().equals(EventLog.NPS_LOG)) {
      return new Citation("nps-log", event.host() + " " + event.log(), what);
    }
    return new Citation(
        "event", "%s %s %d".formatted(event.host(), event.log(), event.id()), what, event.origin());
  }

  /** One field of an event with its value. */
  public static Citation field(EventRecord event, String name) {
    return event(event, name + " = " + event.data(name));
  }

  public static Citation certificate(String host, CertificateView certificate, String what) {
    return new Citation("certificate", host + " certificate " + certificate.title(), what);
  }

  public static Citation store(String host, String store, String what) {
    return new Citation("certificate", host + " " + store, what);
  }

  public static Citation profile(DialedProfile profile, String what) {
    return new Citation("profile", "profile " + profile.name(), what);
  }

  /** An object of the directory, as the domain controller's tools list it. */
  public static Citation directory(HostFacts controller, String object, String what) {
    return new Citation("host", controller.host() + " directory " + object, what);
  }

  public static Citation host(HostFacts host, String what) {
    return new Citation("host", host.host(), what);
  }
}
