package vpnlab.evidence.npslog;

import java.time.Instant;

/**
 * A record of NPS's log with the place where an administrator finds it.
 *
 * @param at by the clock of the host that wrote it
 * @param host the NPS's host, e.g. {@code nps}
 * @param file the file's name, e.g. {@code IN2601.log}
 * @param line its line, from 1
 */
public record NpsLogLine(Instant at, String host, String file, long line, NpsLogRecord record) {}
