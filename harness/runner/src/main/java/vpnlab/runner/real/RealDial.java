package vpnlab.runner.real;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vpnlab.diagnosis.Diagnosis;
import vpnlab.diagnosis.DiagnosticEngine;
import vpnlab.evidence.Evidence;
import vpnlab.lab.DialResult;
import vpnlab.lab.RealServer;
import vpnlab.lab.TranscriptLine;
import vpnlab.lab.Trial;
import vpnlab.protocol.x509.PemFile;

/**
 * The lab's client dials a real server, and an engine says what is wrong with it.
 *
 * @param address of the server, IPv4
 * @param name what its certificate must name
 * @param authorities files of the CAs that the client trusts, PEM or DER
 * @param authentication {@code eap-mschapv2}, {@code eap-tls} or {@code machine-certificate}
 * @param certificate the client's certificate with those that lead to its root
 * @param proposals IKE proposals; empty for those of Windows
 * @param timeout after which an unanswered request is given up
 * @param trials what to try once connected, in order
 */
public record RealDial(
    InetAddress address,
    String name,
    int ikePort,
    int natPort,
    List<Path> authorities,
    String authentication,
    String user,
    String password,
    Optional<Path> certificate,
    Optional<Path> key,
    List<String> proposals,
    Duration timeout,
    List<Trial> trials) {

  /** What came of it. */
  public record Outcome(
      DialResult result, Evidence evidence, Diagnosis diagnosis, List<TranscriptLine> transcript) {}

  /**
   * Dials once.
   *
   * @throws IOException naming the file that cannot be read or used
   */
  public Outcome diagnose(DiagnosticEngine engine) throws IOException {
    List<X509Certificate> trusted = new ArrayList<>();
    for (Path authority : authorities) {
      trusted.addAll(PemFile.readCertificates(authority));
    }
    List<X509Certificate> own =
        certificate.isPresent() ? PemFile.readCertificates(certificate.get()) : List.of();
    Optional<PrivateKey> ownKey =
        key.isPresent() ? Optional.of(PemFile.readPrivateKey(key.get())) : Optional.empty();
    RealServer.Outcome outcome =
        RealServer.dial(
            new RealServer.Attempt(
                address,
                name,
                source(),
                ikePort,
                natPort,
                trusted,
                authentication,
                user,
                password,
                own,
                ownKey,
                proposals,
                timeout,
                trials));
    return new Outcome(
        outcome.result(),
        outcome.evidence(),
        engine.diagnose(outcome.evidence()),
        outcome.transcript());
  }

  /** The address from which this computer would send to the server. */
  private InetAddress source() throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress(address, ikePort));
      return socket.getLocalAddress();
    }
  }
}
