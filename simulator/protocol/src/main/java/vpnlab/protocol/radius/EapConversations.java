package vpnlab.protocol.radius;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import vpnlab.protocol.RandomSource;
import vpnlab.protocol.eap.EapAuthenticator;
import vpnlab.protocol.eap.EapAuthenticatorFailure;
import vpnlab.protocol.eap.EapAuthenticatorResult;
import vpnlab.wire.Octets;
import vpnlab.wire.eap.EapPacket;
import vpnlab.wire.radius.RadiusAttribute;
import vpnlab.wire.radius.RadiusAttributeType;
import vpnlab.wire.radius.RadiusPacket;

/**
 * The EAP conversations that a RADIUS server has under way, found again by their State attribute
 * (RFC 2865, section 5.24; RFC 3579, section 2.1). With a {@link RadiusServer} in front and a
 * policy that chooses the methods, this is the EAP part of NPS.
 */
public final class EapConversations {
  private static final int STATE = 16;

  private final Duration timeout;
  private final int limit;
  private final RandomSource random;
  private final Map<Octets, Conversation> byState = new LinkedHashMap<>();

  private record Conversation(EapAuthenticator authenticator, Instant lastSeen) {}

  /**
   * @param timeout after the last request, when a conversation is forgotten
   * @param limit how many are kept; beyond it the one that was silent longest is forgotten
   */
  public EapConversations(Duration timeout, int limit, RandomSource random) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit);
    }
    this.timeout = timeout;
    this.limit = limit;
    this.random = random;
  }

  /**
   * Takes an Access-Request that carries an EAP-Message.
   *
   * @param now by the server's clock
   * @param opener makes the authenticator for a conversation that begins with this request; it is
   *     the policy's work to choose its methods
   */
  public EapExchange handle(Instant now, RadiusPacket request, Supplier<EapAuthenticator> opener) {
    forgetOld(now);
    Optional<Octets> eap = request.eapMessage();
    if (eap.isEmpty()) {
      return new EapExchange.Discard("there is no EAP-Message");
    }
    Optional<Octets> state = request.first(RadiusAttributeType.STATE);
    if (state.isEmpty()) {
      EapAuthenticator opened = opener.get();
      EapAuthenticatorResult result =
          eap.get().isEmpty() ? opened.begin() : opened.handle(now, eap.get());
      return exchange(now, opened, result, random.octets(STATE));
    }
    Conversation found = byState.remove(state.get());
    if (found == null) {
      return rejection(request, new EapAuthenticatorFailure.ConversationUnknown());
    }
    EapAuthenticator running = found.authenticator();
    EapAuthenticatorResult result = running.handle(now, eap.get());
    if (result instanceof EapAuthenticatorResult.Ignored) {
      keep(now, state.get(), running);
    }
    return exchange(now, running, result, state.get());
  }

  /** The conversation that {@code request} continues, without taking it. */
  public Optional<EapAuthenticator> find(RadiusPacket request) {
    return request
        .first(RadiusAttributeType.STATE)
        .map(byState::get)
        .map(Conversation::authenticator);
  }

  /** Conversations under way; never more than the limit. */
  public int size() {
    return byState.size();
  }

  /** An answer to {@code request} that ends its conversation with EAP-Failure. */
  public static EapExchange.Reject rejection(RadiusPacket request, EapAuthenticatorFailure reason) {
    int identifier = request.eapMessage().filter(e -> e.size() >= 2).map(e -> e.at(1)).orElse(0);
    return new EapExchange.Reject(
        RadiusPacket.eapMessageAttributes(EapPacket.failure(identifier).encode()), reason);
  }

  private EapExchange exchange(
      Instant now, EapAuthenticator authenticator, EapAuthenticatorResult result, Octets state) {
    if (result instanceof EapAuthenticatorResult.Request request) {
      keep(now, state, authenticator);
      List<RadiusAttribute> attributes = new ArrayList<>();
      attributes.add(new RadiusAttribute(RadiusAttributeType.STATE, state));
      attributes.addAll(RadiusPacket.eapMessageAttributes(request.packet()));
      return new EapExchange.Challenge(attributes);
    }
    if (result instanceof EapAuthenticatorResult.Success success) {
      return new EapExchange.Accept(RadiusPacket.eapMessageAttributes(success.packet()), success);
    }
    if (result instanceof EapAuthenticatorResult.Failure failure) {
      return new EapExchange.Reject(
          RadiusPacket.eapMessageAttributes(failure.packet()), failure.reason());
    }
    return new EapExchange.Discard(((EapAuthenticatorResult.Ignored) result).why());
  }

  private void keep(Instant now, Octets state, EapAuthenticator authenticator) {
    byState.put(state, new Conversation(authenticator, now));
    if (byState.size() > limit) {
      Iterator<Conversation> oldestFirst = byState.values().iterator();
      oldestFirst.next();
      oldestFirst.remove();
    }
  }

  private void forgetOld(Instant now) {
    Iterator<Conversation> oldestFirst = byState.values().iterator();
    while (oldestFirst.hasNext() && !now.isBefore(oldestFirst.next().lastSeen().plus(timeout))) {
      oldestFirst.remove();
    }
  }
}
