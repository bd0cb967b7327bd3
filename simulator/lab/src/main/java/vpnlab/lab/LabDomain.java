package vpnlab.lab;

import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import vpnlab.evidence.DirectoryObject;
import vpnlab.lab.directory.DirectoryAccess;
import vpnlab.lab.directory.DirectoryServer;
import vpnlab.lab.directory.DomainMember;
import vpnlab.lab.host.Machine;
import vpnlab.lab.host.NpsEvents;
import vpnlab.lab.spec.DirectorySpec;
import vpnlab.lab.spec.RrasSpec;

/** The lab's domain: its controller, and the servers that belong to it. */
final class LabDomain {
  private final DirectorySpec spec;
  private final DirectoryServer controller;
  private final InetSocketAddress address;
  private final List<DomainMember> members = new ArrayList<>();

  private LabDomain(DirectorySpec spec, DirectoryServer controller, InetSocketAddress address) {
    this.spec = spec;
    this.controller = controller;
    this.address = address;
  }

  /** Starts the domain controller. */
  static LabDomain start(DirectorySpec spec, Map<String, Machine> machines, Instant labStart)
      throws BindException {
    Machine machine = machines.get(spec.host());
    return new LabDomain(
        spec,
        DirectoryServer.start(machine, spec, labStart),
        new InetSocketAddress(machine.network().address(), DirectoryServer.PORT));
  }

  DomainMember memberForNps(Machine machine) {
    NpsEvents events = new NpsEvents(machine.log());
    return member(
        machine,
        DomainMember.Generation.WINDOWS_2000,
        new DomainMember.Listener() {
          @Override
          public void connected(String server, String domain) {
            events.directoryConnected(server, domain);
          }

          @Override
          public void unreachable(String domain) {
            events.noDomainController(domain);
          }
        });
  }

  DirectoryAccess memberForRras(Machine machine, RrasSpec rras) {
    return member(
        machine,
        rras.provider() == RrasSpec.Provider.WINDOWS_NT4
            ? DomainMember.Generation.WINDOWS_NT4
            : DomainMember.Generation.WINDOWS_2000,
        new DomainMember.Listener() {});
  }

  private DomainMember member(
      Machine machine, DomainMember.Generation generation, DomainMember.Listener listener) {
    DomainMember member = DomainMember.start(machine, spec, address, generation, listener);
    members.add(member);
    return member;
  }

  /** The service that was this member has ended. */
  void leave(DomainMember member) {
    member.close();
    members.remove(member);
  }

  /** Whether every member has found the domain, or has given up. */
  boolean settled() {
    return members.stream().allMatch(DomainMember::settled);
  }

  /** What changes in the directory once all services have started. */
  void change() {
    controller.change();
  }

  /** What an administrator's tools list of the directory. */
  List<DirectoryObject> listing() {
    return controller.listing();
  }
}
