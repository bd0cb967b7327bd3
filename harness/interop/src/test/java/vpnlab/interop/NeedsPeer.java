package vpnlab.interop;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test runs real programs. Where one is missing it is skipped and says which, except in
 * continuous integration (environment variable {@code CI=true}), where it fails.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Tag("real-peer")
@ExtendWith(NeedsPeerExtension.class)
@interface NeedsPeer {
  /** ESP in user space: a TUN device and the right to make one. */
  String TUN = "tun";

  /** The right to capture packets on the loopback interface. */
  String CAPTURE = "capture";

  /** Our own command line. */
  String VPNLAB = "vpnlab";

  /** Names of programs, or the words above. */
  String[] value();
}
