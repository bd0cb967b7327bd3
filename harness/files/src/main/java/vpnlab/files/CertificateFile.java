package vpnlab.files;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import vpnlab.evidence.StoredCertificate;
import vpnlab.wire.Octets;

/**
 * Certificate stores as text (RFC 7468): each certificate in PEM, before it in lines of their own
 * {@code Host:}, {@code Store:} and, when the private key is there too, {@code PrivateKey: yes}.
 * The lines hold until others come. PEM allows such text between certificates; keys are never
 * written.
 */
public final class CertificateFile {
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String END = "-----END CERTIFICATE-----";
  private static final int LINE = 64;

  private CertificateFile() {}

  /** Writes a file of that format. */
  public static void write(Path file, List<StoredCertificate> certificates) throws IOException {
    Base64.Encoder base64 = Base64.getMimeEncoder(LINE, new byte[] {'\n'});
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
      for (StoredCertificate each : certificates) {
        out.print("Host: " + each.host() + "\n");
        out.print("Store: " + each.store() + "\n");
        out.print("PrivateKey: " + (each.privateKey() ? "yes" : "no") + "\n");
        out.print(BEGIN + "\n" + base64.encodeToString(each.der().toArray()) + "\n" + END + "\n");
      }
    }
  }

  /** Certificates that nobody can tell whose they are, or that are cut off, are skipped. */
  static List<StoredCertificate> read(Path file, SkippedLines skipped) throws IOException {
    List<StoredCertificate> certificates = new ArrayList<>();
    String host = "";
    String store = "";
    boolean key = false;
    StringBuilder pem = null;
    long number = 0;
    long begun = 0;
    try (BufferedReader lines = new BufferedReader(new StringReader(WindowsText.read(file)))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (line.startsWith("Host:")) {
          host = line.substring(5).strip();
        } else if (line.startsWith("Store:")) {
          store = line.substring(6).strip();
        } else if (line.startsWith("PrivateKey:")) {
          key = line.substring(11).strip().equalsIgnoreCase("yes");
        } else if (line.equals(BEGIN)) {
          pem = new StringBuilder();
          begun = number;
        } else if (line.equals(END) && pem != null) {
          Octets der = der(pem.toString());
          if (host.isEmpty() || store.isEmpty()) {
            skipped.add(begun, SkippedLines.Kind.VALUE, "no lines 'Host:' and 'Store:' before it");
          } else if (der.isEmpty()) {
            skipped.add(begun, SkippedLines.Kind.VALUE, "is not base64");
          } else {
            certificates.add(new StoredCertificate(host, store, der, key));
          }
          pem = null;
        } else if (pem != null) {
          pem.append(line.strip());
        }
      }
    }
    if (pem != null) {
      skipped.add(begun, SkippedLines.Kind.CUT_OFF, "the certificate is cut off");
    }
    return certificates;
  }

  private static Octets der(String base64) {
    try {
      return Octets.of(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      return Octets.EMPTY;
    }
  }
}
