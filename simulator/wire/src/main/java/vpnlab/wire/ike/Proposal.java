package vpnlab.wire.ike;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;

/**
 * One suite on offer (RFC 7296 section 3.3.1); several transforms of one type are alternatives.
 *
 * @param number from 1
 * @param spi empty in the first IKE SA, else the sender's SPI of the SA to be
 */
public record Proposal(int number, ProtocolId protocol, Octets spi, List<Transform> transforms) {
  private static final int MORE_PROPOSALS = 2;
  private static final int MORE_TRANSFORMS = 3;

  public Proposal {
    transforms = List.copyOf(transforms);
  }

  public List<Transform> transforms(TransformType type) {
    return transforms.stream().filter(t -> t.type().equals(type)).toList();
  }

  public Proposal withNumber(int other) {
    return new Proposal(other, protocol, spi, transforms);
  }

  public Proposal withSpi(Octets other) {
    return new Proposal(number, protocol, other, transforms);
  }

  public Proposal withTransforms(List<Transform> others) {
    return new Proposal(number, protocol, spi, others);
  }

  static List<Proposal> readAll(String payload, OctetReader reader)
      throws MalformedMessageException {
    List<Proposal> proposals = new ArrayList<>();
    int more = MORE_PROPOSALS;
    while (more == MORE_PROPOSALS) {
      String name = payload + " / proposal " + (proposals.size() + 1);
      more = oneOf(reader.u8(name + " / last substructure"), MORE_PROPOSALS, name);
      reader.u8(name + " / reserved");
      int length = reader.u16(name + " / length");
      proposals.add(read(name, reader.sub(length - 4, name)));
    }
    reader.expectEnd(payload + " / the last proposal");
    return proposals;
  }

  private static Proposal read(String name, OctetReader reader) throws MalformedMessageException {
    int number = reader.u8(name + " / number");
    ProtocolId protocol = new ProtocolId(reader.u8(name + " / protocol"));
    int spiSize = reader.u8(name + " / SPI size");
    int count = reader.u8(name + " / number of transforms");
    Octets spi = reader.octets(spiSize, name + " / SPI");
    List<Transform> transforms = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      String transform = name + " / transform " + i;
      int more = oneOf(reader.u8(transform + " / last substructure"), MORE_TRANSFORMS, transform);
      if ((more == 0) != (i == count)) {
        throw new MalformedMessageException(transform, "contradicts the number of transforms");
      }
      reader.u8(transform + " / reserved");
      int length = reader.u16(transform + " / length");
      transforms.add(Transform.read(transform, reader.sub(length - 4, transform)));
    }
    reader.expectEnd(name + " / the last transform");
    return new Proposal(number, protocol, spi, transforms);
  }

  private static int oneOf(int value, int more, String name) throws MalformedMessageException {
    if (value != 0 && value != more) {
      throw new MalformedMessageException(
          name + " / last substructure", "is " + value + ", must be 0 or " + more);
    }
    return value;
  }

  static Octets encodeAll(List<Proposal> proposals) {
    if (proposals.isEmpty()) {
      throw new IllegalArgumentException("an SA payload needs a proposal");
    }
    OctetWriter writer = new OctetWriter();
    for (int i = 0; i < proposals.size(); i++) {
      Octets body = proposals.get(i).encode();
      writer.u8(i == proposals.size() - 1 ? 0 : MORE_PROPOSALS).u8(0);
      writer.u16(4 + body.size()).octets(body);
    }
    return writer.toOctets();
  }

  private Octets encode() {
    OctetWriter writer = new OctetWriter();
    writer.u8(number).u8(protocol.code()).u8(spi.size()).u8(transforms.size()).octets(spi);
    for (int i = 0; i < transforms.size(); i++) {
      OctetWriter transform = new OctetWriter();
      transforms.get(i).write(transform);
      writer.u8(i == transforms.size() - 1 ? 0 : MORE_TRANSFORMS).u8(0);
      writer.u16(4 + transform.size()).octets(transform.toOctets());
    }
    return writer.toOctets();
  }

  /**
   * As strongSwan writes proposals, e.g. {@code aes256-sha256-modp2048}: a PRF is named only where
   * it does not follow from the integrity algorithm.
   */
  public String describe() {
    List<String> words = new ArrayList<>();
    transforms(TransformType.ENCR).forEach(t -> words.add(t.keyword()));
    List<String> integrity =
        transforms(TransformType.INTEG).stream().map(Transform::keyword).toList();
    words.addAll(integrity);
    List<String> prfs = transforms(TransformType.PRF).stream().map(Transform::keyword).toList();
    if (!prfs.equals(integrity.stream().map(i -> "prf" + i).toList())) {
      words.addAll(prfs);
    }
    transforms(TransformType.DH).forEach(t -> words.add(t.keyword()));
    transforms(TransformType.ESN).stream()
        .filter(t -> t.id().equals(TransformId.ESN))
        .forEach(t -> words.add(t.keyword()));
    return words.stream().collect(Collectors.joining("-"));
  }
}
