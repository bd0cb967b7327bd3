package vpnlab.protocol.radius;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import vpnlab.wire.Octets;
import vpnlab.wire.radius.RadiusAttribute;
import vpnlab.wire.radius.RadiusAttributeType;
import vpnlab.wire.radius.RadiusPacket;

/**
 * The secret that a RADIUS client and server share, and all that is computed with it.
 *
 * @param octets at least one
 */
public record SharedSecret(Octets octets) {
  private static final int BLOCK = 16;
  private static final int MAX_PASSWORD = 128;

  public SharedSecret {
    if (octets.isEmpty()) {
      throw new IllegalArgumentException("a RADIUS shared secret must not be empty");
    }
  }

  public static SharedSecret of(String text) {
    return new SharedSecret(Octets.ofText(text, StandardCharsets.UTF_8));
  }

  /** Whether {@code packet} still fits into 4096 octets with a Message-Authenticator. */
  static boolean fitsSigned(RadiusPacket packet) {
    int size = RadiusPacket.HEADER + 2 + BLOCK;
    for (RadiusAttribute attribute : packet.attributes()) {
      size += 2 + attribute.value().size();
    }
    return size <= RadiusPacket.MAX_LENGTH;
  }

  /** The request with a Message-Authenticator in front (RFC 3579, section 3.2). */
  public RadiusPacket signRequest(RadiusPacket request) {
    RadiusPacket prepared = withEmptyMessageAuthenticator(request);
    return prepared.withValue(
        RadiusAttributeType.MESSAGE_AUTHENTICATOR, hmacMd5(prepared.encode()));
  }

  /**
   * The response with a Message-Authenticator in front, and its Response Authenticator (RFC 2865,
   * section 3).
   */
  public RadiusPacket signResponse(RadiusPacket response, Octets requestAuthenticator) {
    RadiusPacket prepared =
        withEmptyMessageAuthenticator(response.withAuthenticator(requestAuthenticator));
    RadiusPacket signed =
        prepared.withValue(RadiusAttributeType.MESSAGE_AUTHENTICATOR, hmacMd5(prepared.encode()));
    return signed.withAuthenticator(responseAuthenticator(signed, requestAuthenticator));
  }

  /**
   * The Accounting-Request with its Request Authenticator: MD5 over the packet with an
   * authenticator of zeros, and the secret (RFC 2866, section 3).
   */
  public RadiusPacket signAccountingRequest(RadiusPacket request) {
    return request.withAuthenticator(accountingAuthenticator(request));
  }

  /** Whether the Request Authenticator of an Accounting-Request is right (RFC 2866, section 3). */
  public boolean verifyAccountingRequest(RadiusPacket request) {
    return accountingAuthenticator(request).equalsInConstantTime(request.authenticator());
  }

  private Octets accountingAuthenticator(RadiusPacket request) {
    return responseAuthenticator(request, Octets.zeros(BLOCK));
  }

  /** The response with its Response Authenticator and nothing more, as accounting has it. */
  public RadiusPacket authenticateResponse(RadiusPacket response, Octets requestAuthenticator) {
    return response.withAuthenticator(responseAuthenticator(response, requestAuthenticator));
  }

  /**
   * Whether the Message-Authenticator is right; empty when there is none.
   *
   * @param requestAuthenticator that of the request, also when {@code packet} is its response
   */
  public Optional<Boolean> verifyMessageAuthenticator(
      RadiusPacket packet, Octets requestAuthenticator) {
    List<Octets> found = packet.all(RadiusAttributeType.MESSAGE_AUTHENTICATOR);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    if (found.size() > 1 || found.get(0).size() != BLOCK) {
      return Optional.of(false);
    }
    RadiusPacket zeroed =
        packet
            .withAuthenticator(requestAuthenticator)
            .withValue(RadiusAttributeType.MESSAGE_AUTHENTICATOR, Octets.zeros(BLOCK));
    return Optional.of(hmacMd5(zeroed.encode()).equalsInConstantTime(found.get(0)));
  }

  /** MD5 over code, identifier, length, Request Authenticator, attributes and secret. */
  public Octets responseAuthenticator(RadiusPacket response, Octets requestAuthenticator) {
    return md5(response.withAuthenticator(requestAuthenticator).encode(), octets);
  }

  public boolean verifyResponseAuthenticator(RadiusPacket response, Octets requestAuthenticator) {
    return responseAuthenticator(response, requestAuthenticator)
        .equalsInConstantTime(response.authenticator());
  }

