package vpnlab.protocol.eap;

import java.security.PrivateKey;
import java.security.interfaces.ECKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.SignatureScheme;

/** Which TLS signature schemes a private key can make (RFC 8446, section 4.2.3). */
final class SignatureSchemes {
  private SignatureSchemes() {}

  /** In our order of preference. */
  static List<Integer> of(PrivateKey key, boolean tls13) {
    if (key instanceof ECKey ec) {
      return ofCurve(ec.getParams().getCurve().getField().getFieldSize(), tls13);
    }
    List<Integer> pss =
        List.of(
            SignatureScheme.rsa_pss_rsae_sha256,
            SignatureScheme.rsa_pss_rsae_sha384,
            SignatureScheme.rsa_pss_rsae_sha512);
    if (tls13) {
      return pss;
    }
    List<Integer> all = new ArrayList<>();
    all.add(SignatureScheme.rsa_pkcs1_sha256);
    all.add(SignatureScheme.rsa_pkcs1_sha384);
    all.add(SignatureScheme.rsa_pkcs1_sha512);
    all.addAll(pss);
    all.add(SignatureScheme.rsa_pkcs1_sha1);
    return all;
  }

  private static List<Integer> ofCurve(int bits, boolean tls13) {
    int fitting =
        bits > 384
            ? SignatureScheme.ecdsa_secp521r1_sha512
            : bits > 256
                ? SignatureScheme.ecdsa_secp384r1_sha384
                : SignatureScheme.ecdsa_secp256r1_sha256;
    return tls13
        ? List.of(fitting)
        : List.of(
            fitting,
            SignatureScheme.ecdsa_secp256r1_sha256,
            SignatureScheme.ecdsa_secp384r1_sha384,
            SignatureScheme.ecdsa_secp521r1_sha512,
            SignatureScheme.ecdsa_sha1);
  }

  /** The first of {@code schemes} that was offered; when none was, the first all the same. */
  static int choose(List<Integer> schemes, Vector<?> offered) {
    if (offered != null) {
      for (int scheme : schemes) {
        for (Object each : offered) {
          if (SignatureScheme.from((SignatureAndHashAlgorithm) each) == scheme) {
            return scheme;
          }
        }
      }
    }
    return schemes.get(0);
  }
}
