package vpnlab.diagnosis.engine;

import java.util.List;
import java.util.Optional;
import vpnlab.diagnosis.rule.Rule;
import vpnlab.diagnosis.rule.account.AccountDisabled;
import vpnlab.diagnosis.rule.account.AccountExpired;
import vpnlab.diagnosis.rule.account.AccountLocked;
import vpnlab.diagnosis.rule.account.EapMethodNotAllowed;
import vpnlab.diagnosis.rule.account.NoDialInPermission;
import vpnlab.diagnosis.rule.account.NpsNoMatchingPolicy;
import vpnlab.diagnosis.rule.account.NpsPolicyDenies;
import vpnlab.diagnosis.rule.account.OutsideLogonHours;
import vpnlab.diagnosis.rule.account.PasswordExpired;
import vpnlab.diagnosis.rule.account.UnknownUser;
import vpnlab.diagnosis.rule.account.WrongPassword;
import vpnlab.diagnosis.rule.address.AddressPoolEmpty;
import vpnlab.diagnosis.rule.address.AddressPoolExhausted;
import vpnlab.diagnosis.rule.certificate.ClientCertificateEkuMissing;
import vpnlab.diagnosis.rule.certificate.ClientCertificateExpired;
import vpnlab.diagnosis.rule.certificate.ClientCertificateUntrustedIssuer;
import vpnlab.diagnosis.rule.certificate.ClientClockWrong;
import vpnlab.diagnosis.rule.certificate.ClientMachineCertificateMissing;
import vpnlab.diagnosis.rule.certificate.ServerCertificateAmbiguous;
import vpnlab.diagnosis.rule.certificate.ServerCertificateChainIncomplete;
import vpnlab.diagnosis.rule.certificate.ServerCertificateEkuMissing;
import vpnlab.diagnosis.rule.certificate.ServerCertificateExpired;
import vpnlab.diagnosis.rule.certificate.ServerCertificateInternalName;
import vpnlab.diagnosis.rule.certificate.ServerCertificateKeyUsage;
import vpnlab.diagnosis.rule.certificate.ServerCertificateMissing;
import vpnlab.diagnosis.rule.certificate.ServerCertificateNameMismatch;
import vpnlab.diagnosis.rule.certificate.ServerCertificateNotYetValid;
import vpnlab.diagnosis.rule.certificate.ServerCertificateUntrustedRoot;
import vpnlab.diagnosis.rule.certificate.ServerDialedByAddress;
import vpnlab.diagnosis.rule.certificate.ServerRootInUserStoreOnly;
import vpnlab.diagnosis.rule.datapath.EspBlocked;
import vpnlab.diagnosis.rule.datapath.NoReturnRoute;
import vpnlab.diagnosis.rule.eap.ClientNotPeap;
import vpnlab.diagnosis.rule.eap.NpsCertificateExpired;
import vpnlab.diagnosis.rule.eap.NpsCertificateMissing;
import vpnlab.diagnosis.rule.eap.NpsCertificateNameMismatch;
import vpnlab.diagnosis.rule.eap.NpsCertificateRootNotInProfile;
import vpnlab.diagnosis.rule.eap.NpsCertificateUntrustedRoot;
import vpnlab.diagnosis.rule.eap.NpsNotPeap;
import vpnlab.diagnosis.rule.eap.PeapCryptobindingNotOffered;
import vpnlab.diagnosis.rule.eap.PeapCryptobindingNotSent;
import vpnlab.diagnosis.rule.eap.PeapInnerMethodMismatch;
import vpnlab.diagnosis.rule.radius.NpsDown;
import vpnlab.diagnosis.rule.radius.NpsRadiusClientUnknown;
import vpnlab.diagnosis.rule.radius.RadiusPortBlocked;
import vpnlab.diagnosis.rule.radius.RadiusPortMismatch;
import vpnlab.diagnosis.rule.radius.RadiusSharedSecretMismatch;
import vpnlab.diagnosis.rule.reach.Ikev2NotServed;
import vpnlab.diagnosis.rule.reach.IpFragmentsDropped;
import vpnlab.diagnosis.rule.reach.NameNotResolvable;
import vpnlab.diagnosis.rule.reach.NameResolvesToWrongAddress;
import vpnlab.diagnosis.rule.reach.NoCommonIkeProposal;
import vpnlab.diagnosis.rule.reach.ServerUnreachable;
import vpnlab.diagnosis.rule.reach.Udp4500BlockedClientFirewall;
import vpnlab.diagnosis.rule.reach.Udp4500BlockedPerimeter;
import vpnlab.diagnosis.rule.reach.Udp4500BlockedServerFirewall;
import vpnlab.diagnosis.rule.reach.Udp500BlockedClientFirewall;
import vpnlab.diagnosis.rule.reach.Udp500BlockedPerimeter;
import vpnlab.diagnosis.rule.reach.Udp500BlockedServerFirewall;
import vpnlab.diagnosis.rule.reach.Udp500Rejected;
import vpnlab.diagnosis.rule.reach.VpnServiceNotListening;
import vpnlab.diagnosis.rule.reach.VpnServiceStopped;

