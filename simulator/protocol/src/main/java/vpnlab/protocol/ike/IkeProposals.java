package vpnlab.protocol.ike;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.Proposal;
import vpnlab.wire.ike.ProtocolId;
import vpnlab.wire.ike.Transform;
import vpnlab.wire.ike.TransformId;
import vpnlab.wire.ike.TransformType;

/**
 * Lists of proposals, and the choice among them (RFC 7296 section 3.3.6). As text a proposal is
 * what {@link Proposal#describe} prints: {@code aes256-sha256-modp2048}; {@code x25519} is
 * understood for {@code curve25519}.
 */
public final class IkeProposals {
  private static final Map<String, Transform> WORDS =
      Map.ofEntries(
          Map.entry("3des", Transform.of(TransformId.ENCR_3DES)),
          Map.entry("des", Transform.of(TransformId.ENCR_DES)),
          Map.entry("null", Transform.of(TransformId.ENCR_NULL)),
          Map.entry("aes128", Transform.of(TransformId.ENCR_AES_CBC, 128)),
          Map.entry("aes192", Transform.of(TransformId.ENCR_AES_CBC, 192)),
          Map.entry("aes256", Transform.of(TransformId.ENCR_AES_CBC, 256)),
          Map.entry("aes128gcm16", Transform.of(TransformId.ENCR_AES_GCM_16, 128)),
          Map.entry("aes256gcm16", Transform.of(TransformId.ENCR_AES_GCM_16, 256)),
          Map.entry("sha1", Transform.of(TransformId.AUTH_HMAC_SHA1_96)),
          Map.entry("sha256", Transform.of(TransformId.AUTH_HMAC_SHA2_256_128)),
          Map.entry("sha384", Transform.of(TransformId.AUTH_HMAC_SHA2_384_192)),
          Map.entry("prfsha1", Transform.of(TransformId.PRF_HMAC_SHA1)),
          Map.entry("prfsha256", Transform.of(TransformId.PRF_HMAC_SHA2_256)),
          Map.entry("prfsha384", Transform.of(TransformId.PRF_HMAC_SHA2_384)),
          Map.entry("modp1024", Transform.of(TransformId.MODP_1024)),
          Map.entry("modp2048", Transform.of(TransformId.MODP_2048)),
          Map.entry("ecp256", Transform.of(TransformId.ECP_256)),
          Map.entry("ecp384", Transform.of(TransformId.ECP_384)),
          Map.entry("curve25519", Transform.of(TransformId.CURVE_25519)),
          Map.entry("x25519", Transform.of(TransformId.CURVE_25519)));

  private static final Map<TransformId, TransformId> PRF_OF_INTEGRITY =
      Map.of(
          TransformId.AUTH_HMAC_SHA1_96, TransformId.PRF_HMAC_SHA1,
          TransformId.AUTH_HMAC_SHA2_256_128, TransformId.PRF_HMAC_SHA2_256,
          TransformId.AUTH_HMAC_SHA2_384_192, TransformId.PRF_HMAC_SHA2_384);

  private IkeProposals() {}

  /**
   * For IKE SAs. Without a {@code prf} word the PRFs are those of the integrity algorithms.
   *
   * @throws IllegalArgumentException naming the word that is not known, or what is missing
   */
  public static List<Proposal> ike(String... proposals) {
    List<Proposal> result = new ArrayList<>();
    for (String text : proposals) {
      Proposal parsed = parse(result.size() + 1, ProtocolId.IKE, text);
      List<Transform> transforms = new ArrayList<>(parsed.transforms());
      if (parsed.transforms(TransformType.PRF).isEmpty()) {
        parsed.transforms(TransformType.INTEG).stream()
            .map(t -> Transform.of(PRF_OF_INTEGRITY.get(t.id())))
            .forEach(transforms::add);
      }
      Proposal complete = parsed.withTransforms(transforms);
      for (TransformType type : List.of(TransformType.ENCR, TransformType.PRF, TransformType.DH)) {
        if (complete.transforms(type).isEmpty()) {
          throw new IllegalArgumentException("the IKE proposal " + text + " has no " + type);
        }
      }
      requireIntegrity(complete, text);
      result.add(complete);
    }
    return List.copyOf(result);
  }

