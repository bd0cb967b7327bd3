package vpnlab.protocol.ike;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vpnlab.protocol.RandomSource;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.IkeMessage;
import vpnlab.wire.ike.Payload;
import vpnlab.wire.ike.PayloadChain;
import vpnlab.wire.ike.PayloadType;

/**
 * Encrypts this end's messages and opens the peer's, under the keys of one IKE SA (RFC 7296 section
 * 3.14, RFC 5282 for AES-GCM, RFC 7383 for fragments).
 */
final class MessageProtection {
  /** Generic payload header of SK, or that of SKF with its two numbers. */
  private static final int SK_HEADER = 4;

  private static final int SKF_HEADER = 8;

  private final IkeSuite suite;
  private final Octets ownEncryption;
  private final Octets ownIntegrity;
  private final Octets peersEncryption;
  private final Octets peersIntegrity;
  private final RandomSource random;
  private long gcmCounter;

  /**
   * @param initiator whether this end is the original initiator of the IKE SA
   */
  MessageProtection(IkeSuite suite, IkeKeys keys, boolean initiator, RandomSource random) {
    this.suite = suite;
    this.ownEncryption = initiator ? keys.ei() : keys.er();
    this.ownIntegrity = initiator ? keys.ai() : keys.ar();
    this.peersEncryption = initiator ? keys.er() : keys.ei();
    this.peersIntegrity = initiator ? keys.ar() : keys.ai();
    this.random = random;
  }

  /**
   * The octets of a message whose payloads all go inside SK, or inside several SKF when it would be
   * longer than allowed.
   *
   * @param maxSize octets of an IKE message, at least 200
   */
  List<Octets> protect(IkeMessage clear, int maxSize) {
    Octets inner = PayloadChain.encode(clear.payloads());
    PayloadType first = PayloadChain.firstType(clear.payloads());
    if (28 + SK_HEADER + contentSize(inner.size()) <= maxSize) {
      return List.of(seal(clear, inner, size -> new Payload.Encrypted(first, Octets.zeros(size))));
    }
    int overhead = 28 + SKF_HEADER + suite.encryption().ivSize() + suite.icvSize();
    int block = suite.encryption().blockSize();
    int piece = (maxSize - overhead) / block * block - 1;
    int total = (inner.size() + piece - 1) / piece;
    List<Octets> fragments = new ArrayList<>();
    for (int i = 0; i < total; i++) {
      int number = i + 1;
      PayloadType type = i == 0 ? first : PayloadType.NONE;
      Octets part = inner.slice(i * piece, Math.min(inner.size(), number * piece));
      fragments.add(
          seal(
              clear,
              part,
              size -> new Payload.EncryptedFragment(type, number, total, Octets.zeros(size))));
    }
    return fragments;
  }

  /** One whole message around octets that need not be payloads; for tests of the other end. */
  Octets protectOctets(IkeMessage header, PayloadType first, Octets inner) {
    return seal(header, inner, size -> new Payload.Encrypted(first, Octets.zeros(size)));
  }

  private interface Envelope {
    Payload ofContentSize(int size);
  }

  private int contentSize(int innerSize) {
    int block = suite.encryption().blockSize();
    int padded = (innerSize + 1 + block - 1) / block * block;
    return suite.encryption().ivSize() + padded + suite.icvSize();
  }

  private Octets seal(IkeMessage clear, Octets inner, Envelope envelope) {
    int contentSize = contentSize(inner.size());
    Octets outer = clear.withPayloads(List.of(envelope.ofContentSize(contentSize))).encode();
    Octets head = outer.slice(0, outer.size() - contentSize);
    Octets iv = nextIv();
    int padding = contentSize - suite.encryption().ivSize() - suite.icvSize() - inner.size() - 1;
    Octets plain = new OctetWriter().octets(inner).zeros(padding).u8(padding).toOctets();
    Octets secret = suite.encryption().encrypt(ownEncryption, iv, plain, head);
    Octets message = Octets.concat(head, iv, secret);
    return suite
        .integrity()
        .map(integrity -> Octets.concat(message, integrity.icv(ownIntegrity, message)))
        .orElse(message);
  }

  /** CBC wants an unpredictable IV, GCM one that never comes twice under a key. */
  private Octets nextIv() {
    return suite.encryption().isAead()
        ? new OctetWriter().u64(gcmCounter++).toOctets()
        : random.octets(suite.encryption().ivSize());
  }

  /**
   * What is inside an SK or SKF payload; empty when the message is not authentic.
   *
   * @param datagram the whole message
   * @param content of its last payload
   */
  Optional<Octets> open(Octets datagram, Octets content) {
    int ivSize = suite.encryption().ivSize();
    int icvSize = suite.integrity().map(IntegrityAlgorithm::icvSize).orElse(0);
    if (content.size() < ivSize + icvSize + 1 || !authentic(datagram, icvSize)) {
      return Optional.empty();
    }
    Octets head = datagram.slice(0, datagram.size() - content.size());
    Octets iv = content.slice(0, ivSize);
    Octets secret = content.slice(ivSize, content.size() - icvSize);
    return suite
        .encryption()
        .decrypt(peersEncryption, iv, secret, head)
        .flatMap(MessageProtection::withoutPadding);
  }

  private boolean authentic(Octets datagram, int icvSize) {
    int end = datagram.size() - icvSize;
    return suite
        .integrity()
        .map(i -> i.icv(peersIntegrity, datagram.slice(0, end)))
        .map(icv -> icv.equalsInConstantTime(datagram.from(end)))
        .orElse(true);
  }

  private static Optional<Octets> withoutPadding(Octets plain) {
    if (plain.isEmpty()) {
      return Optional.empty();
    }
    int end = plain.size() - 1 - plain.at(plain.size() - 1);
    return end < 0 ? Optional.empty() : Optional.of(plain.slice(0, end));
  }
}
