package vpnlab.protocol.ike;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.ConfigurationAttributeType;
import vpnlab.wire.ike.HashAlgorithm;
import vpnlab.wire.ike.Identity;
import vpnlab.wire.ike.Proposal;
import vpnlab.wire.ike.TrafficSelector;
import vpnlab.wire.ike.TransformId;

/**
 * One connection of an {@link IkeInitiator}.
 *
 * @param local where IKE_SA_INIT is sent from
 * @param localNat where messages are sent from after the move to {@code remoteNat}
 * @param remote where IKE_SA_INIT is sent to, normally port 500
 * @param remoteNat where to move after IKE_SA_INIT, normally port 4500
 * @param moveToNatPort when to move
 * @param nonEspMarker which messages carry the marker
 * @param ikeProposals for the IKE SA, in order of preference
 * @param firstGroup of the first KE payload; null for the first one of the proposals
 * @param espProposals for the Child SA; a group is used when it is rekeyed (PFS)
 * @param vendorIds sent in IKE_SA_INIT
 * @param fragmentation whether to offer IKE fragmentation (RFC 7383)
 * @param fragmentSize octets of a UDP payload from which on messages go in fragments, at least 300
 * @param signatureHashes sent as SIGNATURE_HASH_ALGORITHMS; empty, as with Windows, for no such
 *     notification
 * @param rsaPss whether an RSA key signs with PSS where the peer can verify it
 * @param identity IDi
 * @param wantedIdentity IDr in the request; null, as with Windows, for none
 * @param credential how to authenticate
 * @param serverSecret pre-shared key that the server may authenticate with; null when it must use a
 *     certificate
 * @param serverVerifier judges the server's certificates and IDr
 * @param authorities {@link CertificateAuthorities#keyHash hashes} for CERTREQ; none is sent when
 *     empty
 * @param requestedConfiguration asked for in CP; no CP is sent when empty
 * @param localSelectors TSi
 * @param remoteSelectors TSr
 * @param initialContact whether IKE_AUTH carries INITIAL_CONTACT
 * @param retransmission for every request
 * @param eapPatience how long the owner may take to answer an EAP packet
 * @param mobility whether to offer MOBIKE (RFC 4555)
 * @param additionalAddresses further addresses of this end, told to a peer that speaks MOBIKE
 * @param outageLimit how long under MOBIKE a request of an established SA is repeated
 */