  /** For Child SAs, without extended sequence numbers. A group means perfect forward secrecy. */
  public static List<Proposal> esp(String... proposals) {
    List<Proposal> result = new ArrayList<>();
    for (String text : proposals) {
      Proposal parsed = parse(result.size() + 1, ProtocolId.ESP, text);
      List<Transform> transforms = new ArrayList<>(parsed.transforms());
      transforms.add(Transform.of(TransformId.NO_ESN));
      if (parsed.transforms(TransformType.ENCR).isEmpty()) {
        throw new IllegalArgumentException("the ESP proposal " + text + " has no ENCR");
      }
      requireIntegrity(parsed, text);
      result.add(parsed.withTransforms(transforms));
    }
    return List.copyOf(result);
  }

  private static void requireIntegrity(Proposal proposal, String text) {
    boolean aead = proposal.transforms(TransformType.ENCR).stream().allMatch(t -> t.id().isAead());
    boolean mixed =
        !aead && proposal.transforms(TransformType.ENCR).stream().anyMatch(t -> t.id().isAead());
    if (mixed || aead != proposal.transforms(TransformType.INTEG).isEmpty()) {
      throw new IllegalArgumentException(
          "the proposal " + text + " needs an integrity algorithm or AES-GCM, not both");
    }
  }

  private static Proposal parse(int number, ProtocolId protocol, String text) {
    List<Transform> transforms = new ArrayList<>();
    for (String word : text.split("-", -1)) {
      Transform transform = WORDS.get(word);
      if (transform == null) {
        throw new IllegalArgumentException(
            "unknown word '"
                + word
                + "' in the proposal "
                + text
                + "; known: "
                + WORDS.keySet().stream().sorted().toList());
      }
      transforms.add(transform);
    }
    return new Proposal(number, protocol, Octets.EMPTY, transforms);
  }

  /** What Windows 7 to 11 offer for IKE unless told otherwise: twelve suites, all with group 2. */
  public static List<Proposal> windowsDefault() {
    return windows("modp1024");
  }

  /**
   * The twelve suites of Windows with another group.
   *
   * @param group e.g. {@code modp2048}
   */
  public static List<Proposal> windows(String group) {
    List<String> all = new ArrayList<>();
    for (String cipher : List.of("3des", "aes128", "aes192", "aes256")) {
      for (String hash : List.of("sha1", "sha256", "sha384")) {
        all.add(cipher + "-" + hash + "-" + group);
      }
    }
    return ike(all.toArray(String[]::new));
  }

  /**
   * What Windows offers with NegotiateDH2048_AES256 = 1 in its registry: the default, and AES-256
   * with group 14 in front of it.
   */
  public static List<Proposal> windowsWithGroup14() {
    List<Proposal> all =
        new ArrayList<>(
            ike("aes256-sha256-modp2048", "aes256-sha384-modp2048", "aes256-sha1-modp2048"));
    for (Proposal proposal : windowsDefault()) {
      all.add(proposal.withNumber(all.size() + 1));
    }
    return List.copyOf(all);
  }

  /** What Windows offers for ESP. */
  public static List<Proposal> windowsEsp() {
    return esp("aes256-sha1", "aes128-sha1", "3des-sha1", "des-sha1", "null-sha1");
  }

  /** All that is implemented for IKE, for a responder that is not choosy. */
  public static List<Proposal> everything() {
    String groups = "curve25519-ecp256-ecp384-modp2048-modp1024";
    return ike(
        "aes256-aes192-aes128-3des-sha256-sha384-sha1-" + groups,
        "aes256gcm16-aes128gcm16-prfsha256-prfsha384-prfsha1-" + groups);
  }

