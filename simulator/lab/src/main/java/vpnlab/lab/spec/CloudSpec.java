package vpnlab.lab.spec;

import java.time.Duration;
import java.util.Map;

/**
 * The cloud's conditional access: it judges devices and users by a policy and issues short-lived
 * certificates to those that satisfy it.
 *
 * @param host empty for none
 * @param name under which token brokers find it
 * @param certificate with which it proves itself in TLS
 * @param authority the certificate of the authority that issues
 * @param lifetime of issued certificates
 * @param policy what it demands before it issues
 * @param devices what the device management reports, by the host's name
 * @param users what sign-ins show, by user principal name
 */
public record CloudSpec(
    String host,
    boolean running,
    String name,
    String certificate,
    String authority,
    Duration lifetime,
    PolicySpec policy,
    Map<String, DeviceSpec> devices,
    Map<String, CloudUserSpec> users) {
  static CloudSpec of(SpecReader r) {
    String host = r.text("host", "");
    boolean used = !host.isEmpty();
    return new CloudSpec(
        host,
        r.bool("running", true),
        used ? r.requiredText("name") : r.text("name", ""),
        used ? r.requiredText("certificate") : r.text("certificate", ""),
        used ? r.requiredText("authority") : r.text("authority", ""),
        r.duration("lifetime", Duration.ofMinutes(60), Duration.ofSeconds(1)),
        r.map("policy", PolicySpec::of),
        r.maps("devices", DeviceSpec::of),
        r.maps("users", CloudUserSpec::of));
  }

  /** A conditional access policy. */
  public record PolicySpec(boolean compliantDevice, boolean multiFactor) {
    static PolicySpec of(SpecReader r) {
      return new PolicySpec(r.bool("compliantDevice", true), r.bool("multiFactor", true));
    }
  }

  /** A device that is registered with the cloud. */
  public record DeviceSpec(boolean compliant) {
    static DeviceSpec of(SpecReader r) {
      return new DeviceSpec(r.bool("compliant", true));
    }
  }

  /** A user of the cloud's directory. */
  public record CloudUserSpec(boolean multiFactor) {
    static CloudUserSpec of(SpecReader r) {
      return new CloudUserSpec(r.bool("multiFactor", true));
    }
  }
}
