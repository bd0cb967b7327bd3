package vpnlab.protocol.radius;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import vpnlab.protocol.eap.CertificateAndKey;
import vpnlab.protocol.eap.TestPki;

/** A FreeRADIUS server with a configuration of our own, on the loopback address. */
final class FreeRadius implements AutoCloseable {
  private final Process process;
  private final Path log;
  private final int port;
  private final int accountingPort;

  private FreeRadius(Process process, Path log, int port, int accountingPort) {
    this.process = process;
    this.log = log;
    this.port = port;
    this.accountingPort = accountingPort;
  }

  /**
   * Starts the server and returns once it is ready.
   *
   * @param eapType proposed first: mschapv2, tls, peap/mschapv2 or peap/tls
   */
  static FreeRadius start(
      Path folder,
      String secret,
      String eapType,
      String tlsMax,
      String user,
      String password,
      TestPki ca,
      CertificateAndKey certificate)
      throws IOException {
    Path program = RealPeer.require("freeradius");
    int port = freePort();
    int accountingPort = freePort();
    Files.writeString(folder.resolve("ca.pem"), TestPki.pem(List.of(ca.certificate())));
    Files.writeString(folder.resolve("server.pem"), TestPki.pem(certificate.chain()));
    Files.writeString(folder.resolve("server.key"), TestPki.pemOfKey(certificate));
    Files.writeString(
        folder.resolve("users"), user + " Cleartext-Password := \"" + password + "\"\n");
    Files.writeString(folder.resolve("dictionary"), "$INCLUDE /usr/share/freeradius/dictionary\n");
    Files.writeString(
        folder.resolve("radiusd.conf"),
        configuration(folder, port, accountingPort, secret, eapType, tlsMax));
    Files.createDirectories(folder.resolve("sessions"));
    Path log = folder.resolve("freeradius.log");
    Process process =
        new ProcessBuilder(program.toString(), "-X", "-d", folder.toString(), "-n", "radiusd")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    FreeRadius server = new FreeRadius(process, log, port, accountingPort);
    server.awaitReady();
    return server;
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  InetSocketAddress accountingAddress() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), accountingPort);
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  private static int freePort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady() throws IOException {
    for (int i = 0; i < 200; i++) {
      if (log().contains("Ready to process requests")) {
        return;
      }
      try {
        if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
          break;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    process.destroyForcibly();
    throw new AssertionError("FreeRADIUS did not start:\n" + log());
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  private static String configuration(
      Path folder, int port, int accountingPort, String secret, String proposal, String tlsMax) {
    boolean peap = proposal.startsWith("peap/");
    String eapType = peap ? "peap" : proposal;
    String innerType = peap ? proposal.substring(5) : "mschapv2";
    return """
        name = radiusd
        raddbdir = %1$s
        logdir = %1$s
        run_dir = %1$s
        libdir = /usr/lib/freeradius
        pidfile = %1$s/radius.pid
        max_request_time = 30
        security {
          allow_vulnerable_openssl = yes
        }
        thread pool {
          start_servers = 1
          max_servers = 2
        }
        client loopback {
          ipaddr = 127.0.0.1
          secret = "%3$s"
        }
        modules {
          files {
            usersfile = %1$s/users
          }
          mschap {
            use_mppe = yes
            require_encryption = yes
            require_strong = yes
          }
          pap {
          }
          chap {
          }
          detail {
            filename = %1$s/detail
          }
          eap {
            default_eap_type = %4$s
            tls-config lab {
              private_key_file = %1$s/server.key
              certificate_file = %1$s/server.pem
              ca_file = %1$s/ca.pem
              tls_min_version = "1.2"
              tls_max_version = "%5$s"
              cipher_list = "DEFAULT"
              ecdh_curve = ""
              cache {
                enable = yes
                lifetime = 1
                name = "lab"
                persist_dir = %1$s/sessions
              }
            }
            tls {
              tls = lab
            }
            mschapv2 {
              send_error = yes
            }
            peap {
              tls = lab
              default_eap_type = %6$s
              virtual_server = lab
            }
          }
        }
        server lab {
          listen {
            type = auth
            ipaddr = 127.0.0.1
            port = %2$d
          }
          listen {
            type = acct
            ipaddr = 127.0.0.1
            port = %7$d
          }
          authorize {
            chap
            mschap
            eap {
              ok = return
            }
            files
            pap
          }
          authenticate {
            Auth-Type PAP {
              pap
            }
            Auth-Type CHAP {
              chap
            }
            Auth-Type MS-CHAP {
              mschap
            }
            eap
          }
          accounting {
            detail
          }
          post-auth {
            Post-Auth-Type REJECT {
              eap
            }
          }
        }
        """
        .formatted(folder, port, secret, eapType, tlsMax, innerType, accountingPort);
  }
}
