package vpnlab.network.path;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import vpnlab.network.path.NatSessions.Translation;
import vpnlab.network.topology.DestinationNat;
import vpnlab.network.topology.Router;
import vpnlab.network.topology.SourceNat;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.ip.IcmpMessage;
import vpnlab.wire.ip.IpProtocol;
import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.ip.Ipv4Packet;
import vpnlab.wire.ip.QuotedPacket;

/** A router's address translation (RFC 3022, RFC 4787): masquerading and port forwarding. */
final class Translator {
  private static final int FIRST_PORT = 20_000;
  private static final int LAST_PORT = 59_999;

  private final Router router;
  private final NatSessions sessions = new NatSessions();
  private final FragmentTracks fragments = new FragmentTracks();
  private int nextPort = FIRST_PORT;

  /** A packet with inner addresses on both ends, and as it goes out. */
  record Translated(Ipv4Packet inner, Ipv4Packet outgoing) {}

  Translator(Router router) {
    this.router = router;
  }

  boolean isInert() {
    return router.sourceNat().isEmpty() && router.destinationNat().isEmpty();
  }

  /** Whether {@code inner} is not seen on this segment: what it sends there is masqueraded. */
  boolean hides(Ipv4Address inner, Link link) {
    return sourceNat(link).filter(nat -> nat.inner().contains(inner)).isPresent();
  }

  boolean isPublic(Ipv4Address address) {
    return router.destinationNat().stream().anyMatch(nat -> nat.publicAddress().equals(address));
  }

  /**
   * Translates what belongs to a session: packets, their later fragments, ICMP errors about them.
   */
  Optional<Translated> known(long now, Ipv4Packet packet) {
    if (isInert()) {
      return Optional.empty();
    }
    if (packet.isLaterFragment()) {
      return fragments.followed(now, packet).map(t -> translated(t, packet));
    }
    Optional<Flow> flow = Flow.of(packet);
    return flow.isPresent()
        ? sessions.translation(now, flow.get()).map(t -> translated(t, packet))
        : error(now, packet);
  }

  /** Where port forwarding sends a flow that belongs to no session; the same when nowhere. */
  Flow forwarded(Flow flow) {
    for (DestinationNat nat : router.destinationNat()) {
      boolean matches =
          nat.publicAddress().equals(flow.destination())
              && nat.protocol().map(flow.protocol()::equals).orElse(true)
              && (nat.publicPort().isEmpty()
                  || Flow.hasPorts(flow.protocol())
                      && nat.publicPort().getAsInt() == flow.destinationPort());
      if (matches) {
        return flow.withDestination(
            nat.innerAddress(), nat.innerPort().orElse(flow.destinationPort()));
      }
    }
    return flow;
  }

  /**
   * Opens a session.
   *
   * @param inner the flow after port forwarding
   * @param masquerade whether to hide the source behind the outgoing interface
   * @return empty when replies could not be told from another session's
   */
  Optional<NatSession> open(long now, Flow arriving, Flow inner, Route out, boolean masquerade) {
    Flow leaving = inner;
    if (masquerade) {
      OptionalInt port = outerPort(now, inner, out);
      if (port.isEmpty()) {
        return Optional.empty();
      }
      leaving = inner.withSource(out.out().address(), port.getAsInt());
      if (inner.protocol().equals(IpProtocol.ICMP)) {
        leaving = leaving.withDestination(leaving.destination(), port.getAsInt());
      }
      if (sessions.isTaken(now, leaving)) {
        return Optional.empty();
      }
    }
    NatSession session =
        new NatSession(
            arriving,
            inner,
            leaving,
            sourceNat(out.out().link()).orElse(SourceNat.onto("")).udpMappingTimeout(),
            now);
    sessions.add(now, session);
    return Optional.of(session);
  }

  void hold(long now, Ipv4Packet laterFragment) {
    fragments.hold(now, laterFragment);
  }

  /** Those later fragments that waited for this first one. */
  List<Ipv4Packet> released(long now, Ipv4Packet packet) {
    if (isInert() || !packet.moreFragments() || packet.isLaterFragment()) {
      return List.of();
    }
    return Flow.of(packet)
        .flatMap(flow -> sessions.translation(now, flow))
        .map(translation -> fragments.first(now, packet, translation))
        .orElse(List.of());
  }

  private Optional<SourceNat> sourceNat(Link link) {
    return router.sourceNat().stream().filter(n -> n.segment().equals(link.name())).findFirst();
  }

  private static Translated translated(Translation translation, Ipv4Packet packet) {
    return new Translated(
        Rewrite.to(translation.inner(), packet), Rewrite.to(translation.outgoing(), packet));
  }

  private OptionalInt outerPort(long now, Flow inner, Route out) {
    if (!Flow.hasPorts(inner.protocol()) && !inner.protocol().equals(IpProtocol.ICMP)) {
      return OptionalInt.of(0);
    }
    Optional<NatSession> sharing = sessions.sharing(now, inner, out);
    if (sharing.isPresent()) {
      return OptionalInt.of(sharing.get().leaving.sourcePort());
    }
    for (int tries = FIRST_PORT; tries <= LAST_PORT; tries++) {
      int port = nextPort;
      nextPort = port == LAST_PORT ? FIRST_PORT : port + 1;
      Flow leaving = inner.withSource(out.out().address(), port);
      Flow forwarding = leaving.reversed();
      if (!sessions.usesPort(now, leaving) && forwarded(forwarding).equals(forwarding)) {
        return OptionalInt.of(port);
      }
    }
    return OptionalInt.empty();
  }

  /** RFC 5508 section 4.2: the quoted packet and the error itself go back together. */
  private Optional<Translated> error(long now, Ipv4Packet packet) {
    Optional<Flow> quoted = Flow.ofQuoted(packet);
    Optional<Flow> before = quoted.flatMap(flow -> sessions.before(now, flow));
    if (before.isEmpty()) {
      return Optional.empty();
    }
    try {
      IcmpMessage message = IcmpMessage.decode(packet.payload());
      QuotedPacket original = Rewrite.quoted(before.get(), message.quoted());
      Ipv4Address reporter =
          packet.source().equals(quoted.get().destination())
              ? before.get().destination()
              : packet.source();
      IcmpMessage rewritten = new IcmpMessage(message.kind(), message.rest(), original.octets());
      Ipv4Packet result = packet.readdressed(reporter, before.get().source(), rewritten.encode());
      return Optional.of(new Translated(result, result));
    } catch (MalformedMessageException e) {
      return Optional.empty();
    }
  }
}
