package vpnlab.protocol.eap;

import java.io.IOException;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsProtocol;
import org.bouncycastle.tls.TlsServerProtocol;
import vpnlab.wire.Octets;

/** Bouncy Castle's TLS as a function from what came in to what goes out. */
final class TlsEngine {
  private final TlsProtocol protocol;
  private boolean failed;

  private TlsEngine(TlsProtocol protocol) {
    this.protocol = protocol;
  }

  static TlsEngine client(EapTlsClient client) {
    TlsClientProtocol protocol = new TlsClientProtocol();
    TlsEngine engine = new TlsEngine(protocol);
    engine.attempt(() -> protocol.connect(client));
    return engine;
  }

  static TlsEngine server(EapTlsServer server) {
    TlsServerProtocol protocol = new TlsServerProtocol();
    TlsEngine engine = new TlsEngine(protocol);
    engine.attempt(() -> protocol.accept(server));
    return engine;
  }

  /** Takes TLS records; whole or not. */
  void offer(Octets records) {
    if (!failed && !records.isEmpty()) {
      attempt(() -> protocol.offerInput(records.toArray()));
    }
  }

  /** The records that are to be sent now; after a failure, the alert. */
  Octets output() {
    byte[] out = new byte[protocol.getAvailableOutputBytes()];
    int length = protocol.readOutput(out, 0, out.length);
    return Octets.of(out, 0, Math.max(length, 0));
  }

  void write(Octets applicationData) {
    attempt(
        () -> protocol.writeApplicationData(applicationData.toArray(), 0, applicationData.size()));
  }

  /** Application data that has come in. */
  Octets read() {
    byte[] in = new byte[protocol.getAvailableInputBytes()];
    int length = protocol.readInput(in, 0, in.length);
    return Octets.of(in, 0, Math.max(length, 0));
  }

  /** Whether TLS has ended with an alert of either side, or for any other reason. */
  boolean hasFailed() {
    return failed;
  }

  private interface Step {
    void run() throws IOException;
  }

  private void attempt(Step step) {
    try {
      step.run();
      failed |= protocol.isClosed();
    } catch (IOException | RuntimeException e) {
      // What the other side sent can break Bouncy Castle in more ways than its signatures say; the
      // alert that it has raised, received or neither is asked of the TlsSide.
      failed = true;
    }
  }
}