  /**
   * The value of User-Password (RFC 2865, section 5.2).
   *
   * @param password at most 128 octets
   */
  public Octets hidePassword(Octets password, Octets requestAuthenticator) {
    if (password.size() > MAX_PASSWORD) {
      throw new IllegalArgumentException("password of " + password.size() + " octets");
    }
    int padding = password.isEmpty() ? BLOCK : (BLOCK - password.size() % BLOCK) % BLOCK;
    Octets padded = Octets.concat(password, Octets.zeros(padding));
    return chain(padded, requestAuthenticator, true);
  }

  /** The password behind a User-Password, without its padding; empty when its size is wrong. */
  public Optional<Octets> revealPassword(Octets hidden, Octets requestAuthenticator) {
    if (hidden.isEmpty() || hidden.size() > MAX_PASSWORD || hidden.size() % BLOCK != 0) {
      return Optional.empty();
    }
    Octets padded = chain(hidden, requestAuthenticator, false);
    int end = padded.size();
    while (end > 0 && padded.at(end - 1) == 0) {
      end--;
    }
    return Optional.of(padded.slice(0, end));
  }

  /**
   * The value of MS-MPPE-Send-Key or MS-MPPE-Recv-Key (RFC 2548, section 2.4.2).
   *
   * @param salt 2 octets, the highest bit set, unlike any other in the same packet
   */
  public Octets encryptMppeKey(Octets key, Octets salt, Octets requestAuthenticator) {
    if (salt.size() != 2 || (salt.at(0) & 0x80) == 0) {
      throw new IllegalArgumentException("salt " + salt);
    }
    Octets clear = Octets.concat(Octets.of((byte) key.size()), key);
    Octets padded = Octets.concat(clear, Octets.zeros((BLOCK - clear.size() % BLOCK) % BLOCK));
    return Octets.concat(salt, chain(padded, Octets.concat(requestAuthenticator, salt), true));
  }

  /** The key in an MS-MPPE-Send-Key or MS-MPPE-Recv-Key; empty when it cannot be one. */
  public Optional<Octets> decryptMppeKey(Octets value, Octets requestAuthenticator) {
    if (value.size() < 2 + BLOCK || (value.size() - 2) % BLOCK != 0) {
      return Optional.empty();
    }
    Octets salt = value.slice(0, 2);
    Octets clear = chain(value.from(2), Octets.concat(requestAuthenticator, salt), false);
    int length = clear.at(0);
    return length < clear.size() ? Optional.of(clear.slice(1, 1 + length)) : Optional.empty();
  }

  /** c(i) = p(i) xor MD5(secret, c(i-1)), with {@code first} as c(0). */
  private Octets chain(Octets input, Octets first, boolean encrypting) {
    Octets previous = first;
    byte[] out = new byte[input.size()];
    for (int at = 0; at < out.length; at += BLOCK) {
      Octets mask = md5(octets, previous);
      for (int i = 0; i < BLOCK; i++) {
        out[at + i] = (byte) (input.at(at + i) ^ mask.at(i));
      }
      previous = encrypting ? Octets.of(out, at, BLOCK) : input.slice(at, at + BLOCK);
    }
    return Octets.of(out);
  }

  private static RadiusPacket withEmptyMessageAuthenticator(RadiusPacket packet) {
    List<RadiusAttribute> attributes = new ArrayList<>();
    attributes.add(
        new RadiusAttribute(RadiusAttributeType.MESSAGE_AUTHENTICATOR, Octets.zeros(BLOCK)));
    packet.attributes().stream()
        .filter(a -> !a.type().equals(RadiusAttributeType.MESSAGE_AUTHENTICATOR))
        .forEach(attributes::add);
    return new RadiusPacket(packet.code(), packet.identifier(), packet.authenticator(), attributes);
  }

  private Octets hmacMd5(Octets input) {
    try {
      Mac mac = Mac.getInstance("HmacMD5");
      mac.init(new SecretKeySpec(octets.toArray(), "HmacMD5"));
      return Octets.of(mac.doFinal(input.toArray()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacMD5", e);
    }
  }

  static Octets md5(Octets... parts) {
    try {
      return Octets.of(MessageDigest.getInstance("MD5").digest(Octets.concat(parts).toArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }

  /** Secrets do not belong into logs. */
  @Override
  public String toString() {
    return "SharedSecret";
  }
}
