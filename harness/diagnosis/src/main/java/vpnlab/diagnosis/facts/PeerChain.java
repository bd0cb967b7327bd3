package vpnlab.diagnosis.facts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.evidence.ChainStatus;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.RasError;
import vpnlab.wire.Octets;

/**
 * What a host's CAPI2 log says about the certificates of its peer: what was sent (event 90), what
 * came of building the chain (11) and of checking its purpose and name (30).
 */
public final class PeerChain {
  /** Where the way up from the peer's certificate ends. */
  public enum End {
    /** In {@code LocalMachine\Root}. */
    TRUSTED,
    /** In {@code CurrentUser\Root}, and in no store that counts for the machine. */
    TRUSTED_BY_USER_ONLY,
    /** At a self-signed certificate that no store holds. */
    UNTRUSTED_ROOT,
    /** Before a root: an issuer's certificate is neither sent nor stored. */
    ISSUER_MISSING
  }

  private final String host;
  private final CertificateStores stores;
  private final Optional<EventRecord> built;
  private final Optional<EventRecord> checked;
  private final List<CertificateView> sent = new ArrayList<>();

  /** Reads the events of {@code host} in this attempt up to {@code limit}. */
  PeerChain(EventLog log, String host, CertificateStores stores, Optional<EventRecord> limit) {
    this.host = host;
    this.stores = stores;
    this.built = log.lastBefore(limit, host, EventLog.CAPI2, 11);
    this.checked = log.lastBefore(limit, host, EventLog.CAPI2, 30);
    log.lastBefore(limit, host, EventLog.CAPI2, 90)
        .ifPresent(event -> readCertificates(event.data("Certificates")));
  }

  private PeerChain(
      String host,
      CertificateStores stores,
      Optional<EventRecord> built,
      Optional<EventRecord> checked,
      Optional<EventRecord> shown) {
    this.host = host;
    this.stores = stores;
    this.built = built;
    this.checked = checked;
    shown.ifPresent(event -> readCertificates(event.data("Certificates")));
  }

  /** Reads the events of {@code host} in this attempt behind {@code start}; without it, none. */
  static PeerChain after(
      EventLog log, String host, CertificateStores stores, Optional<EventRecord> start) {
    return new PeerChain(
        host,
        stores,
        log.lastAfter(start, host, EventLog.CAPI2, 11),
        log.lastAfter(start, host, EventLog.CAPI2, 30),
        log.lastAfter(start, host, EventLog.CAPI2, 90));
  }

  private void readCertificates(String base64Words) {
    for (String word : base64Words.strip().split("\\s+")) {
      try {
        CertificateView.parse(Octets.of(Base64.getDecoder().decode(word))).ifPresent(sent::add);
      } catch (IllegalArgumentException notBase64) {
        continue; // a damaged log line; the other certificates still count
      }
    }
  }

  /** The peer's own certificate. */
  public Optional<CertificateView> leaf() {
    return sent.stream().findFirst();
  }

  /** All that the peer sent, its own certificate first. */
  public List<CertificateView> sent() {
    return List.copyOf(sent);
  }

  public ChainStatus status() {
    return built
        .map(event -> ChainStatus.parse(event.data("ErrorStatus")))
        .orElse(ChainStatus.GOOD);
  }

  /** Whether either check ended with that HRESULT. */
  public boolean endedWith(int hresult) {
    return result(built) == hresult || result(checked) == hresult;
  }

  private static int result(Optional<EventRecord> event) {
    return event
        .map(e -> e.data("Result"))
        .map(text -> text.isEmpty() || text.startsWith("0x") ? text : "0x" + text)
        .flatMap(RasError::parse)
        .map(RasError::code)
        .orElse(0);
  }

  /** Whether a check was made and none found anything. */
  public boolean good() {
    return built.isPresent() && status().bits() == 0 && result(built) == 0 && result(checked) == 0;
  }

  /** When the chain was built, by the host's clock. */
  public Optional<Instant> builtAt() {
    return built.map(EventRecord::at);
  }

  /** From the peer's certificate up, as far as the host has certificates. Empty without a leaf. */
  public List<CertificateView> path() {
    return leaf().map(leaf -> stores.path(leaf, sent, host)).orElse(List.of());
  }

  /** Where {@link #path} ends. */
  public End end() {
    List<CertificateView> path = path();
    CertificateView top = path.get(path.size() - 1);
    for (CertificateView member : path) {
      if (stores.holds(host, CertificateStores.MACHINE_ROOT, member)) {
        return End.TRUSTED;
      }
    }
    if (!top.selfIssued()) {
      return End.ISSUER_MISSING;
    }
    return stores.holds(host, CertificateStores.USER_ROOT, top)
        ? End.TRUSTED_BY_USER_ONLY
        : End.UNTRUSTED_ROOT;
  }

  /** The event about building the chain, as evidence. */
  public List<Citation> citeBuilding() {
    return built
        .map(event -> List.of(Cite.event(event, "ErrorStatus = " + status())))
        .orElse(List.of());
  }

  /** The event about checking purpose and name, as evidence. */
  public List<Citation> citeChecking() {
    return checked
        .map(
            event ->
                List.of(
                    Cite.event(
                        event,
                        "Result = %s, ServerName = %s"
                            .formatted(RasError.of(result(checked)), event.data("ServerName")))))
        .orElse(List.of());
  }
}
