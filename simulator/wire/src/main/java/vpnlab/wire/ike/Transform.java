package vpnlab.wire.ike;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.OctetWriter;

/** One algorithm on offer (RFC 7296 section 3.3.2). */
public record Transform(TransformId id, List<TransformAttribute> attributes) {
  public Transform {
    attributes = List.copyOf(attributes);
  }

  public static Transform of(TransformId id) {
    return new Transform(id, List.of());
  }

  /**
   * A cipher with keys of that length.
   *
   * @param keyLength in bits
   */
  public static Transform of(TransformId id, int keyLength) {
    return new Transform(id, List.of(TransformAttribute.keyLength(keyLength)));
  }

  public TransformType type() {
    return id.type();
  }

  /** The key length attribute in bits, when it is there in its defined form. */
  public OptionalInt keyLength() {
    return attributes.stream()
        .filter(a -> a.type() == TransformAttribute.KEY_LENGTH && a.shortForm())
        .mapToInt(a -> a.value().at(0) << 8 | a.value().at(1))
        .findFirst();
  }

  static Transform read(String name, OctetReader reader) throws MalformedMessageException {
    TransformType type = new TransformType(reader.u8(name + " / type"));
    reader.u8(name + " / reserved");
    TransformId id = new TransformId(type, reader.u16(name + " / ID"));
    List<TransformAttribute> attributes = new ArrayList<>();
    while (reader.hasMore()) {
      attributes.add(TransformAttribute.read(name, reader));
    }
    return new Transform(id, attributes);
  }

  void write(OctetWriter writer) {
    writer.u8(type().code()).u8(0).u16(id.number());
    attributes.forEach(a -> a.write(writer));
  }

  /** Short, as in strongSwan's proposals: {@code aes256}, {@code sha256}, {@code modp2048}. */
  public String keyword() {
    return id.keyword(keyLength());
  }

  /** E.g. {@code ENCR_AES_CBC_256}. */
  @Override
  public String toString() {
    OptionalInt length = keyLength();
    return id + (length.isPresent() ? "_" + length.getAsInt() : "");
  }
}
