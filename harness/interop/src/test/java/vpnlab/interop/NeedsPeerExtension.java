package vpnlab.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/** Decides what {@link NeedsPeer} asks. */
final class NeedsPeerExtension implements BeforeAllCallback, BeforeEachCallback {
  private static final Path TUN_DEVICE = Path.of("/dev/net/tun");

  @Override
  public void beforeAll(ExtensionContext context) {
    check(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    check(context);
  }

  private static void check(ExtensionContext context) {
    AnnotationSupport.findAnnotation(context.getElement(), NeedsPeer.class).stream()
        .flatMap(needs -> Arrays.stream(needs.value()))
        .map(NeedsPeerExtension::missing)
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(
            reason -> refuse(reason, Boolean.parseBoolean(System.getenv().getOrDefault("CI", ""))));
  }

  static void refuse(String reason, boolean continuousIntegration) {
    if (continuousIntegration) {
      throw new AssertionError(reason + "; with CI=true nothing may be left untested");
    }
    throw new TestAbortedException(reason);
  }

  /** What stands in the way of that need, if anything. */
  static Optional<String> missing(String need) {
    return switch (need) {
      case NeedsPeer.TUN ->
          !root()
              ? Optional.of("making a TUN device needs root (or: unshare -Urn)")
              : unless(Files.isWritable(TUN_DEVICE), TUN_DEVICE + " is missing or not writable");
      case NeedsPeer.CAPTURE ->
          root() ? missing("dumpcap") : Optional.of("capturing packets needs root");
      case NeedsPeer.VPNLAB ->
          unless(VpnLab.present(), VpnLab.MAIN_CLASS + " is not on the class path");
      default -> unless(Program.find(need).isPresent(), need + " is not installed");
    };
  }

  private static Optional<String> unless(boolean fine, String reason) {
    return fine ? Optional.empty() : Optional.of(reason);
  }

  private static boolean root() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException | UnsupportedOperationException noProc) {
      return false;
    }
  }
}
