package vpnlab.protocol;

/** What an endpoint tells its owner; each protocol has its own sealed kinds. */
public interface ProtocolEvent {}
