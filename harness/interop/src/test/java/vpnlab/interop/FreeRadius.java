package vpnlab.interop;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A real RADIUS server with PAP, EAP-MSCHAPv2, EAP-TLS and PEAP on a free port of 127.0.0.1. */
final class FreeRadius implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(30);

  private final ChildProcess server;
  private final int port;
  private final String secret;

  private FreeRadius(ChildProcess server, int port, String secret) {
    this.server = server;
    this.port = port;
    this.secret = secret;
  }

  int port() {
    return port;
  }

  String secret() {
    return secret;
  }

  /** Its debugging output: every packet and every decision. */
  String log() {
    return server.output();
  }

  long pid() {
    return server.pid();
  }

  @Override
  public void close() {
    server.close();
  }

  static Setup sharing(String secret) {
    return new Setup(secret);
  }

  /** What the server shall be. */
  static final class Setup {
    private final String secret;
    private final Map<String, String> users = new LinkedHashMap<>();
    private Credential credential;
    private Path clientAuthority;
    private String method = "mschapv2";
    private boolean silent;

    private Setup(String secret) {
      this.secret = secret;
    }

    Setup serving(Credential credential) {
      this.credential = credential;
      return this;
    }

    Setup acceptingClientsOf(Path authority) {
      clientAuthority = authority;
      return this;
    }

    Setup user(String name, String password) {
      users.put(name, password);
      return this;
    }

    /** The EAP method that it proposes first: {@code mschapv2}, {@code tls} or {@code peap}. */
    Setup proposing(String method) {
      this.method = method;
      return this;
    }

    /** As for service, in several threads, instead of telling all that it does. */
    Setup silent() {
      silent = true;
      return this;
    }

    FreeRadius start(Path parent) {
      IllegalStateException last = null;
      for (int attempt = 0; attempt < 3; attempt++) {
        Path directory = ChildProcess.folder(parent, "radius");
        int port = FreePorts.udp();
        configure(directory, port);
        List<String> command = new ArrayList<>(List.of(Program.named("freeradius").toString()));
        command.addAll(silent ? List.of("-f", "-l", "stdout") : List.of("-X"));
        command.addAll(List.of("-d", directory.toString(), "-n", "radiusd"));
        ChildProcess server = ChildProcess.start(directory, "freeradius", command);
        try {
          server.awaitReady(START, () -> server.output().contains("Ready to process requests"));
          return new FreeRadius(server, port, secret);
        } catch (IllegalStateException notReady) {
          server.close();
          last = notReady;
        }
      }
      throw last;
    }

    private void configure(Path directory, int port) {
      StringBuilder known = new StringBuilder();
      users.forEach(
          (name, password) ->
              known.append(
                  "%s Cleartext-Password := %s\n"
                      .formatted(Charon.quote(name), Charon.quote(password))));
      // EAP-TLS needs no password; the certificate's issuer decides.
      ChildProcess.write(directory.resolve("users"), known.toString());
      ChildProcess.write(directory.resolve("dictionary"), "");
      ChildProcess.write(
          directory.resolve("radiusd.conf"),
          """
          prefix = %1$s
          logdir = %1$s
          run_dir = %1$s
          raddbdir = %1$s
          pidfile = %1$s/radiusd.pid
          # Answered requests are remembered for 5 s; the default of 256 would drop all further ones.
          max_requests = 131072
          security {
            allow_core_dumps = no
          }
          thread pool {
            start_servers = 4
            max_servers = 16
          }
          client lab {
            ipaddr = 127.0.0.0/8
            secret = %2$s
            require_message_authenticator = yes
          }
          modules {
            files {
              usersfile = %1$s/users
            }
            pap {
            }
            mschap {
              use_mppe = yes
              require_encryption = yes
              require_strong = yes
              allow_retry = no
            }
            eap {
              default_eap_type = %3$s
              timer_expire = 60
              tls-config certificates {
                certificate_file = %4$s
                private_key_file = %5$s
                ca_file = %6$s
                tls_min_version = "1.2"
                tls_max_version = "1.2"
                # For fast reconnect; a session is resumed only if it has been kept on disk.
                cache {
                  enable = yes
                  lifetime = 1
                  name = "lab"
                  persist_dir = %8$s
                }
              }
              tls {
                tls = certificates
              }
              peap {
                tls = certificates
                default_eap_type = mschapv2
                virtual_server = lab
              }
              mschapv2 {
                # The reason of a refusal in an EAP request of its own, as Windows sends it.
                send_error = yes
              }
            }
          }
          server lab {
            listen {
              type = auth
              ipaddr = 127.0.0.1
              port = %7$d
            }
            authorize {
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
              Auth-Type MS-CHAP {
                mschap
              }
              eap
            }
          }
          """
              .formatted(
                  directory,
                  Charon.quote(secret),
                  method,
                  credential.certificate(),
                  credential.key(),
                  clientAuthority,
                  port,
                  ChildProcess.folder(directory, "sessions")));
    }
  }
}
