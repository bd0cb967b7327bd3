package vpnlab.protocol.ike;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.HashAlgorithm;
import vpnlab.wire.ike.Identity;
import vpnlab.wire.ike.Proposal;
import vpnlab.wire.ike.TrafficSelector;

/**
 * What an {@link IkeResponder} offers and accepts.
 *
 * @param identity IDr
 * @param certificate what it authenticates with, except towards clients with a pre-shared key
 * @param ikeProposals acceptable for IKE SAs; the client's order decides
 * @param espProposals acceptable for Child SAs; with a group, every rekeying needs one (PFS)
 * @param acceptsEap whether clients may authenticate with EAP
 * @param clientVerifier judges clients' certificates; null when they may not authenticate with one
 * @param preSharedKeys null when clients may not authenticate with a pre-shared key
 * @param authorities {@link CertificateAuthorities#keyHash hashes} for CERTREQ; none is sent when
 *     empty
 * @param vendorIds sent in IKE_SA_INIT
 * @param fragmentation whether to support IKE fragmentation (RFC 7383)
 * @param fragmentSize octets of a UDP payload from which on messages go in fragments, at least 300
 * @param signatureHashes sent as SIGNATURE_HASH_ALGORITHMS to clients that send theirs; empty for
 *     no such notification
 * @param rsaPss whether an RSA key signs with PSS where the client can verify it
 * @param requiresConfiguration whether a client that does not ask for an address is refused
 *     (FAILED_CP_REQUIRED)
 * @param tellsWindowsErrors whether refusals carry the Windows error code in MS_NOTIFY_STATUS
 * @param selectors what clients may reach (TSr)
 * @param cookieThreshold half-open SAs from which on clients must return a cookie
 * @param maxHalfOpen half-open SAs from which on requests are ignored
 * @param maxSas IKE SAs of all states from which on requests are ignored
 * @param halfOpenLifetime how long a client may leave a handshake alone
 * @param answersUnknownSpis whether requests under unknown SPIs get an INVALID_IKE_SPI in the clear
 * @param retransmission for the responder's own requests
 * @param mobility whether clients may use MOBIKE (RFC 4555)
 * @param additionalAddresses further addresses of this end, told to clients that speak MOBIKE
 * @param addressPolicy which addresses a client may move to
 * @param checksRoutability whether a client must prove that it is where it says it has moved to,
 *     before ESP goes there
 * @param outageLimit how long under MOBIKE a request of an established SA is repeated
 */
