package vpnlab.lab.host;

import vpnlab.evidence.EventRecord.Level;
import vpnlab.lab.spec.DirectorySpec.GroupScope;
import vpnlab.wire.ldap.LdapResultCode;

/** What a domain controller writes. */
public record DirectoryEvents(EventLog log) {
  /**
   * Directory Service 2889 for a simple bind that succeeded, Security 4625 for one that did not.
   *
   * @param name as the client gave it; empty for one without a name
   */
  public void simpleBind(String client, String name, LdapResultCode code) {
    String identity = name.isEmpty() ? "Anonymous Logon" : name;
    if (code.equals(LdapResultCode.SUCCESS)) {
      log.write(
          "Directory Service",
          "Microsoft-Windows-ActiveDirectory_DomainService",
          2889,
          Level.INFORMATION,
          "The client " + client + " has bound as " + identity + " with a simple bind.",
          "ClientIPAddress",
          client,
          "Identity",
          identity,
          "BindType",
          "1");
    } else {
      log.write(
          EventLog.SECURITY,
          EventLog.AUDITING,
          4625,
          Level.AUDIT_FAILURE,
          "An account failed to log on: " + identity + " from " + client + " (" + code + ").",
          "TargetUserName",
          identity,
          "IpAddress",
          client,
          "FailureReason",
          code.toString());
    }
  }

  /**
   * Security 4728, 4732 or 4756 for a security group, 4746, 4751 or 4761 for a distribution group,
   * by the group's scope.
   *
   * @param member its distinguished name
   */
  public void memberAdded(String group, String member, boolean security, GroupScope scope) {
    int id =
        switch (scope) {
          case GLOBAL -> security ? 4728 : 4751;
          case DOMAIN_LOCAL -> security ? 4732 : 4746;
          case UNIVERSAL -> security ? 4756 : 4761;
        };
    log.write(
        EventLog.SECURITY,
        EventLog.AUDITING,
        id,
        Level.AUDIT_SUCCESS,
        "A member was added to the group " + group + ": " + member + ".",
        "MemberName",
        member,
        "TargetUserName",
        group);
  }
}
