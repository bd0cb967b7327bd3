package vpnlab.network.path;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A translator's sessions, found by any flow that belongs to one. Bounded; the oldest go first. */
final class NatSessions {
  private static final int MAX_SESSIONS = 16_384;

  /** What a flow becomes, and how it looks with inner addresses on both ends. */
  record Translation(NatSession session, Flow inner, Flow outgoing) {}

  private final Map<Flow, Translation> onward = new HashMap<>();
  private final Map<Flow, Flow> undo = new HashMap<>();
  private final Map<Flow, NatSession> owners = new HashMap<>();
  private final Set<NatSession> sessions = new LinkedHashSet<>();

  /** How a packet of this flow goes on; using it keeps the session alive. */
  Optional<Translation> translation(long now, Flow flow) {
    Translation found = onward.get(flow);
    if (found == null || forgetIfExpired(now, found.session())) {
      return Optional.empty();
    }
    found.session().touch(now);
    return Optional.of(found);
  }

  /** How a flow that left this translator had come in. */
  Optional<Flow> before(long now, Flow left) {
    NatSession owner = owners.get(left);
    return owner == null || forgetIfExpired(now, owner)
        ? Optional.empty()
        : Optional.of(undo.get(left));
  }

  /** Whether replies to {@code leaving} would be taken for another session's. */
  boolean isTaken(long now, Flow leaving) {
    Translation other = onward.get(leaving.reversed());
    return other != null && !forgetIfExpired(now, other.session());
  }

  void add(long now, NatSession session) {
    Flow replyArriving = session.leaving.reversed();
    Flow replyLeaving = session.arriving.reversed();
    onward.put(session.arriving, new Translation(session, session.inner, session.leaving));
    onward.put(replyArriving, new Translation(session, session.inner.reversed(), replyLeaving));
    undo.put(session.leaving, session.arriving);
    undo.put(replyLeaving, replyArriving);
    owners.put(session.leaving, session);
    owners.put(replyLeaving, session);
    sessions.add(session);
    if (sessions.size() > MAX_SESSIONS) {
      List.copyOf(sessions).forEach(each -> forgetIfExpired(now, each));
    }
    if (sessions.size() > MAX_SESSIONS) {
      forget(sessions.iterator().next());
    }
  }

  /** The session of the same inner end, whose outer port it then shares. */
  Optional<NatSession> sharing(long now, Flow inner, Route out) {
    return sessions.stream()
        .filter(session -> session.inner.protocol().equals(inner.protocol()))
        .filter(session -> session.inner.source().equals(inner.source()))
        .filter(session -> session.inner.sourcePort() == inner.sourcePort())
        .filter(session -> session.leaving.source().equals(out.out().address()))
        .filter(session -> !session.isExpired(now))
        .findFirst();
  }

  boolean usesPort(long now, Flow leaving) {
    return sessions.stream()
        .anyMatch(
            session ->
                session.leaving.protocol().equals(leaving.protocol())
                    && session.leaving.source().equals(leaving.source())
                    && session.leaving.sourcePort() == leaving.sourcePort()
                    && !session.isExpired(now));
  }

  private boolean forgetIfExpired(long now, NatSession session) {
    if (!session.isExpired(now)) {
      return false;
    }
    forget(session);
    return true;
  }

  private void forget(NatSession session) {
    Flow replyArriving = session.leaving.reversed();
    Flow replyLeaving = session.arriving.reversed();
    for (Flow flow : List.of(session.arriving, replyArriving)) {
      onward.computeIfPresent(flow, (key, t) -> t.session() == session ? null : t);
    }
    for (Flow flow : List.of(session.leaving, replyLeaving)) {
      if (owners.remove(flow, session)) {
        undo.remove(flow);
      }
    }
    sessions.remove(session);
  }
}
