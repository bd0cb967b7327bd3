package vpnlab.evidence;

import java.util.List;
import vpnlab.evidence.npslog.NpsLogLine;

/**
 * All that an observer has. A diagnostic engine gets this and nothing else: never the lab's
 * specification, never the name of the scenario.
 *
 * @param vantage who collected it
 * @param client the name of the client's host in {@code packets}, {@code events} and {@code
 *     certificates}
 * @param profile what was dialed
 * @param packets captures, in order of time
 * @param events event records of all hosts, in order of writing
 * @param certificates contents of certificate stores
 * @param hosts what the hosts' own tools show
 * @param npsLog the records of NPS's own log files, in order of writing; only an administrator has
 *     them
 * @param probes what the user tried at the client once connected, in that order
 * @param storeListings what {@code certutil} lists of stores, where the certificates themselves are
 *     not at hand
 */
public record Evidence(
    Vantage vantage,
    String client,
    DialedProfile profile,
    List<CapturedPacket> packets,
    List<EventRecord> events,
    List<StoredCertificate> certificates,
    List<HostFacts> hosts,
    List<NpsLogLine> npsLog,
    List<ProbeResult> probes,
    List<StoreListing> storeListings) {
  public Evidence {
    packets = List.copyOf(packets);
    events = List.copyOf(events);
    certificates = List.copyOf(certificates);
    hosts = List.copyOf(hosts);
    npsLog = List.copyOf(npsLog);
    probes = List.copyOf(probes);
    storeListings = List.copyOf(storeListings);
  }

  /** Evidence in which stores are there with their certificates, or not at all. */
  public Evidence(
      Vantage vantage,
      String client,
      DialedProfile profile,
      List<CapturedPacket> packets,
      List<EventRecord> events,
      List<StoredCertificate> certificates,
      List<HostFacts> hosts,
      List<NpsLogLine> npsLog,
      List<ProbeResult> probes) {
    this(vantage, client, profile, packets, events, certificates, hosts, npsLog, probes, List.of());
  }

  /** The same with lists of stores. */
  public Evidence withListings(List<StoreListing> listings) {
    return new Evidence(
        vantage, client, profile, packets, events, certificates, hosts, npsLog, probes, listings);
  }

  /** Evidence of a user who has tried nothing, or whose tunnel never was. */
  public Evidence(
      Vantage vantage,
      String client,
      DialedProfile profile,
      List<CapturedPacket> packets,
      List<EventRecord> events,
      List<StoredCertificate> certificates,
      List<HostFacts> hosts,
      List<NpsLogLine> npsLog) {
    this(vantage, client, profile, packets, events, certificates, hosts, npsLog, List.of());
  }

  /** The same with what a user tried. */
  public Evidence withProbes(List<ProbeResult> tried) {
    return new Evidence(
        vantage,
        client,
        profile,
        packets,
        events,
        certificates,
        hosts,
        npsLog,
        tried,
        storeListings);
  }

  /** Evidence without NPS logs. */
  public Evidence(
      Vantage vantage,
      String client,
      DialedProfile profile,
      List<CapturedPacket> packets,
      List<EventRecord> events,
      List<StoredCertificate> certificates,
      List<HostFacts> hosts) {
    this(vantage, client, profile, packets, events, certificates, hosts, List.of());
  }
}
