package vpnlab.lab.servers;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import vpnlab.lab.directory.Account;
import vpnlab.lab.directory.Directory;
import vpnlab.lab.host.Machine;
import vpnlab.lab.host.PeerCertificates;
import vpnlab.lab.host.SystemEvents;
import vpnlab.lab.host.UserPrincipalName;
import vpnlab.lab.spec.DirectorySpec.DialIn;
import vpnlab.lab.spec.NpsSpec.PolicySpec;
import vpnlab.lab.spec.PeapSpec;
import vpnlab.protocol.eap.AccountDecision;
import vpnlab.protocol.eap.CertificateAndKey;
import vpnlab.protocol.eap.CertificateVerdict;
import vpnlab.protocol.eap.CertificateVerdict.Refused;
import vpnlab.protocol.eap.EapAuthenticatorConfig;
import vpnlab.protocol.eap.EapAuthenticatorFailure;
import vpnlab.protocol.eap.EapAuthenticatorMethod;
import vpnlab.protocol.eap.EapAuthenticatorResult;
import vpnlab.protocol.eap.EapTlsOptions;
import vpnlab.protocol.eap.PeapOptions;
import vpnlab.protocol.eap.TlsSessionCache;
import vpnlab.protocol.x509.CertificateFields;
import vpnlab.protocol.x509.ChainError;
import vpnlab.protocol.x509.ChainPolicy;
import vpnlab.protocol.x509.ChainResult;
import vpnlab.protocol.x509.KeyPurpose;
import vpnlab.wire.Octets;

/** One conversation's view of the directory: what each EAP method needs, and the reason codes. */
final class Accounts {
  private static final int AUTH_FAILURE = 16;
  private static final String PEAP = "peap-";

  private final Machine machine;
  private final Directory directory;
  private final boolean ignoresDialIn;
  private final RevocationCheck revocation;
  private final RemoteAccessLockout lockout;

  private final TlsSessionCache sessions;

  /**
   * @param sessions what fast reconnect resumes; the server's, so that it outlives a conversation
   */
  Accounts(
      Machine machine,
      Directory directory,
      TlsSessionCache sessions,
      RevocationCheck revocation,
      RemoteAccessLockout lockout) {
    this(machine, directory, sessions, revocation, lockout, false);
  }

  private Accounts(
      Machine machine,
      Directory directory,
      TlsSessionCache sessions,
      RevocationCheck revocation,
      RemoteAccessLockout lockout,
      boolean ignoresDialIn) {
    this.machine = machine;
    this.directory = directory;
    this.sessions = sessions;
    this.revocation = revocation;
    this.lockout = lockout;
    this.ignoresDialIn = ignoresDialIn;
  }

  /** What a server of Windows remembers for fast reconnect: 10 hours by default. */
  static TlsSessionCache sessions() {
    return new TlsSessionCache(Duration.ofHours(10), 10_000);
  }

  /** The same accounts for a network policy, which may leave dial-in permissions out of account. */
  Accounts under(PolicySpec policy) {
    return new Accounts(machine, directory, sessions, revocation, lockout, policy.ignoreDialIn());
  }

  /**
   * The methods of a network policy, in its order. All of them inside PEAP are one method outside,
   * in the place of the first.
   */
  List<EapAuthenticatorMethod> methods(List<String> names, PeapSpec peap) {
    Map<String, EapAuthenticatorMethod> methods = new LinkedHashMap<>();
    for (String name : names) {
      if (name.startsWith(PEAP)) {
        methods.computeIfAbsent(PEAP, key -> peap(names, peap));
      } else {
        single(name).ifPresent(method -> methods.put(name, method));
      }
    }
    return List.copyOf(methods.values());
  }

  private Optional<EapAuthenticatorMethod> single(String name) {
    return switch (name) {
      case "eap-mschapv2" ->
          Optional.of(new EapAuthenticatorMethod.MsChapV2(machine.name(), this::credentials));
      case "eap-tls" -> Optional.of(tls());
      default -> Optional.empty();
    };
  }

  private EapAuthenticatorMethod tls() {
    List<Octets> authorities =
        machine.stores().certificates("machine-root").stream()
            .map(root -> Octets.of(root.getSubjectX500Principal().getEncoded()))
            .toList();
    return new EapAuthenticatorMethod.Tls(own(), this::judge, authorities, EapTlsOptions.DEFAULT);
  }

  private EapAuthenticatorMethod peap(List<String> names, PeapSpec spec) {
    List<EapAuthenticatorMethod> inner =
        names.stream()
            .filter(name -> name.startsWith(PEAP))
            .flatMap(name -> single(name.substring(PEAP.length())).stream())
            .toList();
    PeapOptions options = PeapOptions.DEFAULT.with(spec.cryptobinding());
    return new EapAuthenticatorMethod.Peap(
        own(),
        new EapAuthenticatorConfig(inner),
        spec.fastReconnect() ? options.with(sessions) : options);
  }

  /**
   * The certificate that NPS shows: one for Server Authentication whose private key is there. Empty
   * when there is none; the methods that need it begin all the same, and fail then.
   */
  private Optional<CertificateAndKey> own() {
    return machine.stores().withKey("machine-my").stream()
        .filter(
            entry ->
                CertificateFields.extendedKeyUsage(entry.certificate())
                    .map(purposes -> purposes.contains(KeyPurpose.SERVER_AUTH))
                    .orElse(true))
        .findFirst()
        .map(
            own ->
                new CertificateAndKey(
                    own.chain().stream().map(CertificateFields::der).toList(),
                    own.key().orElseThrow()));
  }

