package vpnlab.diagnosis.rule.certificate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.diagnosis.facts.CertificateView;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.facts.PeerChain;
import vpnlab.evidence.HostFacts;

/** The server's certificate held against the name that was dialed, when they do not fit. */
record NameCheck(Facts facts, CertificateView leaf) {
  /** Ends of names that no public DNS has (RFC 6762 appendix G, RFC 8375, ICANN's .internal). */
  private static final Set<String> PRIVATE_ZONES =
      Set.of("local", "internal", "intranet", "private", "corp", "home", "lan", "localdomain");

  /** Empty when the client did not complain, or the certificate does fit. */
  static Optional<NameCheck> failed(Facts facts) {
    PeerChain chain = facts.serverChain();
    return chain
        .leaf()
        .filter(leaf -> Complaint.NAME.isAbout(chain))
        .filter(leaf -> !leaf.isFor(facts.profile().server()))
        .map(leaf -> new NameCheck(facts, leaf));
  }

  String dialed() {
    return facts.profile().server();
  }

  String certified() {
    return String.join(", ", leaf.names());
  }

  boolean dialedByAddress() {
    return CertificateView.isAddress(dialed());
  }

  boolean internalName() {
    return !dialedByAddress()
        && !citeNat().isEmpty()
        && (looksInternal() || (facts.administrator() ? namesTheHost() : namesOtherZone()));
  }

  boolean otherName() {
    return !dialedByAddress() && !internalName();
  }

  /** Every name is a bare host name, of a zone without public DNS, or a private address. */
  private boolean looksInternal() {
    return !leaf.names().isEmpty() && leaf.names().stream().allMatch(NameCheck::isInternal);
  }

  private static boolean isInternal(String name) {
    if (CertificateView.isAddress(name)) {
      return name.startsWith("10.")
          || name.startsWith("192.168.")
          || name.matches("172\\.(1[6-9]|2[0-9]|3[01])\\..*");
    }
    String[] labels = name.toLowerCase(Locale.ROOT).split("\\.");
    return labels.length == 1 || PRIVATE_ZONES.contains(labels[labels.length - 1]);
  }

  private boolean namesOtherZone() {
    String zone = zone(dialed());
    return leaf.names().stream().noneMatch(name -> zone(name).equals(zone));
  }

  /** The last two labels. */
  private static String zone(String name) {
    String[] labels = name.toLowerCase(Locale.ROOT).split("\\.");
    return labels.length < 2 ? name : labels[labels.length - 2] + "." + labels[labels.length - 1];
  }

  private boolean namesTheHost() {
    String server = facts.vpnServer();
    List<String> addresses = facts.host(server).map(HostFacts::addresses).orElse(List.of());
    return leaf.names().stream()
        .anyMatch(
            name ->
                addresses.contains(name)
                    || name.toLowerCase(Locale.ROOT).split("\\.")[0].equals(server));
  }

  /** The evidence that the server is behind a NAT; empty when it is not. */
  private List<Citation> citeNat() {
    List<Citation> citations = new ArrayList<>();
    facts
        .ike()
        .proofOfNatBeforeServer()
        .ifPresent(
            answer ->
                citations.add(
                    Cite.packet(
                        answer,
                        "NAT_DETECTION_SOURCE_IP does not fit the source %s: a NAT is before the server"
                            .formatted(answer.datagram().source()))));
    if (citations.isEmpty() && facts.administrator()) {
      Optional<String> dialedAddress = facts.ike().serverAddress();
      facts
          .host(facts.vpnServer())
          .filter(host -> !host.addresses().isEmpty())
          .filter(host -> dialedAddress.filter(a -> !host.addresses().contains(a)).isPresent())
          .ifPresent(host -> citations.add(Cite.host(host, "addresses = " + host.addresses())));
    }
    return citations;
  }

  List<Citation> citations() {
    List<Citation> citations = new ArrayList<>(facts.serverChain().citeChecking());
    citations.add(Cite.certificate(facts.client(), leaf, "names = " + certified()));
    citations.add(Cite.profile(facts.profile(), "server = " + dialed()));
    if (internalName()) {
      citations.addAll(citeNat());
    }
    return citations;
  }
}
