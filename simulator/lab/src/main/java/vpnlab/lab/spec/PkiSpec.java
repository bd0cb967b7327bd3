package vpnlab.lab.spec;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The web server of the company's certification authorities: their revocation lists and
 * certificates.
 *
 * @param host empty for none
 * @param lists by the name of the authority's certificate
 */
public record PkiSpec(String host, boolean running, Map<String, RevocationListSpec> lists) {
  static PkiSpec of(SpecReader r) {
    return new PkiSpec(
        r.text("host", ""), r.bool("running", true), r.maps("lists", RevocationListSpec::of));
  }

  /**
   * A revocation list, published as {@code /NAME.crl}.
   *
   * @param revoked names of certificates
   */
  public record RevocationListSpec(List<String> revoked, Moment thisUpdate, Moment nextUpdate) {
    static RevocationListSpec of(SpecReader r) {
      return new RevocationListSpec(
          r.texts("revoked"),
          r.parsed("thisUpdate", Moment::parse).orElse(Moment.afterStart(Duration.ofDays(-1))),
          r.parsed("nextUpdate", Moment::parse).orElse(Moment.afterStart(Duration.ofDays(6))));
    }
  }
}
