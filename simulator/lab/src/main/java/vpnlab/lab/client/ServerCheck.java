package vpnlab.lab.client;

import java.time.Instant;
import java.util.List;
import vpnlab.lab.host.PeerCertificates;
import vpnlab.protocol.ike.PeerVerifier;
import vpnlab.protocol.x509.ChainPolicy;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.Identity;

/**
 * The client's look at the server's certificate: time, chain, trust in the machine's own root
 * store, Server Authentication, and the name against the one that was dialed. IDr is not looked at,
 * as in Windows.
 */
record ServerCheck(PeerCertificates certificates, String dialedName) implements PeerVerifier {
  @Override
  public Verdict judge(Instant now, List<Octets> chain, Identity identity) {
    PeerCertificates.Judgement judgement =
        certificates.judge(
            now, chain, ChainPolicy.ikeServer(dialedName), "CERT_CHAIN_POLICY_SSL (IKEv2 server)");
    return judgement.accepted()
        ? new Accepted(judgement.certificate().orElseThrow().getPublicKey())
        : new Refused(RasErrors.IKE_AUTH_FAIL, judgement.text());
  }
}
