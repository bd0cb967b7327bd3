package vpnlab.evidence;

import java.time.Instant;

/**
 * What came of something that a person tried once connected, as the program told it.
 *
 * @param at when it began, by the host's own clock
 * @param host where it was tried
 * @param target the address or name, or the URL
 * @param sent echo requests; 1 for the other kinds
 * @param received echo requests that were answered; for the other kinds 1 when it went well, else 0
 * @param result what was found: the answering address, addresses separated by {@code ;}, or the
 *     status line of HTTP; empty when nothing was
 * @param error what the program said was wrong, e.g. {@code timed out} or {@code host unreachable
 *     from 10.0.0.2}; empty when all went well
 */
public record ProbeResult(
    Instant at,
    String host,
    Kind kind,
    String target,
    int sent,
    int received,
    String result,
    String error) {
  /** What was tried. */
  public enum Kind {
    /** ICMP echo requests. */
    PING,
    /** A name looked up in DNS. */
    RESOLVE,
    /** A page got by HTTP. */
    GET
  }

  /** Whether anything came back at all. */
  public boolean answered() {
    return received > 0;
  }

  /** Whether everything came back. */
  public boolean complete() {
    return received == sent && error.isEmpty();
  }
}
