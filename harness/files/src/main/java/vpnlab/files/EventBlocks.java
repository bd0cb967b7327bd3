package vpnlab.files;

import java.io.IOException;
import java.io.Reader;
import java.util.Optional;

/**
 * Cuts an export of events into its {@code <Event>} elements, one after another. So one broken
 * record does not take the rest of the file with it, an export without a root element (as {@code
 * wevtutil qe} writes it) is as good as one with it, and only one record is in memory.
 */
final class EventBlocks {
  /** The event log's own limit for a record is 64 KiB of UTF-16; XML may blow it up. */
  private static final int MAX_BLOCK = 1 << 20;

  private static final String END = "</Event>";

  /**
   * One element.
   *
   * @param line where it begins, from 1
   * @param whole whether its end tag is there
   */
  record Block(String text, long line, boolean whole) {}

  private final Reader reader;
  private final char[] chars = new char[1 << 16];
  private final StringBuilder pending = new StringBuilder();
  private long line = 1;
  private boolean ended;

  EventBlocks(Reader reader) {
    this.reader = reader;
  }

  /** The next element; empty at the end of the file. */
  Optional<Block> next() throws IOException {
    int start = find();
    if (start < 0) {
      return Optional.empty();
    }
    consume(start);
    long begins = line;
    int searched = 0;
    while (true) {
      int end = pending.indexOf(END, searched);
      int another = begin(1);
      if (end >= 0 && (another < 0 || end < another)) {
        return Optional.of(block(end + END.length(), begins, true));
      }
      if (another >= 0) {
        return Optional.of(block(another, begins, false));
      }
      if (pending.length() > MAX_BLOCK) {
        return Optional.of(block(pending.length(), begins, false));
      }
      searched = Math.max(0, pending.length() - END.length());
      if (!fill()) {
        return Optional.of(block(pending.length(), begins, false));
      }
    }
  }

  private Block block(int length, long begins, boolean whole) {
    Block block = new Block(pending.substring(0, length), begins, whole);
    consume(length);
    return block;
  }

  /** Where the next {@code <Event>} begins in what is pending; -1 at the end of the file. */
  private int find() throws IOException {
    while (true) {
      int start = begin(0);
      if (start >= 0) {
        return start;
      }
      consume(Math.max(0, pending.length() - "<Event ".length()));
      if (!fill()) {
        return -1;
      }
    }
  }

  private int begin(int from) {
    int at = pending.indexOf("<Event", from);
    while (at >= 0 && at + 6 < pending.length()) {
      char after = pending.charAt(at + 6);
      if (after == '>' || after == ' ' || after == '\t' || after == '\r' || after == '\n') {
        return at;
      }
      at = pending.indexOf("<Event", at + 1);
    }
    return -1;
  }

  private void consume(int length) {
    for (int i = 0; i < length; i++) {
      if (pending.charAt(i) == '\n') {
        line++;
      }
    }
    pending.delete(0, length);
  }

  private boolean fill() throws IOException {
    if (ended) {
      return false;
    }
    int read = reader.read(chars);
    ended = read < 0;
    if (read > 0) {
      pending.append(chars, 0, read);
    }
    return !ended;
  }
}
