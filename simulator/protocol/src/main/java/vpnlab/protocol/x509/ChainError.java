package vpnlab.protocol.x509;

import java.util.ArrayList;
import java.util.List;

/**
 * What may be wrong with a chain, in the order in which it decides the policy result: a bit of
 * {@code CERT_TRUST_STATUS.dwErrorStatus} (wincrypt.h) and the HRESULT that {@code
 * CertVerifyCertificateChainPolicy} gives for it. The order follows the documented one (broken
 * chain before expired, before usage, before name); where Windows documents none, it is this lab's.
 */
public enum ChainError {
  SIGNATURE_NOT_VALID(
      0x8, 0x80096004, "CERT_TRUST_IS_NOT_SIGNATURE_VALID", "TRUST_E_CERT_SIGNATURE"),
  REVOKED(0x4, 0x80092010, "CERT_TRUST_IS_REVOKED", "CRYPT_E_REVOKED"),
  UNTRUSTED_ROOT(0x20, 0x800B0109, "CERT_TRUST_IS_UNTRUSTED_ROOT", "CERT_E_UNTRUSTEDROOT"),
  PARTIAL_CHAIN(0x10000, 0x800B010A, "CERT_TRUST_IS_PARTIAL_CHAIN", "CERT_E_CHAINING"),
  BASIC_CONSTRAINTS(
      0x400, 0x80096019, "CERT_TRUST_INVALID_BASIC_CONSTRAINTS", "TRUST_E_BASIC_CONSTRAINTS"),
  CRITICAL_EXTENSION(
      0x08000000, 0x800B0105, "CERT_TRUST_HAS_NOT_SUPPORTED_CRITICAL_EXT", "CERT_E_CRITICAL"),
  NAME_CONSTRAINTS(0x800, 0x800B0114, "CERT_TRUST_INVALID_NAME_CONSTRAINTS", "CERT_E_INVALID_NAME"),
  NOT_TIME_VALID(0x1, 0x800B0101, "CERT_TRUST_IS_NOT_TIME_VALID", "CERT_E_EXPIRED"),
  NOT_VALID_FOR_USAGE(0x10, 0x800B0110, "CERT_TRUST_IS_NOT_VALID_FOR_USAGE", "CERT_E_WRONG_USAGE"),
  /** Found by the policy, not by the chain engine, therefore without a bit. */
  NAME_MISMATCH(0, 0x800B010F, "", "CERT_E_CN_NO_MATCH"),
  REVOCATION_STATUS_UNKNOWN(
      0x40, 0x80092012, "CERT_TRUST_REVOCATION_STATUS_UNKNOWN", "CRYPT_E_NO_REVOCATION_CHECK"),
  /** This engine and the JDK's path validation differ; never seen unless one of them errs. */
  VALIDATORS_DISAGREE(0, 0x800B010B, "", "TRUST_E_FAIL");

  private final int bit;
  private final int hresult;
  private final String bitName;
  private final String hresultName;

  ChainError(int bit, int hresult, String bitName, String hresultName) {
    this.bit = bit;
    this.hresult = hresult;
    this.bitName = bitName;
    this.hresultName = hresultName;
  }

  /** The bit in the error status; 0 when only the policy knows this error. */
  public int bit() {
    return bit;
  }

  /** The policy result when nothing worse is wrong. */
  public int hresult() {
    return hresult;
  }

  /** The HRESULT's name in winerror.h. */
  public String hresultName() {
    return hresultName;
  }

  /** The names in wincrypt.h of the bits that are set and that this engine can set. */
  public static List<String> bitNames(int errorStatus) {
    List<String> names = new ArrayList<>();
    for (ChainError error : values()) {
      if ((errorStatus & error.bit) != 0) {
        names.add(error.bitName);
      }
    }
    return names;
  }
}
