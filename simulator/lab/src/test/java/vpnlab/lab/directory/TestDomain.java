package vpnlab.lab.directory;

import java.time.Instant;
import vpnlab.lab.spec.DirectorySpec;
import vpnlab.lab.spec.SpecFile;
import vpnlab.lab.spec.SpecNode;

/** Domains for tests. */
final class TestDomain {
  private static final String HEALTHY =
      """
      domain: corp.example
      host: dc
      computers:
        nps: { password: secret of nps }
        rras: { password: secret of rras }
      groups:
        VPN Users: {}
        Servers: { members: [rras] }
        RAS and IAS Servers: { scope: domain-local, members: [nps, Servers] }
      users:
        alice: { password: Wonder-land-1865, groups: [VPN Users] }
        bob: { password: Bob-the-builder-1999 }
      """;

  private TestDomain() {}

  static Domain healthy(Instant start) {
    return patched(start, "");
  }

  static Domain patched(Instant start, String patch) {
    SpecNode healthy = SpecFile.parse("domain.yaml", HEALTHY);
    SpecNode all = patch.isEmpty() ? healthy : healthy.patchedBy(SpecFile.parse("p.yaml", patch));
    return new Domain(DirectorySpec.read((SpecNode.Mapping) all), start);
  }
}
