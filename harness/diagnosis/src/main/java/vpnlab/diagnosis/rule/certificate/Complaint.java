package vpnlab.diagnosis.rule.certificate;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.facts.PeerChain;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.ChainStatus.Flag;

/** What the client's CAPI2 log holds against the server's certificate. */
enum Complaint {
  /** CERT_E_EXPIRED stands for "not yet valid", too. */
  TIME(Set.of(Flag.IS_NOT_TIME_VALID), List.of(0x800B0101)),
  /** CERT_E_UNTRUSTEDROOT and CERT_E_CHAINING. */
  TRUST(Set.of(Flag.IS_UNTRUSTED_ROOT, Flag.IS_PARTIAL_CHAIN), List.of(0x800B0109, 0x800B010A)),
  /** CERT_E_CN_NO_MATCH. */
  NAME(Set.of(), List.of(0x800B010F)),
  /** CERT_E_WRONG_USAGE. */
  PURPOSE(Set.of(Flag.IS_NOT_VALID_FOR_USAGE), List.of(0x800B0110));

  private final Set<Flag> flags;
  private final List<Integer> results;

  Complaint(Set<Flag> flags, List<Integer> results) {
    this.flags = flags;
    this.results = results;
  }

  boolean isAbout(PeerChain chain) {
    return flags.stream().anyMatch(flag -> chain.status().has(flag))
        || results.stream().anyMatch(chain::endedWith);
  }

  /**
   * Why a cause is a candidate where the log complains of a certificate that the evidence does not
   * hold: Windows writes it into a file of its own, not into the record.
   */
  Optional<Grounds> withoutCertificate(Facts facts, String summary) {
    PeerChain chain = facts.serverChain();
    return chain.leaf().isEmpty() && isAbout(chain)
        ? Optional.of(
            Grounds.certain(summary)
                .unless("the server's certificate")
                .cite(chain.citeBuilding())
                .cite(chain.citeChecking()))
        : Optional.empty();
  }
}