  /** All that is implemented for ESP but NULL and DES. */
  public static List<Proposal> everythingForEsp() {
    return esp("aes256-aes192-aes128-3des-sha256-sha384-sha1", "aes256gcm16-aes128gcm16");
  }

  /** In IKE_AUTH a Child SA takes its keys from the IKE SA (RFC 7296 section 1.2). */
  static Proposal withoutGroup(Proposal proposal) {
    return proposal.withTransforms(
        proposal.transforms().stream().filter(t -> !t.type().equals(TransformType.DH)).toList());
  }

  /** A group of any kind is welcome where none is configured. */
  static Proposal withAnyGroup(Proposal proposal) {
    if (!proposal.transforms(TransformType.DH).isEmpty()) {
      return proposal;
    }
    List<Transform> transforms = new ArrayList<>(proposal.transforms());
    for (DhGroup group : DhGroup.values()) {
      transforms.add(Transform.of(group.id()));
    }
    return proposal.withTransforms(transforms);
  }

  /**
   * The first of the offers that is acceptable, with the first acceptable transform of each type
   * and the offer's number and SPI. Types that only the offer has make it unacceptable, except that
   * a group is not needed where {@code withGroup} is false.
   */
  static Optional<Proposal> choose(
      List<Proposal> offered, List<Proposal> acceptable, boolean withGroup) {
    for (Proposal offer : offered) {
      for (Proposal accepted : acceptable) {
        Optional<Proposal> chosen = choose(offer, accepted, withGroup);
        if (chosen.isPresent()) {
          return chosen;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Proposal> choose(Proposal offer, Proposal accepted, boolean withGroup) {
    if (!offer.protocol().equals(accepted.protocol())) {
      return Optional.empty();
    }
    List<TransformType> types =
        offer.transforms().stream()
            .map(Transform::type)
            .filter(type -> withGroup || !type.equals(TransformType.DH))
            .distinct()
            .toList();
    List<Transform> chosen = new ArrayList<>();
    for (TransformType type : types) {
      List<Transform> own = accepted.transforms(type);
      Optional<Transform> first = offer.transforms(type).stream().filter(own::contains).findFirst();
      if (first.isPresent()) {
        chosen.add(first.get());
      } else if (!isOmissible(offer, accepted, type)) {
        return Optional.empty();
      }
    }
    for (Transform needed : accepted.transforms()) {
      boolean covered = types.contains(needed.type()) || isOptional(needed.type(), withGroup);
      if (!covered) {
        return Optional.empty();
      }
    }
    return Optional.of(offer.withTransforms(chosen));
  }

  /** NONE among the offered means that the type may be left out. */
  private static boolean isOmissible(Proposal offer, Proposal accepted, TransformType type) {
    boolean noneOffered = offer.transforms(type).stream().anyMatch(t -> t.id().number() == 0);
    return accepted.transforms(type).isEmpty() && noneOffered && !type.equals(TransformType.ESN);
  }

  private static boolean isOptional(TransformType type, boolean withGroup) {
    return type.equals(TransformType.ESN) || (type.equals(TransformType.DH) && !withGroup);
  }

  /** Whether a responder's choice is one of the offers with one transform of each of its types. */
  static boolean isChoiceAmong(Proposal chosen, List<Proposal> offered) {
    return offered.stream()
        .filter(offer -> offer.number() == chosen.number())
        .filter(offer -> offer.protocol().equals(chosen.protocol()))
        .anyMatch(offer -> isChoiceOf(chosen, offer));
  }

  private static boolean isChoiceOf(Proposal chosen, Proposal offer) {
    List<TransformType> types = chosen.transforms().stream().map(Transform::type).toList();
    return types.size() == types.stream().distinct().count()
        && offer.transforms().containsAll(chosen.transforms());
  }
}