/**
 * Every rule, in the order in which findings of one stage are told: what an attempt meets first
 * comes first, and among certificate faults the one that hides the others.
 */
public final class RuleCatalogue {
  private static final List<Rule> RULES =
      List.of(
          new NameNotResolvable(),
          new NameResolvesToWrongAddress(),
          new ServerUnreachable(),
          new VpnServiceStopped(),
          new VpnServiceNotListening(),
          new Udp500BlockedClientFirewall(),
          new Udp500BlockedPerimeter(),
          new Udp500BlockedServerFirewall(),
          new Udp500Rejected(),
          new Udp4500BlockedClientFirewall(),
          new Udp4500BlockedPerimeter(),
          new Udp4500BlockedServerFirewall(),
          new IpFragmentsDropped(),
          new NoCommonIkeProposal(),
          new Ikev2NotServed(),
          new ServerCertificateAmbiguous(),
          new ServerCertificateExpired(),
          new ServerCertificateNotYetValid(),
          new ClientClockWrong(),
          new ServerCertificateEkuMissing(),
          new ServerCertificateUntrustedRoot(),
          new ServerRootInUserStoreOnly(),
          new ServerCertificateChainIncomplete(),
          new ServerCertificateNameMismatch(),
          new ServerDialedByAddress(),
          new ServerCertificateInternalName(),
          new ServerCertificateMissing(),
          new ServerCertificateKeyUsage(),
          new ClientMachineCertificateMissing(),
          new ClientCertificateExpired(),
          new ClientCertificateEkuMissing(),
          new ClientCertificateUntrustedIssuer(),
          new WrongPassword(),
          new UnknownUser(),
          new AccountLocked(),
          new AccountExpired(),
          new AccountDisabled(),
          new PasswordExpired(),
          new OutsideLogonHours(),
          new NoDialInPermission(),
          new NpsCertificateExpired(),
          new NpsCertificateUntrustedRoot(),
          new NpsCertificateRootNotInProfile(),
          new NpsCertificateNameMismatch(),
          new PeapCryptobindingNotOffered(),
          new NpsCertificateMissing(),
          new EapMethodNotAllowed(),
          new ClientNotPeap(),
          new NpsNotPeap(),
          new PeapInnerMethodMismatch(),
          new PeapCryptobindingNotSent(),
          new NpsPolicyDenies(),
          new NpsNoMatchingPolicy(),
          new NpsDown(),
          new NpsRadiusClientUnknown(),
          new RadiusSharedSecretMismatch(),
          new RadiusPortBlocked(),
          new RadiusPortMismatch(),
          new AddressPoolExhausted(),
          new AddressPoolEmpty(),
          new EspBlocked(),
          new NoReturnRoute());

  private RuleCatalogue() {}

  public static List<Rule> rules() {
    return RULES;
  }

  public static Optional<Rule> rule(String id) {
    return RULES.stream().filter(rule -> rule.id().equals(id)).findFirst();
  }
}
