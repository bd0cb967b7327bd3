package vpnlab.protocol.ike;

import java.util.ArrayList;
import java.util.List;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.CertificateEncoding;
import vpnlab.wire.ike.HashAlgorithm;
import vpnlab.wire.ike.IkeMessage;
import vpnlab.wire.ike.NotifyType;
import vpnlab.wire.ike.Payload;

/**
 * What IKE_SA_INIT leaves behind for the authentication.
 *
 * @param ownInit this end's IKE_SA_INIT message, as it went over the wire
 * @param peersHashes what the peer verifies signatures with (RFC 7427); empty when it does not say
 */
record Handshake(
    Octets ownInit,
    Octets peersInit,
    Octets ownNonce,
    Octets peersNonce,
    List<HashAlgorithm> peersHashes) {

  Octets nonceI(boolean initiator) {
    return initiator ? ownNonce : peersNonce;
  }

  Octets nonceR(boolean initiator) {
    return initiator ? peersNonce : ownNonce;
  }

  /** What this end signs. */
  Octets ownSigned(IkeSa sa, Payload ownIdentity) {
    Octets p = sa.isInitiator() ? sa.keys().pi() : sa.keys().pr();
    return AuthenticationOctets.of(ownInit, peersNonce, sa.suite().prf(), p, ownIdentity);
  }

  /** What the peer signs. */
  Octets peersSigned(IkeSa sa, Payload peersIdentity) {
    Octets p = sa.isInitiator() ? sa.keys().pr() : sa.keys().pi();
    return AuthenticationOctets.of(peersInit, ownNonce, sa.suite().prf(), p, peersIdentity);
  }

  static List<HashAlgorithm> hashesOf(IkeMessage message) {
    List<HashAlgorithm> hashes = new ArrayList<>();
    message
        .notification(NotifyType.SIGNATURE_HASH_ALGORITHMS)
        .ifPresent(
            notify -> {
              OctetReader reader = new OctetReader(notify.data());
              while (reader.remaining() >= 2) {
                hashes.add(new HashAlgorithm(hash(reader)));
              }
            });
    return List.copyOf(hashes);
  }

  private static int hash(OctetReader reader) {
    try {
      return reader.u16("hash");
    } catch (MalformedMessageException e) {
      throw new IllegalStateException(e);
    }
  }

  static Payload hashes(List<HashAlgorithm> hashes) {
    OctetWriter writer = new OctetWriter();
    hashes.forEach(hash -> writer.u16(hash.code()));
    return Payload.Notify.of(NotifyType.SIGNATURE_HASH_ALGORITHMS, writer.toOctets());
  }

  static List<Payload> certificates(List<Octets> chain) {
    return chain.stream()
        .<Payload>map(der -> new Payload.Certificate(CertificateEncoding.X509_SIGNATURE, der))
        .toList();
  }

  /** The X.509 certificates of a message, in its order. */
  static List<Octets> chainOf(IkeMessage message) {
    return message.all(Payload.Certificate.class).stream()
        .filter(c -> c.encoding().equals(CertificateEncoding.X509_SIGNATURE))
        .map(Payload.Certificate::data)
        .toList();
  }

  /** The payload itself, with its reserved octets, because AUTH covers them. */
  static Payload raw(IkeMessage message, Payload meaning) {
    return message.payloads().stream()
        .filter(p -> p.meaning() == meaning)
        .findFirst()
        .orElseThrow();
  }
}