  private CertificateVerdict judge(Instant now, List<Octets> chain) {
    PeerCertificates.Judgement judgement =
        new PeerCertificates(machine)
            .judge(
                now,
                chain,
                revocation.within(ChainPolicy.client()),
                "CERT_CHAIN_POLICY_BASE (EAP-TLS client)");
    if (judgement.accepted()) {
      return new CertificateVerdict.Accepted();
    }
    ChainResult result = judgement.chain().orElse(null);
    if (result == null) {
      return new Refused(263, judgement.text(), Refused.BAD_CERTIFICATE);
    } else if (result.has(ChainError.UNTRUSTED_ROOT) || result.has(ChainError.PARTIAL_CHAIN)) {
      return new Refused(265, judgement.text(), Refused.UNKNOWN_CA);
    } else if (result.has(ChainError.REVOKED)) {
      judgement.certificate().ifPresent(revocation::revoked);
      return new Refused(256, judgement.text(), Refused.CERTIFICATE_REVOKED);
    } else if (result.has(ChainError.NOT_TIME_VALID)) {
      return new Refused(268, judgement.text(), Refused.CERTIFICATE_EXPIRED);
    } else if (result.has(ChainError.NOT_VALID_FOR_USAGE)) {
      return new Refused(267, judgement.text(), Refused.UNSUPPORTED_CERTIFICATE);
    }
    return new Refused(23, judgement.text(), Refused.BAD_CERTIFICATE);
  }

  /** Absent for an unknown user. */
  Optional<List<String>> groups(String user) {
    return directory.find(user).map(Account::groups);
  }

  DialIn dialIn(String user) {
    return directory.find(user).map(Account::dialIn).orElse(DialIn.POLICY);
  }

  /** Empty for an account that may come from anywhere. */
  String callerId(String user) {
    return directory.find(user).map(Account::callerId).orElse("");
  }

  Optional<Octets> ntPasswordHash(String user) {
    return directory.find(user).map(Account::ntPasswordHash);
  }

  /** Empty unless the account stores its password so that it can be recovered. */
  Optional<String> reversiblePassword(String user) {
    return directory.find(user).flatMap(Account::reversiblePassword);
  }

  Optional<Directory.Restriction> restriction(String user, Instant now) {
    return directory.find(user).flatMap(account -> restriction(account, now));
  }

  private Optional<Directory.Restriction> restriction(Account account, Instant now) {
    return lockout.restriction(account.name()).or(() -> directory.restriction(account, now));
  }

  Directory.Restriction unknown(String user) {
    return directory.absent(user);
  }

  private AccountDecision credentials(Instant now, String name) {
    Optional<Account> account = directory.find(name);
    if (account.isEmpty()) {
      return new AccountDecision.Unknown();
    }
    OptionalInt refusal =
        restriction(account.get(), now)
            .filter(restriction -> !(restriction.isDialIn() && ignoresDialIn))
            .map(restriction -> OptionalInt.of(restriction.msChapError()))
            .orElse(OptionalInt.empty());
    return new AccountDecision.Known(account.get().ntPasswordHash(), refusal);
  }

  /**
   * What still stands against a user who has proved who he is: with EAP-TLS the account of the
   * certificate's UPN, whatever User-Name says, else the one whose password was known or whose TLS
   * session was resumed. The policy was chosen for User-Name, so another account there is a fraud.
   *
   * @param groups of the policy's condition, which an unknown User-Name could not be held against
   *     before
   */
  Optional<Directory.Restriction> afterSuccess(
      EapAuthenticatorResult.Success success, String user, List<String> groups) {
    Optional<Account> named = directory.find(user);
    boolean byCertificate = !success.chain().isEmpty();
    Optional<Account> proved =
        byCertificate
            ? UserPrincipalName.of(success.chain().get(0)).flatMap(directory::find)
            : directory.find(success.name());
    if (proved.isEmpty() || (named.isEmpty() && !byCertificate)) {
      return Optional.of(directory.absent(user));
    }
    if (named.isPresent() && named.get() != proved.get()) {
      return Optional.of(
          new Directory.Restriction(
              AUTH_FAILURE,
              "The user name belongs to another account than the one that was proved.",
              691));
    }
    if (!NetworkPolicies.anyOf(groups, proved.get().groups())) {
      return Optional.of(new Directory.Restriction(48, "No network policy matches.", 0));
    }
    return restriction(proved.get(), machine.now())
        .filter(restriction -> !(restriction.isDialIn() && ignoresDialIn));
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
          .flatMap(account -> restriction(account, machine.now()))
          .orElseGet(() -> new Directory.Restriction(38, "An account restriction applies.", 691));
    } else if (failure instanceof EapAuthenticatorFailure.MethodRejectedByPeer) {
      return new Directory.Restriction(
          22, "Client and server have no EAP method in common that the policy allows.", 0);
    } else if (failure instanceof EapAuthenticatorFailure.InnerMethodRejectedByPeer) {
      return new Directory.Restriction(
          22, "Client and server have no EAP method in common inside PEAP.", 0);
    } else if (failure instanceof EapAuthenticatorFailure.OwnCertificateMissing) {
      new SystemEvents(machine.log()).noTlsCredential();
      return new Directory.Restriction(
          23, "EAP cannot begin: there is no certificate for Server Authentication.", 0);
    } else if (failure instanceof EapAuthenticatorFailure.CryptobindingInvalid) {
      return new Directory.Restriction(301, "The client's cryptobinding is not valid.", 0);
    } else if (failure instanceof EapAuthenticatorFailure.CryptobindingMissing) {
      return new Directory.Restriction(302, "The client sent no cryptobinding.", 0);
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
