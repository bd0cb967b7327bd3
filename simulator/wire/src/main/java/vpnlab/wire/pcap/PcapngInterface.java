package vpnlab.wire.pcap;

/** Names an interface of a {@link PcapngWriter}'s file. */
public record PcapngInterface(int number) {}
