package vpnlab.protocol;

/** What the owner of an endpoint can ask of it; each protocol has its own sealed kinds. */
public interface ProtocolCommand {}
