package vpnlab.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** UDP ports that nobody held a moment ago; none is handed out twice. */
final class FreePorts {
  private static final Set<Integer> TAKEN = new HashSet<>();

  /** What a lab binds at {@code --ports offset:N}: IKE, NAT traversal, RADIUS, accounting. */
  private static final int[] LAB_PORTS = {500, 4500, 1812, 1813};

  private FreePorts() {}

  static synchronized int udp() {
    try {
      for (int attempt = 0; attempt < 100; attempt++) {
        try (DatagramSocket socket = new DatagramSocket(0)) {
          if (TAKEN.add(socket.getLocalPort())) {
            return socket.getLocalPort();
          }
        }
      }
    } catch (SocketException noPort) {
      throw new UncheckedIOException(noPort);
    }
    throw new IllegalStateException("no UDP port is free");
  }

  /**
   * An offset at which all ports of a lab are free. It stays below the ports that the kernel hands
   * to clients.
   */
  static synchronized int offset() {
    for (int attempt = 0; attempt < 200; attempt++) {
      int offset = ThreadLocalRandom.current().nextInt(6_000, 28_000);
      if (free(offset)) {
        for (int port : LAB_PORTS) {
          TAKEN.add(offset + port);
        }
        return offset;
      }
    }
    throw new IllegalStateException("no offset at which a lab's ports are free");
  }

  private static boolean free(int offset) {
    for (int port : LAB_PORTS) {
      if (TAKEN.contains(offset + port)) {
        return false;
      }
      try (DatagramSocket socket = new DatagramSocket(null)) {
        socket.bind(new InetSocketAddress(offset + port));
      } catch (IOException taken) {
        return false;
      }
    }
    return true;
  }
}