public record IkeResponderConfig(
    Identity identity,
    OwnCertificate certificate,
    List<Proposal> ikeProposals,
    List<Proposal> espProposals,
    boolean acceptsEap,
    PeerVerifier clientVerifier,
    PreSharedKeys preSharedKeys,
    List<Octets> authorities,
    List<Octets> vendorIds,
    boolean fragmentation,
    int fragmentSize,
    List<HashAlgorithm> signatureHashes,
    boolean rsaPss,
    boolean requiresConfiguration,
    boolean tellsWindowsErrors,
    List<TrafficSelector> selectors,
    int cookieThreshold,
    int maxHalfOpen,
    int maxSas,
    Duration halfOpenLifetime,
    boolean answersUnknownSpis,
    RetransmissionPolicy retransmission,
    boolean mobility,
    List<InetAddress> additionalAddresses,
    AddressPolicy addressPolicy,
    boolean checksRoutability,
    Duration outageLimit) {
  public IkeResponderConfig {
    ikeProposals = List.copyOf(ikeProposals);
    espProposals = List.copyOf(espProposals);
    authorities = List.copyOf(authorities);
    vendorIds = List.copyOf(vendorIds);
    signatureHashes = List.copyOf(signatureHashes);
    selectors = List.copyOf(selectors);
    additionalAddresses = List.copyOf(additionalAddresses);
    Objects.requireNonNull(identity, "identity");
    Objects.requireNonNull(certificate, "certificate");
    if (fragmentSize < 300) {
      throw new IllegalArgumentException("fragmentSize " + fragmentSize + " is less than 300");
    }
  }

  private static final List<Proposal> EVERYTHING_FOR_ESP =
      java.util.stream.Stream.concat(
              IkeProposals.everythingForEsp().stream(), IkeProposals.windowsEsp().stream())
          .toList();

  /** Judges where a client wants to move to (RFC 4555 section 3.5). Must not block. */
  @FunctionalInterface
  public interface AddressPolicy {
    boolean accepts(InetSocketAddress local, InetSocketAddress remote);
  }

  /** Looks up the secret shared with a client. Must not block. */
  @FunctionalInterface
  public interface PreSharedKeys {
    /**
     * The secret, or none.
     *
     * @param identity the client's IDi
     */
    Optional<Octets> secretOf(Identity identity);
  }

  /** A responder of that identity. */
  public static Builder builder(Identity identity) {
    return new Builder(identity);
  }

  /**
   * Everything has a default but the identity; nothing is accepted as authentication by default.
   */
  public static final class Builder {
    private Identity identity;
    private OwnCertificate certificate = new OwnCertificate.Absent(13806);
    private List<Proposal> ikeProposals = IkeProposals.everything();
    private List<Proposal> espProposals = EVERYTHING_FOR_ESP;
    private boolean acceptsEap = false;
    private PeerVerifier clientVerifier;
    private PreSharedKeys preSharedKeys;
    private List<Octets> authorities = List.of();
    private List<Octets> vendorIds = List.of();
    private boolean fragmentation = true;
    private int fragmentSize = 548;
    private List<HashAlgorithm> signatureHashes = AuthenticationSignature.supported();
    private boolean rsaPss = false;
    private boolean requiresConfiguration = false;
    private boolean tellsWindowsErrors = true;
    private List<TrafficSelector> selectors = List.of(TrafficSelector.ANY_IPV4);
    private int cookieThreshold = 500;
    private int maxHalfOpen = 5000;
    private int maxSas = 100000;
    private Duration halfOpenLifetime = Duration.ofSeconds(60);
    private boolean answersUnknownSpis = false;
    private RetransmissionPolicy retransmission = RetransmissionPolicy.WINDOWS;
    private boolean mobility = true;
    private List<InetAddress> additionalAddresses = List.of();
    private AddressPolicy addressPolicy = (local, remote) -> true;
    private boolean checksRoutability = true;
    private Duration outageLimit = Mobility.OUTAGE_LIMIT;

    private Builder(Identity identity) {
      this.identity = identity;
    }

    public Builder identity(Identity value) {
      this.identity = value;
      return this;
    }

    public Builder certificate(OwnCertificate value) {
      this.certificate = value;
      return this;
    }

    public Builder ikeProposals(List<Proposal> value) {
      this.ikeProposals = value;
      return this;
    }

    public Builder espProposals(List<Proposal> value) {
      this.espProposals = value;
      return this;
    }

    public Builder acceptsEap(boolean value) {
      this.acceptsEap = value;
      return this;
    }

    public Builder clientVerifier(PeerVerifier value) {
      this.clientVerifier = value;
      return this;
    }

    public Builder preSharedKeys(PreSharedKeys value) {
      this.preSharedKeys = value;
      return this;
    }

    public Builder authorities(List<Octets> value) {
      this.authorities = value;
      return this;
    }

    public Builder vendorIds(List<Octets> value) {
      this.vendorIds = value;
      return this;
    }

    public Builder fragmentation(boolean value) {
      this.fragmentation = value;
      return this;
    }

    public Builder fragmentSize(int value) {
      this.fragmentSize = value;
      return this;
    }

    public Builder signatureHashes(List<HashAlgorithm> value) {
      this.signatureHashes = value;
      return this;
    }

    public Builder rsaPss(boolean value) {
      this.rsaPss = value;
      return this;
    }

    public Builder requiresConfiguration(boolean value) {
      this.requiresConfiguration = value;
      return this;
    }

    public Builder tellsWindowsErrors(boolean value) {
      this.tellsWindowsErrors = value;
      return this;
    }

    public Builder selectors(List<TrafficSelector> value) {
      this.selectors = value;
      return this;
    }

    public Builder cookieThreshold(int value) {
      this.cookieThreshold = value;
      return this;
    }

    public Builder maxHalfOpen(int value) {
      this.maxHalfOpen = value;
      return this;
    }

    public Builder maxSas(int value) {
      this.maxSas = value;
      return this;
    }

    public Builder halfOpenLifetime(Duration value) {
      this.halfOpenLifetime = value;
      return this;
    }

    public Builder answersUnknownSpis(boolean value) {
      this.answersUnknownSpis = value;
      return this;
    }

    public Builder retransmission(RetransmissionPolicy value) {
      this.retransmission = value;
      return this;
    }

    public Builder mobility(boolean value) {
      this.mobility = value;
      return this;
    }

    public Builder additionalAddresses(List<InetAddress> value) {
      this.additionalAddresses = value;
      return this;
    }

    public Builder outageLimit(Duration value) {
      this.outageLimit = value;
      return this;
    }

    public Builder addressPolicy(AddressPolicy value) {
      this.addressPolicy = value;
      return this;
    }

    public Builder checksRoutability(boolean value) {
      this.checksRoutability = value;
      return this;
    }

    public IkeResponderConfig build() {
      return new IkeResponderConfig(
          identity,
          certificate,
          ikeProposals,
          espProposals,
          acceptsEap,
          clientVerifier,
          preSharedKeys,
          authorities,
          vendorIds,
          fragmentation,
          fragmentSize,
          signatureHashes,
          rsaPss,
          requiresConfiguration,
          tellsWindowsErrors,
          selectors,
          cookieThreshold,
          maxHalfOpen,
          maxSas,
          halfOpenLifetime,
          answersUnknownSpis,
          retransmission,
          mobility,
          additionalAddresses,
          addressPolicy,
          checksRoutability,
          outageLimit);
    }
  }
}
