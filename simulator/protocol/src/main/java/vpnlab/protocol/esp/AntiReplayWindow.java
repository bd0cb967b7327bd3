package vpnlab.protocol.esp;

/**
 * Finds packets that came before (RFC 4303 section 3.4.3), with 32-bit sequence numbers. A number
 * is looked at before the integrity check and entered only after it, so that a forger cannot move
 * the window.
 */
final class AntiReplayWindow {
  /** Packets; the default that section 3.4.3 prefers. */
  static final int DEFAULT_SIZE = 64;

  /** What the window makes of a number. */
  enum Judgement {
    NEW,
    /** Came before, or is 0, which no sender uses. */
    REPLAYED,
    /** Left of the window: it may or may not have come before. */
    TOO_OLD
  }

  private final long[] seen;
  private long highest;

  AntiReplayWindow(int size) {
    seen = new long[size];
  }

  Judgement judge(long sequence) {
    if (sequence == 0) {
      return Judgement.REPLAYED;
    }
    if (sequence <= highest - seen.length) {
      return Judgement.TOO_OLD;
    }
    return seen[slot(sequence)] == sequence ? Judgement.REPLAYED : Judgement.NEW;
  }

  /** A packet with this number has passed the integrity check. */
  void enter(long sequence) {
    seen[slot(sequence)] = sequence;
    highest = Math.max(highest, sequence);
  }

  private int slot(long sequence) {
    return (int) (sequence % seen.length);
  }
}
