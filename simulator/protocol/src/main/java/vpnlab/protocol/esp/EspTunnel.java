package vpnlab.protocol.esp;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vpnlab.protocol.RandomSource;
import vpnlab.protocol.ike.ChildSa;
import vpnlab.wire.esp.EspPacket;
import vpnlab.wire.ip.Ipv4Packet;

/**
 * Tunnel mode with one peer: the Child SAs that IKE has made, the one for sending, and those whose
 * packets are still taken. Time comes in with the calls.
 *
 * <p>When the peer has rekeyed, the old SA goes on being used for sending until the first packet on
 * the new one shows that the peer has it (RFC 7296 section 2.8). Old SAs are received on for a
 * while.
 */
public final class EspTunnel {
  /** How long packets under replaced keys may be on their way. */
  static final Duration LINGER = Duration.ofSeconds(30);

  private final RandomSource random;
  private final Map<Long, EspSa> inbound = new LinkedHashMap<>();
  private final List<EspSa> outbound = new ArrayList<>();
  private final Map<EspDrop, Long> drops = new EnumMap<>(EspDrop.class);
  private long sealed;
  private long opened;

  public EspTunnel(RandomSource random) {
    this.random = random;
  }

  /**
   * Takes a Child SA into use.
   *
   * @throws IllegalArgumentException when its algorithms are not implemented, which IKE has seen to
   */
  public void add(ChildSa child) {
    EspSa sa = new EspSa(child, random);
    inbound.put(child.inboundSpi(), sa);
    outbound.add(0, sa);
  }

  /**
   * Puts a Child SA in the place of another.
   *
   * @param byPeer whether the peer has done it, who may not know yet that it has come about
   */
  public void replace(Instant now, ChildSa before, ChildSa after, boolean byPeer) {
    EspSa old = inbound.get(before.inboundSpi());
    EspSa fresh = new EspSa(after, random);
    inbound.put(after.inboundSpi(), fresh);
    if (old == null) {
      outbound.add(0, fresh);
      return;
    }
    old.retireAt(now.plus(LINGER));
    if (byPeer) {
      old.succeededBy(fresh);
    } else {
      outbound.remove(old);
      outbound.add(0, fresh);
    }
  }

  /** The peer has deleted a Child SA that was replaced, so that it surely has the new one. */
  public void retire(ChildSa child) {
    EspSa old = inbound.get(child.inboundSpi());
    if (old != null && old.successor() != null) {
      outbound.replaceAll(sa -> sa == old ? old.successor() : sa);
    }
  }

  /** Drops a Child SA at once. */
  public void remove(ChildSa child) {
    EspSa gone = inbound.remove(child.inboundSpi());
    if (gone != null) {
      outbound.remove(gone);
    }
  }

  /** The SPIs whose packets are taken; unsigned 32 bits. */
  public Set<Long> inboundSpis(Instant now) {
    expire(now);
    return Set.copyOf(inbound.keySet());
  }

  /** Protects an inner packet; {@link EspResult.Sealed} or {@link EspResult.Dropped}. */
  public EspResult seal(Instant now, Ipv4Packet inner) {
    expire(now);
    for (EspSa sa : outbound) {
      if (sa.isFor(inner, true)) {
        EspResult result = sa.seal(inner);
        sealed += result instanceof EspResult.Sealed ? 1 : 0;
        return counted(result);
      }
    }
    return counted(new EspResult.Dropped(EspDrop.NO_SA));
  }

  /** Checks a packet of the peer; {@link EspResult.Opened} or {@link EspResult.Dropped}. */
  public EspResult open(Instant now, EspPacket packet) {
    expire(now);
    EspSa sa = inbound.get(packet.spi());
    if (sa == null) {
      return counted(new EspResult.Dropped(EspDrop.UNKNOWN_SPI));
    }
    EspResult result = sa.open(packet);
    if (result instanceof EspResult.Opened) {
      opened++;
      outbound.replaceAll(old -> old.successorIf(sa));
    }
    return counted(result);
  }

  /** Packets sent. */
  public long sealed() {
    return sealed;
  }

  /** Packets received and passed on. */
  public long opened() {
    return opened;
  }

  /** Packets dropped for that reason. */
  public long dropped(EspDrop reason) {
    return drops.getOrDefault(reason, 0L);
  }

  private EspResult counted(EspResult result) {
    if (result instanceof EspResult.Dropped dropped) {
      drops.merge(dropped.reason(), 1L, Long::sum);
    }
    return result;
  }

  private void expire(Instant now) {
    inbound
        .values()
        .removeIf(
            sa -> {
              boolean over = sa.isOver(now);
              if (over) {
                outbound.replaceAll(old -> old == sa ? sa.successor() : old);
                outbound.removeIf(old -> old == null);
              }
              return over;
            });
  }
}
