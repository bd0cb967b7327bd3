package vpnlab.lab;

import java.time.Duration;
import vpnlab.evidence.ProbeResult.Kind;

/**
 * Something to try through a tunnel.
 *
 * @param target an address or name, or a URL
 * @param count echo requests of a {@link Kind#PING}
 * @param interval from one of them to the next
 */
public record Trial(Kind kind, String target, int count, Duration interval) {}
