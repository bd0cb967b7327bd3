package vpnlab.files;

import java.util.List;
import java.util.Map;
import java.util.Set;
import vpnlab.evidence.EventRecord;

/** Which events have to do with remote access, so that the millions of others are not kept. */
final class RelevantEvents {
  private static final String AUDITING = "Microsoft-Windows-Security-Auditing";

  /** Beginnings of the names of sources. */
  private static final List<String> SOURCES =
      List.of(
          "RasClient",
          "RasMan",
          "RasSstp",
          "RemoteAccess",
          "Rasman",
          "NPS",
          "IAS",
          "IPSec",
          "Tcpip",
          "Dhcp",
          "NETLOGON",
          "LsaSrv",
          "Schannel",
          "Service Control Manager",
          "Microsoft-Windows-RasSstp",
          "Microsoft-Windows-RemoteAccess",
          "Microsoft-Windows-RasServer",
          "Microsoft-Windows-VPN",
          "Microsoft-Windows-CAPI2",
          "Microsoft-Windows-AAD",
          "Microsoft-Windows-DNS-Client",
          "Microsoft-Windows-Time-Service",
          "Microsoft-Windows-Dhcp",
          "Microsoft-Windows-DHCP",
          "Microsoft-Windows-Eap",
          "Microsoft-Windows-IKE",
          "Microsoft-Windows-NetworkProfile",
          "Microsoft-Windows-Directory",
          "Microsoft-Windows-CertificateServicesClient",
          "Microsoft-Windows-CertificationAuthority",
          "Microsoft-Windows-Kerberos",
          "Microsoft-Windows-Security-Kerberos",
          "Microsoft-Windows-Security-Netlogon",
          "Microsoft-Windows-TCPIP",
          "Microsoft-Windows-Iphlpsvc",
          "Microsoft-Windows-NetworkPolicyServer",
          AUDITING);

  /** Of the Security log: IKE, the firewall's drops, NPS, failed logons, and members of groups. */
  private static final Set<Integer> AUDITS =
      Set.of(
          4625, 4646, 4650, 4651, 4652, 4653, 4654, 4655, 4728, 4732, 4740, 4746, 4751, 4756, 4761,
          4768, 4771, 4776, 4963, 4976, 4977, 4978, 4979, 4980, 4981, 4982, 4983, 4984, 5049, 5152,
          5157, 5451, 5452, 5453, 6272, 6273, 6274, 6275, 6276, 6277, 6278, 6279, 6280);

  /** States that hold until another record changes them. */
  private static final Set<String> LASTING_SOURCES =
      Set.of("Microsoft-Windows-Time-Service", "Service Control Manager", "Tcpip");

  /**
   * Single records that hold longer than an attempt: leases, a service that started without what it
   * needs, used up scopes, revocation lists (fetched ahead of attempts), members of groups.
   */
  private static final Map<String, Set<Integer>> LASTING =
      Map.of(
          "RemoteAccess",
          Set.of(20088, 20152, 20169, 20274, 20275),
          "Microsoft-Windows-CAPI2",
          Set.of(52, 53),
          "Microsoft-Windows-DHCP-Server",
          Set.of(1063),
          "DhcpServer",
          Set.of(14),
          AUDITING,
          Set.of(4728, 4732, 4756));

  private RelevantEvents() {}

  /** A quick look at the text of the element, which never says no to what matters. */
  static boolean mayMatter(String event) {
    int provider = event.indexOf("<Provider");
    if (provider < 0) {
      return true;
    }
    int end = event.indexOf('>', provider);
    String tag = event.substring(provider, end < 0 ? event.length() : end);
    return SOURCES.stream().anyMatch(tag::contains);
  }

  /** Whether it also counts for attempts that began after it. */
  static boolean lasts(EventRecord event) {
    return LASTING_SOURCES.contains(event.source())
        || LASTING.getOrDefault(event.source(), Set.of()).contains(event.id());
  }

  static boolean matters(EventRecord event) {
    if (event.source().equals(AUDITING)) {
      return AUDITS.contains(event.id());
    }
    return SOURCES.stream().anyMatch(source -> event.source().startsWith(source));
  }
}
