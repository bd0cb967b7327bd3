package vpnlab.lab.servers;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import vpnlab.lab.host.Machine;
import vpnlab.lab.host.NpsEvents;
import vpnlab.protocol.radius.RadiusServerClient;
import vpnlab.protocol.radius.RadiusServerEvent;
import vpnlab.wire.radius.NasPortType;
import vpnlab.wire.radius.RadiusAttribute;
import vpnlab.wire.radius.RadiusAttributeType;
import vpnlab.wire.radius.RadiusCode;

/**
 * All that NPS tells an administrator about requests: event records, and the log if there is one.
 */
final class NpsReport {
  /** The SID of nobody. */
  private static final String NULL_SID = "S-1-0-0";

  private final Machine machine;
  private final String domain;
  private final NpsEvents events;
  private final boolean audits;
  private final Optional<NpsLog> log;

  NpsReport(Machine machine, String domain, boolean audits, Optional<NpsLog> log) {
    this.machine = machine;
    this.domain = domain;
    this.audits = audits;
    this.events = new NpsEvents(machine.log());
    this.log = log;
  }

  /** {@code CORP} for {@code corp.example}. */
  String netbiosDomain() {
    return domain.split("\\.")[0].toUpperCase(Locale.ROOT);
  }

  /** {@code DOMAIN\\user}, whatever form of the name the client has sent. */
  String account(String user) {
    String name = user.substring(user.lastIndexOf('\\') + 1);
    int at = name.indexOf('@');
    name = at < 0 ? name : name.substring(0, at);
    return name.isEmpty() ? "" : netbiosDomain() + "\\" + name;
  }

  void received(AccessRequest request, NpsDecision decision) {
    log.ifPresent(each -> each.request(request, decision));
  }

  void challenged(AccessRequest request, List<RadiusAttribute> answer, NpsDecision decision) {
    log.ifPresent(each -> each.answer(request, RadiusCode.ACCESS_CHALLENGE, answer, decision));
  }

  void granted(AccessRequest request, List<RadiusAttribute> answer, NpsDecision decision) {
    if (audits) {
      events.granted(event(request, decision));
    }
    log.ifPresent(each -> each.answer(request, RadiusCode.ACCESS_ACCEPT, answer, decision));
  }

  void denied(AccessRequest request, List<RadiusAttribute> answer, NpsDecision decision) {
    if (audits) {
      events.denied(event(request, decision));
    }
    log.ifPresent(each -> each.answer(request, RadiusCode.ACCESS_REJECT, answer, decision));
  }

  /** Too many wrong passwords for {@code user}, whom User-Name need not name. */
  void locked(AccessRequest request, String user, NpsDecision decision) {
    if (audits) {
      events.locked(event(request, user, decision));
    }
  }

  /** The reset time of the lockout is over. */
  void unlocked(AccessRequest request, NpsDecision decision) {
    if (audits) {
      events.unlocked(event(request, decision));
    }
  }

  void discarded(AccessRequest request, NpsDecision decision) {
    if (audits) {
      events.discarded(event(request, decision));
    }
  }

  void accountingDiscarded(AccessRequest request, NpsDecision decision) {
    if (audits) {
      events.accountingDiscarded(event(request, decision));
    }
  }

  /** A datagram that was not even looked into. */
  void dropped(RadiusServerEvent.RequestDropped dropped) {
    String address = dropped.remote().getAddress().getHostAddress();
    String name = dropped.client().map(RadiusServerClient::name).orElse("");
    switch (dropped.reason()) {
      case UNKNOWN_CLIENT -> events.unknownClient(address);
      case BAD_MESSAGE_AUTHENTICATOR, MISSING_MESSAGE_AUTHENTICATOR ->
          events.badAuthenticator(address, name);
      case BAD_REQUEST_AUTHENTICATOR -> events.badRequestAuthenticator(address, name);
      default ->
          machine
              .observer()
              .note(
                  machine.name(),
                  "dropped a RADIUS datagram: " + dropped.reason() + " " + dropped.detail());
    }
  }

  private NpsEvents.Decision event(AccessRequest request, NpsDecision decision) {
    return event(request, request.user(), decision);
  }

  private NpsEvents.Decision event(AccessRequest request, String user, NpsDecision decision) {
    String account = account(user);
    return new NpsEvents.Decision(
        account.isEmpty() ? NULL_SID : account,
        user,
        netbiosDomain(),
        account,
        request.text(RadiusAttributeType.CALLED_STATION_ID),
        request.text(RadiusAttributeType.CALLING_STATION_ID),
        request.address(RadiusAttributeType.NAS_IP_ADDRESS),
        request.text(RadiusAttributeType.NAS_IDENTIFIER),
        request.nasPortType().map(NasPortType::windowsName).orElse(""),
        number(request),
        request.clientName(),
        request.clientAddress().getHostAddress(),
        decision.requestPolicy(),
        decision.networkPolicy(),
        machine.name() + (domain.isEmpty() ? "" : "." + domain),
        decision.type().windowsName(),
        decision.eapType(),
        request.text(RadiusAttributeType.ACCT_SESSION_ID),
        decision.reasonCode(),
        decision.reason(),
        log.isPresent()
            ? "Accounting information went to the local log file."
            : "No accounting is configured.");
  }

  private static String number(AccessRequest request) {
    var port = request.packet().integer(RadiusAttributeType.NAS_PORT);
    return port.isPresent() ? Long.toString(port.getAsLong()) : "";
  }
}
