package vpnlab.evidence.npslog;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Random;
import vpnlab.wire.Octets;

/** Records of every shape, from a seed. */
final class RandomRecords {
  private static final String ALPHABET =
      "aZ09 ,\"'<>&;=\\@.-_/:[](){}#%äß日本\u00a0\t\n\0\u0085\ud83d";

  private final Random random;

  RandomRecords(long seed) {
    this.random = new Random(seed);
  }

  NpsLogRecord next(boolean millis, int columns) {
    NpsLogRecord.Builder record = NpsLogRecord.builder();
    int density = 1 + random.nextInt(10);
    for (NpsLogField field : NpsLogField.all().subList(0, columns)) {
      if (random.nextInt(10) < density) {
        put(record, field);
      }
    }
    if (random.nextInt(10) > 0) {
      record.timestamp(time(millis));
    }
    return record.build();
  }

  private LocalDateTime time(boolean millis) {
    return LocalDateTime.of(2000, 1, 1, 0, 0)
        .plusSeconds(random.nextInt(Integer.MAX_VALUE))
        .plusNanos(millis ? 1_000_000L * random.nextInt(1000) : 0);
  }

  private void put(NpsLogRecord.Builder record, NpsLogField field) {
    switch (field.kind()) {
      case TEXT, ADDRESS -> {
        if (random.nextInt(5) == 0) {
          byte[] octets = new byte[random.nextInt(20)];
          random.nextBytes(octets);
          record.octets(field, Octets.of(octets));
        } else {
          record.text(field, text());
        }
      }
      case NUMBER -> record.number(field, random.nextInt() & 0xffff_ffffL);
      case DATE_TIME -> record.eventTimestamp(time(false));
      case DATE, TIME -> {
        // come together by timestamp()
      }
    }
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(15); i > 0; i--) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  /** That line with a few characters changed, lost, doubled, or cut off. */
  String mutate(String line) {
    StringBuilder changed = new StringBuilder(line);
    for (int i = 1 + random.nextInt(4); i > 0 && changed.length() > 0; i--) {
      int at = random.nextInt(changed.length());
      switch (random.nextInt(5)) {
        case 0 -> changed.setCharAt(at, (char) random.nextInt(0x180));
        case 1 -> changed.deleteCharAt(at);
        case 2 -> changed.insert(at, "\",<>&;/=0\0".charAt(random.nextInt(10)));
        case 3 -> changed.setLength(at);
        default -> changed.insert(at, changed.substring(random.nextInt(at + 1), at));
      }
    }
    return changed.toString();
  }

  String noise() {
    byte[] octets = new byte[random.nextInt(200)];
    random.nextBytes(octets);
    return new String(octets, StandardCharsets.ISO_8859_1);
  }
}
