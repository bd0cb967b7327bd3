package vpnlab.lab;

import java.time.Duration;

/**
 * One line of what happened in a lab: a packet, a decoded protocol message, a timer, an event
 * record. Lines of a run on the virtual network repeat exactly for the same seed.
 *
 * @param at since the lab began
 * @param from the host that sent or wrote it
 * @param to the host that it went to; empty for what stays within {@code from}
 * @param text designed for reading, decoded; never raw TLS
 */
public record TranscriptLine(Duration at, Kind kind, String from, String to, String text) {
  /** What the line is about. */
  public enum Kind {
    /** A protocol message as its sender meant it (decrypted). */
    MESSAGE,
    /** A packet that was dropped, and where. */
    DROP,
    /** A record in an event log. */
    EVENT,
    /** Something else worth knowing: a retransmission, a state that was reached. */
    NOTE
  }
}
