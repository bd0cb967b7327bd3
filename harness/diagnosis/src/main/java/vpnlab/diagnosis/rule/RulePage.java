package vpnlab.diagnosis.rule;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The page about a rule, Markdown with the sections {@code What it means}, {@code What it reads},
 * {@code What to do} and {@code Source}.
 */
public record RulePage(String id, String text) {
  /** Throws {@link IllegalStateException} for a rule without a page, which is a mistake in it. */
  public static RulePage of(String id) {
    return find(id).orElseThrow(() -> new IllegalStateException("no page explains " + id));
  }

  /** The page of that id, if there is one. */
  public static Optional<RulePage> find(String id) {
    if (!id.matches("[a-z0-9-]+")) {
      return Optional.empty();
    }
    try (InputStream in = RulePage.class.getResourceAsStream(id + ".md")) {
      return in == null
          ? Optional.empty()
          : Optional.of(
              new RulePage(id, new String(in.readAllBytes(), StandardCharsets.UTF_8).strip()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of a section without its heading, on one line a paragraph; empty when missing. */
  public String section(String heading) {
    int start = text.indexOf("## " + heading + "\n");
    if (start < 0) {
      return "";
    }
    int from = start + heading.length() + 4;
    int next = text.indexOf("\n## ", from);
    String body = next < 0 ? text.substring(from) : text.substring(from, next);
    return body.strip().replaceAll("(?<!\n)\n(?![\n-])", " ");
  }

  /** What to do about it. */
  public String remedy() {
    return section("What to do");
  }
}
