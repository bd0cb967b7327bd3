package vpnlab.protocol.x509;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;

/**
 * Distinguished names as Windows shows them in certutil, in the certificate snap-in and in
 * PowerShell: the most specific part first, parts joined by comma and blank, values quoted when
 * they hold a separator ({@code CertNameToStr} with CERT_X500_NAME_STR and the reverse flag).
 */
public final class WindowsNames {
  private static final Map<String, String> KEYS =
      Map.ofEntries(
          Map.entry("2.5.4.3", "CN"),
          Map.entry("2.5.4.4", "SN"),
          Map.entry("2.5.4.5", "SERIALNUMBER"),
          Map.entry("2.5.4.6", "C"),
          Map.entry("2.5.4.7", "L"),
          Map.entry("2.5.4.8", "S"),
          Map.entry("2.5.4.9", "STREET"),
          Map.entry("2.5.4.10", "O"),
          Map.entry("2.5.4.11", "OU"),
          Map.entry("2.5.4.12", "T"),
          Map.entry("2.5.4.42", "G"),
          Map.entry("2.5.4.43", "I"),
          Map.entry("0.9.2342.19200300.100.1.25", "DC"),
          Map.entry("1.2.840.113549.1.9.1", "E"));

  private static final Pattern TO_QUOTE = Pattern.compile("[,+=\"\\n<>#;]|^\\s|\\s$|^$");

  private WindowsNames() {}

  /**
   * E.g. {@code CN=vpn.corp.example, O="Corp, Inc."}. A name that cannot be taken apart, as a
   * hostile certificate may have it, is shown in hexadecimal.
   */
  public static String format(X500Principal name) {
    try {
      List<String> parts = new ArrayList<>();
      for (RDN rdn : relativeNames(name)) {
        List<String> attributes = new ArrayList<>();
        for (AttributeTypeAndValue attribute : rdn.getTypesAndValues()) {
          attributes.add(key(attribute) + "=" + quoted(value(attribute)));
        }
        parts.add(String.join(" + ", attributes));
      }
      return String.join(", ", parts);
    } catch (IllegalArgumentException | IllegalStateException e) {
      return "#" + HexFormat.of().formatHex(name.getEncoded());
    }
  }

  /** The values of an attribute ({@code CN}, {@code O} ...), most specific first. */
  static List<String> values(X500Principal name, String key) {
    try {
      List<String> found = new ArrayList<>();
      for (RDN rdn : relativeNames(name)) {
        for (AttributeTypeAndValue attribute : rdn.getTypesAndValues()) {
          if (key(attribute).equals(key)) {
            found.add(value(attribute));
          }
        }
      }
      return found;
    } catch (IllegalArgumentException | IllegalStateException e) {
      return List.of();
    }
  }

  /** In reverse of their order in the encoding, which goes from the country to the host. */
  private static List<RDN> relativeNames(X500Principal name) {
    List<RDN> reversed = new ArrayList<>();
    for (RDN rdn : X500Name.getInstance(name.getEncoded()).getRDNs()) {
      reversed.add(0, rdn);
    }
    return reversed;
  }

  private static String key(AttributeTypeAndValue attribute) {
    String oid = attribute.getType().getId();
    return Optional.ofNullable(KEYS.get(oid)).orElse("OID." + oid);
  }

  /** A peer's certificate may hold octets that are no text; those are shown in hexadecimal. */
  private static String value(AttributeTypeAndValue attribute) {
    try {
      return attribute.getValue() instanceof ASN1String text
          ? text.getString()
          : attribute.getValue().toString();
    } catch (IllegalArgumentException | IllegalStateException e) {
      return "#" + hex(attribute);
    }
  }

  private static String hex(AttributeTypeAndValue attribute) {
    try {
      return HexFormat.of().formatHex(attribute.getValue().toASN1Primitive().getEncoded());
    } catch (IOException e) {
      throw new IllegalStateException("what was decoded cannot be encoded", e);
    }
  }

  private static String quoted(String value) {
    return TO_QUOTE.matcher(value).find() ? '"' + value.replace("\"", "\"\"") + '"' : value;
  }
}
