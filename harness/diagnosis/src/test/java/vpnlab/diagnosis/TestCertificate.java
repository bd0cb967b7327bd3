package vpnlab.diagnosis;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import vpnlab.wire.Octets;

/** Mints real X.509 certificates (ECDSA P-256) for tests, extension by extension. */
final class TestCertificate {
  static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
  static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
  static final String IKE_INTERMEDIATE = "1.3.6.1.5.5.8.2.2";

  private static long nextSerial = 1;

  private final KeyPair keys;
  private final String name;
  private final Octets der;

  private TestCertificate(KeyPair keys, String name, Octets der) {
    this.keys = keys;
    this.name = name;
    this.der = der;
  }

  Octets der() {
    return der;
  }

  /** SHA-1 of the certificate, as Windows names it. */
  String thumbprint() {
    return Packets.sha1(der).toHex();
  }

  /** SHA-1 of the SubjectPublicKeyInfo. */
  Octets publicKeyHash() {
    return Packets.sha1(Octets.of(keys.getPublic().getEncoded()));
  }

  static Recipe named(String commonName) {
    return new Recipe(commonName);
  }

  static TestCertificate root(String commonName) {
    return named(commonName).authority().selfSigned();
  }

  static final class Recipe {
    private final String commonName;
    private Instant notBefore = Instant.parse("2025-01-01T00:00:00Z");
    private Instant notAfter = Instant.parse("2027-01-01T00:00:00Z");
    private boolean authority;
    private final List<byte[]> names = new ArrayList<>();
    private final List<String> purposes = new ArrayList<>();
    private int keyUsage = -1;
    private boolean authorityInformation;
    private boolean revocationList;

    private Recipe(String commonName) {
      this.commonName = commonName;
    }

    Recipe valid(String from, String to) {
      notBefore = Instant.parse(from);
      notAfter = Instant.parse(to);
      return this;
    }

    Recipe authority() {
      authority = true;
      return this;
    }

    Recipe dns(String... dnsNames) {
      for (String dns : dnsNames) {
        names.add(tlv(0x82, dns.getBytes(StandardCharsets.US_ASCII)));
      }
      return this;
    }

    Recipe address(int a, int b, int c, int d) {
      names.add(tlv(0x87, (byte) a, (byte) b, (byte) c, (byte) d));
      return this;
    }

    Recipe purposes(String... oids) {
      purposes.addAll(Arrays.asList(oids));
      return this;
    }

    Recipe mayOnlyEncipherKeys() {
      keyUsage = 0x20;
      return this;
    }

    Recipe authorityInformationAccess() {
      authorityInformation = true;
      return this;
    }

    Recipe crlDistributionPoint() {
      revocationList = true;
      return this;
    }

    TestCertificate selfSigned() {
      KeyPair keys = newKeys();
      return mint(keys, keys, commonName);
    }

    TestCertificate issuedBy(TestCertificate issuer) {
      return mint(newKeys(), issuer.keys, issuer.name);
    }

    private TestCertificate mint(KeyPair keys, KeyPair issuerKeys, String issuerName) {
      try {
        byte[] algorithm = sequence(oid("1.2.840.10045.4.3.2"));
        byte[] body =
            sequence(
                tlv(0xa0, integer(2)),
                integer(nextSerial++),
                algorithm,
                name(issuerName),
                sequence(time(notBefore), time(notAfter)),
                name(commonName),
                keys.getPublic().getEncoded(),
                tlv(0xa3, sequence(extensions())));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(issuerKeys.getPrivate());
        signature.update(body);
        byte[] bits = concat(new byte[] {0}, signature.sign());
        return new TestCertificate(
            keys, commonName, Octets.of(sequence(body, algorithm, tlv(0x03, bits))));
      } catch (GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    }

    private byte[][] extensions() {
      List<byte[]> all = new ArrayList<>();
      byte[] constraints = authority ? sequence(tlv(0x01, (byte) 0xff)) : sequence();
      all.add(extension("2.5.29.19", constraints));
      if (keyUsage >= 0) {
        all.add(extension("2.5.29.15", tlv(0x03, (byte) 5, (byte) keyUsage)));
      }
      if (!purposes.isEmpty()) {
        byte[][] oids = purposes.stream().map(TestCertificate::oid).toArray(byte[][]::new);
        all.add(extension("2.5.29.37", sequence(oids)));
      }
      if (!names.isEmpty()) {
        all.add(extension("2.5.29.17", sequence(names.toArray(byte[][]::new))));
      }
      if (authorityInformation) {
        byte[] url =
            tlv(0x86, "http://pki.corp.example/ca.crt".getBytes(StandardCharsets.US_ASCII));
        all.add(extension("1.3.6.1.5.5.7.1.1", sequence(sequence(oid("1.3.6.1.5.5.7.48.2"), url))));
      }
      if (revocationList) {
        byte[] url =
            tlv(0x86, "http://pki.corp.example/ca.crl".getBytes(StandardCharsets.US_ASCII));
        all.add(extension("2.5.29.31", sequence(sequence(tlv(0xa0, tlv(0xa0, url))))));
      }
      return all.toArray(byte[][]::new);
    }

    private static byte[] extension(String id, byte[] value) {
      return sequence(oid(id), tlv(0x04, value));
    }
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] name(String commonName) {
    byte[] text = tlv(0x0c, commonName.getBytes(StandardCharsets.UTF_8));
    return sequence(tlv(0x31, sequence(oid("2.5.4.3"), text)));
  }

  private static byte[] time(Instant instant) {
    DateTimeFormatter format =
        DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    return tlv(0x18, format.format(instant).getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] integer(long value) {
    return tlv(0x02, BigInteger.valueOf(value).toByteArray());
  }

  private static byte[] oid(String dotted) {
    String[] arcs = dotted.split("\\.");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
    for (int i = 2; i < arcs.length; i++) {
      int arc = Integer.parseInt(arcs[i]);
      for (int shift = 28; shift >= 0; shift -= 7) {
        if (arc >>> shift != 0 || shift == 0) {
          out.write((arc >>> shift & 0x7f) | (shift == 0 ? 0 : 0x80));
        }
      }
    }
    return tlv(0x06, out.toByteArray());
  }

  private static byte[] sequence(byte[]... parts) {
    return tlv(0x30, concat(parts));
  }

  private static byte[] tlv(int tag, byte... content) {
    int length = content.length;
    byte[] head;
    if (length < 0x80) {
      head = new byte[] {(byte) tag, (byte) length};
    } else if (length < 0x100) {
      head = new byte[] {(byte) tag, (byte) 0x81, (byte) length};
    } else {
      head = new byte[] {(byte) tag, (byte) 0x82, (byte) (length >>> 8), (byte) length};
    }
    return concat(head, content);
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
