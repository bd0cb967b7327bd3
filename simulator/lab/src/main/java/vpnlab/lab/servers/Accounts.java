package vpnlab.lab.servers;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import vpnlab.lab.directory.Account;
import vpnlab.lab.directory.Directory;
import vpnlab.lab.host.Machine;
import vpnlab.lab.host.PeerCertificates;
import vpnlab.lab.host.UserPrincipalName;
import vpnlab.protocol.eap.AccountDecision;
import vpnlab.protocol.eap.CertificateAndKey;
import vpnlab.protocol.eap.CertificateVerdict;
import vpnlab.protocol.eap.CertificateVerdict.Refused;
import vpnlab.protocol.eap.EapAuthenticatorFailure;
import vpnlab.protocol.eap.EapAuthenticatorMethod;
import vpnlab.protocol.eap.EapAuthenticatorResult;
import vpnlab.protocol.x509.CertificateFields;
import vpnlab.protocol.x509.ChainError;
import vpnlab.protocol.x509.ChainPolicy;
import vpnlab.protocol.x509.ChainResult;
import vpnlab.wire.Octets;

/** One conversation's view of the directory: what each EAP method needs, and the reason codes. */
final class Accounts {
  private static final int AUTH_FAILURE = 16;

  private final Machine machine;
  private final Directory directory;

  Accounts(Machine machine, Directory directory) {
    this.machine = machine;
    this.directory = directory;
  }

  /** The methods of a network policy, in its order. */
  List<EapAuthenticatorMethod> methods(List<String> names) {
    List<EapAuthenticatorMethod> methods = new ArrayList<>();
    for (String name : names) {
      if (name.equals("eap-mschapv2")) {
        methods.add(new EapAuthenticatorMethod.MsChapV2(machine.name(), this::credentials));
      } else if (name.equals("eap-tls")) {
        tls().ifPresent(methods::add);
      }
    }
    return methods;
  }

  /** Empty when NPS has no certificate to show; then the method cannot be offered. */
  private Optional<EapAuthenticatorMethod> tls() {
    List<Octets> authorities =
        machine.stores().certificates("machine-root").stream()
            .map(root -> Octets.of(root.getSubjectX500Principal().getEncoded()))
            .toList();
    return machine.stores().withKey("machine-my").stream()
        .findFirst()
        .map(
            own ->
                new EapAuthenticatorMethod.Tls(
                    new CertificateAndKey(
                        own.chain().stream().map(CertificateFields::der).toList(),
                        own.key().orElseThrow()),
                    this::judge,
                    authorities));
  }

  private CertificateVerdict judge(Instant now, List<Octets> chain) {
    PeerCertificates.Judgement judgement =
        new PeerCertificates(machine)
            .judge(now, chain, ChainPolicy.client(), "CERT_CHAIN_POLICY_BASE (EAP-TLS client)");
    if (judgement.accepted()) {
      return new CertificateVerdict.Accepted();
    }
    ChainResult result = judgement.chain().orElse(null);
    if (result == null) {
      return new Refused(263, judgement.text(), Refused.BAD_CERTIFICATE);
    } else if (result.has(ChainError.UNTRUSTED_ROOT) || result.has(ChainError.PARTIAL_CHAIN)) {
      return new Refused(265, judgement.text(), Refused.UNKNOWN_CA);
    } else if (result.has(ChainError.REVOKED)) {
      return new Refused(256, judgement.text(), Refused.CERTIFICATE_REVOKED);
    } else if (result.has(ChainError.NOT_TIME_VALID)) {
      return new Refused(268, judgement.text(), Refused.CERTIFICATE_EXPIRED);
    } else if (result.has(ChainError.NOT_VALID_FOR_USAGE)) {
      return new Refused(267, judgement.text(), Refused.UNSUPPORTED_CERTIFICATE);
    }
    return new Refused(23, judgement.text(), Refused.BAD_CERTIFICATE);
  }

  private AccountDecision credentials(Instant now, String name) {
    Optional<Account> account = directory.find(name);
    if (account.isEmpty()) {
      return new AccountDecision.Unknown();
    }
    OptionalInt refusal =
        directory
            .restriction(account.get(), now)
            .map(restriction -> OptionalInt.of(restriction.msChapError()))
            .orElse(OptionalInt.empty());
    return new AccountDecision.Known(account.get().ntPasswordHash(), refusal);
  }

  /**
   * What still stands against a user who has proved who he is. With EAP-TLS that is the account of
   * the certificate's UPN, whatever User-Name says; another account in User-Name is a fraud.
   *
   * @param groups of the policy, which an unknown User-Name could not be held against before
   */
  Optional<Directory.Restriction> afterSuccess(
      EapAuthenticatorResult.Success success, String user, List<String> groups) {
    Optional<Account> named = directory.find(user);
    Optional<Account> proved =
        success.chain().isEmpty()
            ? named
            : UserPrincipalName.of(success.chain().get(0)).flatMap(directory::find);
    if (proved.isEmpty()) {
      return Optional.of(directory.absent(user));
    }
    if (named.isPresent() && named.get() != proved.get()) {
      return Optional.of(
          new Directory.Restriction(
              AUTH_FAILURE, "The certificate belongs to another account than the user name.", 691));
    }
    if (!NetworkPolicies.anyOf(groups, proved.get().groups())) {
      return Optional.of(new Directory.Restriction(48, "No network policy matches.", 0));
    }
    return directory.restriction(proved.get(), machine.now());
  }

  /** NPS's reason for a failed EAP conversation. */
  Directory.Restriction reason(EapAuthenticatorFailure failure) {
    if (failure instanceof EapAuthenticatorFailure.BadCredentials) {
      return new Directory.Restriction(AUTH_FAILURE, "The user name or password is wrong.", 691);
    } else if (failure instanceof EapAuthenticatorFailure.UnknownAccount unknown) {
      return directory.absent(unknown.name());
    } else if (failure instanceof EapAuthenticatorFailure.AccountRefused refused) {
      return directory
          .find(refused.name())
          .flatMap(account -> directory.restriction(account, machine.now()))
          .orElseGet(() -> new Directory.Restriction(38, "An account restriction applies.", 691));
    } else if (failure instanceof EapAuthenticatorFailure.MethodRejectedByPeer) {
      return new Directory.Restriction(
          22, "Client and server have no EAP method in common that the policy allows.", 0);
    } else if (failure instanceof EapAuthenticatorFailure.CertificateRefused refused) {
      return new Directory.Restriction(refused.code(), refused.text(), 0);
    } else if (failure instanceof EapAuthenticatorFailure.CertificateMissing) {
      return new Directory.Restriction(263, "The client sent no certificate.", 0);
    } else if (failure instanceof EapAuthenticatorFailure.TlsAlertReceived alert) {
      return new Directory.Restriction(
          266, "The client ended TLS with alert " + alert.description() + ".", 0);
    }
    return new Directory.Restriction(23, "EAP failed on the server: " + failure, 0);
  }
}
