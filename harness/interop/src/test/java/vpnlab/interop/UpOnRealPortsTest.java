package vpnlab.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code vpnlab up} as a program: it keeps its ports whatever peers do, and lets them go. */
@NeedsPeer(NeedsPeer.VPNLAB)
class UpOnRealPortsTest {
  private static final String HEALTHY = "healthy-ikev2-eap-mschapv2";

  /** What a signalled lab may take on a busy machine; a user waits a second. */
  private static final Duration END = Duration.ofSeconds(10);

  private static final int LARGEST_PAYLOAD = 65_507;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void aSignalEndsItAndItsPortsServeTheNextAtOnce(String signal) throws IOException {
    int offset = FreePorts.offset();
    try (RunningLab first = RunningLab.at(offset, directory, HEALTHY)) {
      ChildProcess.Ended ended = first.signal(signal, END);
      assertThat(ended.inTime()).as("ended within %s of SIG%s", END, signal).isTrue();
      assertThat(ended.exitCode()).as(ended.errors()).isZero();
      assertThat(ended.output().lines()).as("nothing but one JSON line on stdout").hasSize(1);
      for (int port : new int[] {first.ikePort(), first.natPort(), first.radiusPort()}) {
        new DatagramSocket(port, InetAddress.getLoopbackAddress()).close();
      }
      try (RunningLab second = RunningLab.at(offset, directory, HEALTHY)) {
        assertThat(second.ikePort()).isEqualTo(first.ikePort());
      }
    }
  }

  @Test
  void aPortInUseIsOneLineThatNamesIt() throws IOException {
    int offset = FreePorts.offset();
    try (DatagramSocket taken =
        new DatagramSocket(offset + 500, InetAddress.getLoopbackAddress())) {
      assertThat(taken.isBound()).isTrue();
      assertThatThrownBy(() -> RunningLab.at(offset, directory, HEALTHY))
          .hasMessageContaining("ended with 3")
          .hasMessageContaining("127.0.0.1:" + (offset + 500));
    }
  }

  @Test
  @NeedsPeer({"charon-systemd", "swanctl", "openssl", "eapol_test", "ike-scan", NeedsPeer.TUN})
  @ExtendWith(OpensslPki.Shared.class)
  void itSurvivesWhateverItsPeersDo(OpensslPki pki) throws IOException {
    try (RunningLab lab = RunningLab.up(directory, HEALTHY)) {
      lab.client().certificate(lab.clientCertificate()).connect(directory);
      lab.client()
          .eapTls(lab.user(), pki.mint(CertificateRecipe.client(lab.user())))
          .connect(directory);
      lab.client().eapMschapv2(lab.user(), "not it").connect(directory);
      for (int port : new int[] {lab.ikePort(), lab.natPort(), lab.radiusPort()}) {
        sendGarbage(port);
        sendAndVanish(port);
        sendFromMany(port);
      }

      for (int port : new int[] {lab.ikePort(), lab.natPort(), lab.radiusPort()}) {
        assertThatThrownBy(() -> new DatagramSocket(port, InetAddress.getLoopbackAddress()).close())
            .as("port %d is still the lab's", port)
            .isInstanceOf(BindException.class);
      }
      IkeScan.Answer plain = IkeScan.probe(directory, lab.ikePort());
      assertThat(plain.any()).as(plain.output() + lab.summary()).isTrue();
      IkeScan.Answer marked = IkeScan.probeMarked(directory, lab.natPort());
      assertThat(marked.any()).as(marked.output() + lab.summary()).isTrue();
      EapolTest.Result authenticated =
          EapolTest.asking(lab.radiusPort(), lab.radiusSecret())
              .eapMschapv2(lab.user(), lab.password())
              .authenticate(directory);
      assertThat(authenticated.decision())
          .as(authenticated.log())
          .isEqualTo(EapolTest.Decision.ACCEPT);
      StrongSwanClient.Result result =
          lab.client().eapMschapv2(lab.user(), lab.password()).connect(directory);
      assertThat(result.established()).as(result.log() + lab.summary()).isTrue();
      assertThat(lab.summary()).as("errors logged").doesNotContain("ERROR", "Exception");
    }
  }

  private static void sendGarbage(int port) throws IOException {
    Random random = new Random(port);
    try (DatagramSocket peer = new DatagramSocket()) {
      for (int size : new int[] {0, 1, 3, 4, 20, 27, 28, 32, 500, 1472, 9000, LARGEST_PAYLOAD}) {
        byte[] octets = new byte[size];
        random.nextBytes(octets);
        send(peer, octets, port);
        if (size >= 28) {
          // A header of IKE_SA_INIT (RFC 7296, section 3.1) before the noise.
          octets[16] = 33;
          octets[17] = 0x20;
          octets[18] = 34;
          octets[19] = 8;
          octets[26] = (byte) (size >> 8);
          octets[27] = (byte) size;
          send(peer, octets, port);
        }
      }
    }
  }

  /** The answers find nobody, and the kernel says so. */
  private static void sendAndVanish(int port) throws IOException {
    for (int i = 0; i < 100; i++) {
      try (DatagramSocket peer = new DatagramSocket()) {
        send(peer, new byte[28 + i], port);
      }
    }
  }

  private static void sendFromMany(int port) throws IOException {
    for (int i = 1; i <= 400; i++) {
      InetSocketAddress own = new InetSocketAddress("127.1." + i / 200 + "." + (1 + i % 200), 0);
      try (DatagramSocket peer = new DatagramSocket(own)) {
        send(peer, new byte[64], port);
      }
    }
  }

  private static void send(DatagramSocket peer, byte[] octets, int port) throws IOException {
    peer.send(new DatagramPacket(octets, octets.length, InetAddress.getLoopbackAddress(), port));
  }
}
