package vpnlab.files;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The characters of a text or XML file: Windows' tools write UTF-8, and UTF-16 when output is
 * redirected.
 */
final class WindowsText {
  private static final int LOOK_AHEAD = 256;
  private static final Pattern DECLARED =
      Pattern.compile("^<\\?xml[^>]*encoding=[\"']([A-Za-z0-9._-]+)[\"']");

  private WindowsText() {}

  /** The whole of a small file, without the mark of its byte order. */
  static String read(Path file) throws IOException {
    byte[] octets = Files.readAllBytes(file);
    String text = new String(octets, charset(octets));
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  /** Octets that are not of the file's encoding become U+FFFD. */
  static Reader reader(InputStream in) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16);
    buffered.mark(LOOK_AHEAD);
    byte[] start = buffered.readNBytes(LOOK_AHEAD);
    buffered.reset();
    Charset charset = charset(start);
    Reader reader =
        new InputStreamReader(
            buffered,
            charset
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE));
    return reader;
  }

  /** The encoding that a file begins to speak; UTF-8 when it does not say. */
  static Charset charset(byte[] start) {
    if (start.length >= 2) {
      int mark = (start[0] & 0xff) << 8 | start[1] & 0xff;
      if (mark == 0xfffe || mark == 0x3c00) {
        return StandardCharsets.UTF_16LE;
      }
      if (mark == 0xfeff || mark == 0x003c) {
        return StandardCharsets.UTF_16BE;
      }
    }
    Matcher declared = DECLARED.matcher(new String(start, StandardCharsets.ISO_8859_1));
    if (declared.find()) {
      String name = declared.group(1).toUpperCase(Locale.ROOT);
      // A declaration that says UTF-16 in octets that are not is wrong.
      if (!name.startsWith("UTF-16") && Charset.isSupported(name)) {
        return Charset.forName(name);
      }
    }
    return StandardCharsets.UTF_8;
  }
}
