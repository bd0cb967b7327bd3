package vpnlab.protocol.eap;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.tls.TlsSession;
import vpnlab.wire.Octets;
import vpnlab.wire.eap.EapType;

/**
 * TLS 1.2 sessions that ended in a successful authentication and may be resumed: PEAP's fast
 * reconnect (MS-PEAP, section 3.1.5.4) and EAP-TLS' session resumption (RFC 5216, section 2.1.2).
 * An authenticator keeps those of all its peers and finds them by their session id; a peer has one
 * cache for each configuration and takes the last. Not for use by several threads.
 */
public final class TlsSessionCache {
  private final Duration lifetime;
  private final int limit;
  private final Map<Octets, Kept> sessions = new LinkedHashMap<>();

  /**
   * A session with what it has proved.
   *
   * @param outer the method whose TLS it was; a session of one is worth nothing to another
   * @param name whom the method had authenticated
   * @param chain the peer's certificates, as {@link EapAuthenticatorResult.Success} has them
   * @param inner the method inside PEAP
   */
  record Kept(
      EapType outer,
      TlsSession session,
      Instant since,
      String name,
      List<Octets> chain,
      Optional<EapType> inner) {
    Octets id() {
      return Octets.of(session.getSessionID());
    }
  }

  /**
   * @param lifetime after which a session is forgotten; Windows' default is 10 hours
   * @param limit how many are kept; beyond it the oldest is forgotten
   */
  public TlsSessionCache(Duration lifetime, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit);
    }
    this.lifetime = lifetime;
    this.limit = limit;
  }

  /** Sessions kept, the expired ones that nobody has asked for included. */
  public int size() {
    return sessions.size();
  }

  /** Forgets everything, as a service does that is restarted. */
  public void clear() {
    sessions.clear();
  }

  Optional<Kept> find(EapType outer, Octets id, Instant now) {
    return Optional.ofNullable(sessions.get(id)).filter(kept -> isGood(kept, outer, now));
  }

  Optional<Kept> last(EapType outer, Instant now) {
    return sessions.values().stream()
        .filter(kept -> isGood(kept, outer, now))
        .reduce((earlier, later) -> later);
  }

  void keep(Kept kept) {
    if (!kept.session().isResumable()) {
      return;
    }
    sessions.put(kept.id(), kept);
    if (sessions.size() > limit) {
      Iterator<Kept> oldestFirst = sessions.values().iterator();
      oldestFirst.next();
      oldestFirst.remove();
    }
  }

  void forget(Octets id) {
    sessions.remove(id);
  }

  private boolean isGood(Kept kept, EapType outer, Instant now) {
    return kept.outer().equals(outer) && now.isBefore(kept.since().plus(lifetime));
  }
}
