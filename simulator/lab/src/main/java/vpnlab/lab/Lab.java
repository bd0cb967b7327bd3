package vpnlab.lab;

import java.time.Duration;
import java.util.List;
import vpnlab.evidence.CapturedPacket;
import vpnlab.evidence.Evidence;
import vpnlab.evidence.Vantage;
import vpnlab.lab.spec.LabSpec;

/**
 * A running lab. It belongs to the thread that started it; two labs share nothing.
 *
 * <p>Start it, dial, look at the evidence, close it.
 */
public final class Lab implements AutoCloseable {
  private Lab() {}

  /**
   * Builds the lab and starts its services.
   *
   * @param seed all randomness of the lab comes from it
   */
  public static Lab start(LabSpec spec, NetworkKind network, long seed) {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * Lets a client dial one of its profiles and waits until it is connected or has failed. A
   * connection stays up until {@link #hangUp} or {@link #close}.
   */
  public DialResult dial(String client, String profile) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** Ends the client's connection and waits until the server knows. */
  public void hangUp(String client) {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * What there is to see from a vantage point about the client's last attempt with that profile.
   */
  public Evidence evidence(Vantage vantage, String client, String profile) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** Everything that has happened, in order. */
  public List<TranscriptLine> transcript() {
    throw new UnsupportedOperationException("not built yet");
  }

  /** All captures of all hosts, in order of time. */
  public List<CapturedPacket> captures() {
    throw new UnsupportedOperationException("not built yet");
  }

  /** Lines for Wireshark's {@code ikev2_decryption_table}. */
  public List<String> ikeDecryptionTable() {
    throw new UnsupportedOperationException("not built yet");
  }

  /** Time that has passed inside the lab. */
  public Duration elapsed() {
    throw new UnsupportedOperationException("not built yet");
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException("not built yet");
  }
}
