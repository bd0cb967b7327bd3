package vpnlab.protocol;

/** Names a timer within one endpoint, e.g. {@code "retransmit-3"}. */
public record TimerId(String name) {}
