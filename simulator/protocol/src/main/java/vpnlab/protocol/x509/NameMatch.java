package vpnlab.protocol.x509;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.util.IPAddress;

/**
 * Whether a certificate is one for the name that was dialed (RFC 6125, 6.4, and what Windows' SSL
 * policy makes of it).
 *
 * <ul>
 *   <li>A DNS name matches a dNSName; the common name counts only when there is no dNSName.
 *   <li>Case and one trailing dot do not matter.
 *   <li>{@code *} stands for one label, only as the whole leftmost one, and two labels must follow.
 *   <li>An IP literal matches an iPAddress by its octets. A common name that is the same literal
 *       counts only when there is neither iPAddress nor dNSName: the source document for IKEv2
 *       allows "DNS name or IP address" in the common name, and old certificates have it there. An
 *       IP literal never matches a dNSName.
 * </ul>
 */
public final class NameMatch {
  private NameMatch() {}

  /** Whether {@code certificate} may be served by the host that was dialed by {@code dialed}. */
  public static boolean matches(X509Certificate certificate, String dialed) {
    List<String> dnsNames = CertificateFields.dnsNames(certificate);
    if (IPAddress.isValid(dialed)) {
      List<String> addresses = CertificateFields.ipAddresses(certificate);
      List<String> candidates =
          addresses.isEmpty() && dnsNames.isEmpty()
              ? CertificateFields.commonNames(certificate)
              : addresses;
      return candidates.stream().anyMatch(candidate -> isSameAddress(candidate, dialed));
    }
    List<String> candidates =
        dnsNames.isEmpty() ? CertificateFields.commonNames(certificate) : dnsNames;
    return candidates.stream().anyMatch(candidate -> matchesDnsName(candidate, dialed));
  }

  /** The names that count, for messages. */
  static List<String> namesOf(X509Certificate certificate) {
    List<String> names = new ArrayList<>(CertificateFields.dnsNames(certificate));
    names.addAll(CertificateFields.ipAddresses(certificate));
    return names.isEmpty() ? CertificateFields.commonNames(certificate) : names;
  }

  private static boolean isSameAddress(String candidate, String dialed) {
    return IPAddress.isValid(candidate) && Arrays.equals(octets(candidate), octets(dialed));
  }

  private static byte[] octets(String literal) {
    return ASN1OctetString.getInstance(new GeneralName(GeneralName.iPAddress, literal).getName())
        .getOctets();
  }

  private static boolean matchesDnsName(String pattern, String dialed) {
    String wanted = canonical(dialed);
    String offered = canonical(pattern);
    if (!offered.startsWith("*.")) {
      return !wanted.isEmpty() && offered.equals(wanted);
    }
    String suffix = offered.substring(1);
    int firstDot = wanted.indexOf('.');
    return suffix.indexOf('.', 1) > 0 && firstDot > 0 && wanted.substring(firstDot).equals(suffix);
  }

  private static String canonical(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
