package vpnlab.network;

import vpnlab.network.path.FabricSettings;
import vpnlab.network.topology.Topology;

/** The two networks, on which the same tests run. */
enum Kind {
  VIRTUAL {
    @Override
    LabNetwork open(Topology topology, FabricSettings settings) {
      return new VirtualNetwork(topology, settings);
    }
  },
  SOCKETS {
    @Override
    LabNetwork open(Topology topology, FabricSettings settings) {
      return new SocketsNetwork(topology, settings);
    }
  };

  abstract LabNetwork open(Topology topology, FabricSettings settings);

  LabNetwork open(Labs.Builder lab) {
    return open(lab.topology(), Labs.seed(1));
  }
}