public record IkeInitiatorConfig(
    InetSocketAddress local,
    InetSocketAddress localNat,
    InetSocketAddress remote,
    InetSocketAddress remoteNat,
    MoveToNatPort moveToNatPort,
    NonEspMarker nonEspMarker,
    List<Proposal> ikeProposals,
    TransformId firstGroup,
    List<Proposal> espProposals,
    List<Octets> vendorIds,
    boolean fragmentation,
    int fragmentSize,
    List<HashAlgorithm> signatureHashes,
    boolean rsaPss,
    Identity identity,
    Identity wantedIdentity,
    IkeCredential credential,
    Octets serverSecret,
    PeerVerifier serverVerifier,
    List<Octets> authorities,
    List<ConfigurationAttributeType> requestedConfiguration,
    List<TrafficSelector> localSelectors,
    List<TrafficSelector> remoteSelectors,
    boolean initialContact,
    RetransmissionPolicy retransmission,
    Duration eapPatience,
    Mobility.Wish mobility,
    List<InetAddress> additionalAddresses,
    Duration outageLimit) {
  public IkeInitiatorConfig {
    ikeProposals = List.copyOf(ikeProposals);
    espProposals = List.copyOf(espProposals);
    vendorIds = List.copyOf(vendorIds);
    signatureHashes = List.copyOf(signatureHashes);
    authorities = List.copyOf(authorities);
    requestedConfiguration = List.copyOf(requestedConfiguration);
    localSelectors = List.copyOf(localSelectors);
    remoteSelectors = List.copyOf(remoteSelectors);
    additionalAddresses = List.copyOf(additionalAddresses);
    Objects.requireNonNull(identity, "identity");
    Objects.requireNonNull(credential, "credential");
    if (serverVerifier == null && serverSecret == null) {
      throw new IllegalArgumentException("nothing can authenticate the server");
    }
    if (ikeProposals.isEmpty() || espProposals.isEmpty()) {
      throw new IllegalArgumentException("proposals are needed for IKE and for ESP");
    }
    if (fragmentSize < 300) {
      throw new IllegalArgumentException("fragmentSize " + fragmentSize + " is less than 300");
    }
  }

  /** What Windows asks for. */
  private static final List<ConfigurationAttributeType> WINDOWS_CONFIGURATION =
      List.of(
          ConfigurationAttributeType.INTERNAL_IP4_ADDRESS,
          ConfigurationAttributeType.INTERNAL_IP4_NETMASK,
          ConfigurationAttributeType.INTERNAL_IP4_DNS,
          ConfigurationAttributeType.INTERNAL_IP4_NBNS,
          ConfigurationAttributeType.INTERNAL_IP4_SERVER);

  /** When to move from {@code remote} to {@code remoteNat} (RFC 7296 section 2.23). */
  public enum MoveToNatPort {
    /** As Windows: always when the peer's IKE_SA_INIT response takes part in NAT detection. */
    IF_PEER_DETECTS_NAT,
    /** Only when a NAT was found. */
    IF_NAT_FOUND,
    NEVER
  }

  /** Which messages carry the non-ESP marker (RFC 3948 section 2.2). */
  public enum NonEspMarker {
    /** Those to {@code remoteNat}. */
    ON_NAT_PORT,
    /**
     * Also those to {@code remote}, unless either port is 500: that is how strongSwan talks on
     * ports of its own.
     */
    UNLESS_PORT_500
  }

  /** Port 4500 for NAT traversal, from the same local port; IDi is the local address. */
  public static Builder builder(InetSocketAddress local, InetSocketAddress remote) {
    return new Builder(local, remote);
  }

  /**
   * Everything has a default but the addresses and, unless a pre-shared key is used, the verifier.
   */
  public static final class Builder {
    private InetSocketAddress local;
    private InetSocketAddress localNat;
    private InetSocketAddress remote;
    private InetSocketAddress remoteNat;
    private MoveToNatPort moveToNatPort = MoveToNatPort.IF_PEER_DETECTS_NAT;
    private NonEspMarker nonEspMarker = NonEspMarker.ON_NAT_PORT;
    private List<Proposal> ikeProposals = IkeProposals.windowsDefault();
    private TransformId firstGroup;
    private List<Proposal> espProposals = IkeProposals.windowsEsp();
    private List<Octets> vendorIds = VendorIds.windows();
    private boolean fragmentation = true;
    private int fragmentSize = 548;
    private List<HashAlgorithm> signatureHashes = List.of();
    private boolean rsaPss = false;
    private Identity identity;
    private Identity wantedIdentity;
    private IkeCredential credential = new IkeCredential.Eap();
    private Octets serverSecret;
    private PeerVerifier serverVerifier;
    private List<Octets> authorities = List.of();
    private List<ConfigurationAttributeType> requestedConfiguration = WINDOWS_CONFIGURATION;
    private List<TrafficSelector> localSelectors = List.of(TrafficSelector.ANY_IPV4);
    private List<TrafficSelector> remoteSelectors = List.of(TrafficSelector.ANY_IPV4);
    private boolean initialContact = false;
    private RetransmissionPolicy retransmission = RetransmissionPolicy.WINDOWS;
    private Duration eapPatience = Duration.ofMinutes(2);
    private Mobility.Wish mobility = Mobility.Wish.ON;
    private List<InetAddress> additionalAddresses = List.of();
    private Duration outageLimit = Mobility.OUTAGE_LIMIT;

    private Builder(InetSocketAddress local, InetSocketAddress remote) {
      this.local = local;
      this.remote = remote;
      this.localNat = local;
      this.remoteNat = new InetSocketAddress(remote.getAddress(), 4500);
      this.identity = Identity.address(local.getAddress());
    }

    public Builder local(InetSocketAddress value) {
      this.local = value;
      return this;
    }

    public Builder localNat(InetSocketAddress value) {
      this.localNat = value;
      return this;
    }

    public Builder remote(InetSocketAddress value) {
      this.remote = value;
      return this;
    }

    public Builder remoteNat(InetSocketAddress value) {
      this.remoteNat = value;
      return this;
    }

    public Builder moveToNatPort(MoveToNatPort value) {
      this.moveToNatPort = value;
      return this;
    }

    public Builder nonEspMarker(NonEspMarker value) {
      this.nonEspMarker = value;
      return this;
    }

    public Builder ikeProposals(List<Proposal> value) {
      this.ikeProposals = value;
      return this;
    }

    public Builder firstGroup(TransformId value) {
      this.firstGroup = value;
      return this;
    }

    public Builder espProposals(List<Proposal> value) {
      this.espProposals = value;
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

    public Builder identity(Identity value) {
      this.identity = value;
      return this;
    }

    public Builder wantedIdentity(Identity value) {
      this.wantedIdentity = value;
      return this;
    }

    public Builder credential(IkeCredential value) {
      this.credential = value;
      return this;
    }

    public Builder serverSecret(Octets value) {
      this.serverSecret = value;
      return this;
    }

    public Builder serverVerifier(PeerVerifier value) {
      this.serverVerifier = value;
      return this;
    }

    public Builder authorities(List<Octets> value) {
      this.authorities = value;
      return this;
    }

    public Builder requestedConfiguration(List<ConfigurationAttributeType> value) {
      this.requestedConfiguration = value;
      return this;
    }

    public Builder localSelectors(List<TrafficSelector> value) {
      this.localSelectors = value;
      return this;
    }

    public Builder remoteSelectors(List<TrafficSelector> value) {
      this.remoteSelectors = value;
      return this;
    }

    public Builder initialContact(boolean value) {
      this.initialContact = value;
      return this;
    }

    public Builder retransmission(RetransmissionPolicy value) {
      this.retransmission = value;
      return this;
    }

    public Builder eapPatience(Duration value) {
      this.eapPatience = value;
      return this;
    }

    public Builder mobility(Mobility.Wish value) {
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

    public IkeInitiatorConfig build() {
      return new IkeInitiatorConfig(
          local,
          localNat,
          remote,
          remoteNat,
          moveToNatPort,
          nonEspMarker,
          ikeProposals,
          firstGroup,
          espProposals,
          vendorIds,
          fragmentation,
          fragmentSize,
          signatureHashes,
          rsaPss,
          identity,
          wantedIdentity,
          credential,
          serverSecret,
          serverVerifier,
          authorities,
          requestedConfiguration,
          localSelectors,
          remoteSelectors,
          initialContact,
          retransmission,
          eapPatience,
          mobility,
          additionalAddresses,
          outageLimit);
    }
  }
}
