package vpnlab.protocol.x509;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A KeyPurposeId of the extended key usage extension (RFC 5280, 4.2.1.12). An open code: any object
 * identifier is legal, the known ones have a name.
 *
 * @param oid dotted decimal
 */
public record KeyPurpose(String oid) {
  private static final Pattern OID = Pattern.compile("[0-2](\\.(0|[1-9][0-9]*))+");

  public static final KeyPurpose SERVER_AUTH = new KeyPurpose("1.3.6.1.5.5.7.3.1");
  public static final KeyPurpose CLIENT_AUTH = new KeyPurpose("1.3.6.1.5.5.7.3.2");
  public static final KeyPurpose CODE_SIGNING = new KeyPurpose("1.3.6.1.5.5.7.3.3");
  public static final KeyPurpose EMAIL_PROTECTION = new KeyPurpose("1.3.6.1.5.5.7.3.4");
  public static final KeyPurpose OCSP_SIGNING = new KeyPurpose("1.3.6.1.5.5.7.3.9");

  /** RFC 4945, 5.1.3.12: for IKE in general; Windows ignores it. */
  public static final KeyPurpose IPSEC_IKE = new KeyPurpose("1.3.6.1.5.5.7.3.17");

  /** "IP security IKE intermediate", the one that RRAS looks for. */
  public static final KeyPurpose IKE_INTERMEDIATE = new KeyPurpose("1.3.6.1.5.5.8.2.2");

  public static final KeyPurpose SMARTCARD_LOGON = new KeyPurpose("1.3.6.1.4.1.311.20.2.2");

  /** The certificates that Entra ID issues for conditional access to a VPN. */
  public static final KeyPurpose AAD_CONDITIONAL_ACCESS = new KeyPurpose("1.3.6.1.4.1.311.87");

  /** anyExtendedKeyUsage. */
  public static final KeyPurpose ANY = new KeyPurpose("2.5.29.37.0");

  /** By the name that {@link #parse} takes. */
  private static final Map<String, KeyPurpose> BY_NAME =
      new TreeMap<>(
          Map.of(
              "serverAuth", SERVER_AUTH,
              "clientAuth", CLIENT_AUTH,
              "codeSigning", CODE_SIGNING,
              "emailProtection", EMAIL_PROTECTION,
              "ocspSigning", OCSP_SIGNING,
              "ipsecIke", IPSEC_IKE,
              "ikeIntermediate", IKE_INTERMEDIATE,
              "smartcardLogon", SMARTCARD_LOGON,
              "aadConditionalAccess", AAD_CONDITIONAL_ACCESS,
              "any", ANY));

  private static final Map<KeyPurpose, String> FRIENDLY =
      Map.of(
          SERVER_AUTH, "Server Authentication",
          CLIENT_AUTH, "Client Authentication",
          CODE_SIGNING, "Code Signing",
          EMAIL_PROTECTION, "Secure Email",
          OCSP_SIGNING, "OCSP Signing",
          IPSEC_IKE, "IPsec IKE",
          IKE_INTERMEDIATE, "IP security IKE intermediate",
          SMARTCARD_LOGON, "Smart Card Logon",
          AAD_CONDITIONAL_ACCESS, "AAD Conditional Access",
          ANY, "Any Purpose");

  public KeyPurpose {
    if (!OID.matcher(oid).matches()) {
      throw new IllegalArgumentException("'" + oid + "' is not an object identifier");
    }
  }

  /**
   * The purpose of that name ({@code serverAuth}, {@code clientAuth}, {@code ikeIntermediate},
   * {@code smartcardLogon}, {@code any} ...) or of that dotted object identifier.
   *
   * @throws IllegalArgumentException when it is neither, naming the names there are
   */
  public static KeyPurpose parse(String nameOrOid) {
    for (Map.Entry<String, KeyPurpose> known : BY_NAME.entrySet()) {
      if (known.getKey().equalsIgnoreCase(nameOrOid)) {
        return known.getValue();
      }
    }
    if (!OID.matcher(nameOrOid).matches()) {
      throw new IllegalArgumentException(
          "unknown key purpose '"
              + nameOrOid
              + "': use "
              + String.join(", ", BY_NAME.keySet())
              + " or an object identifier");
    }
    return new KeyPurpose(nameOrOid);
  }

  /** As Windows prints it, e.g. {@code Server Authentication (1.3.6.1.5.5.7.3.1)}. */
  public String windowsName() {
    return Optional.ofNullable(FRIENDLY.get(this)).orElse("Unknown Key Usage") + " (" + oid + ")";
  }

  /** The short name, or the object identifier when there is none. */
  @Override
  public String toString() {
    for (Map.Entry<String, KeyPurpose> known : BY_NAME.entrySet()) {
      if (known.getValue().oid.equals(oid)) {
        return known.getKey();
      }
    }
    return oid;
  }
}
