package vpnlab.lab;

import java.util.List;
import java.util.function.Consumer;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.npslog.NpsLogLine;

/** What a lab writes down while it runs: event logs, NPS's log, the transcript. */
final class LabRecords {
  /** Records of NPS's log that are kept in memory; a file of it may be as long as it likes. */
  private static final int NPS_LOG_RECORDS = 50_000;

  private final TranscriptRecorder transcript;
  private final EventLogs events = new EventLogs();
  private final Recent<NpsLogLine> npsLog = new Recent<>(NPS_LOG_RECORDS);
  private Consumer<NpsLogLine> npsLogListener = line -> {};

  LabRecords(TranscriptRecorder transcript) {
    this.transcript = transcript;
  }

  void add(EventRecord event) {
    events.add(event);
    transcript.event(event);
  }

  void add(NpsLogLine line) {
    synchronized (npsLog) {
      npsLog.add(line);
      npsLogListener.accept(line);
    }
  }

  TranscriptRecorder transcript() {
    return transcript;
  }

  List<EventRecord> events() {
    return events.all();
  }

  List<NpsLogLine> npsLog() {
    synchronized (npsLog) {
      return npsLog.all();
    }
  }

  /** The records that are there, then the others. */
  void onNpsLog(Consumer<NpsLogLine> listener) {
    synchronized (npsLog) {
      npsLog.all().forEach(listener);
      npsLogListener = listener;
    }
  }

  /**
   * How much is no longer there to be looked at.
   *
   * @param packets of all hosts' captures, which others keep
   */
  Lab.Forgotten forgotten(long packets) {
    long lines;
    synchronized (npsLog) {
      lines = npsLog.forgotten();
    }
    return new Lab.Forgotten(events.forgotten(), lines, transcript.forgotten(), packets);
  }
}
