package vpnlab.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A real IKEv2 responder on free ports of 127.0.0.1. */
final class StrongSwanServer implements AutoCloseable {
  private final Charon charon;
  private final int port;
  private final int natPort;
  private final String pool;

  private StrongSwanServer(Charon charon, int port, int natPort, String pool) {
    this.charon = charon;
    this.port = port;
    this.natPort = natPort;
    this.pool = pool;
  }

  int port() {
    return port;
  }

  int natPort() {
    return natPort;
  }

  String pool() {
    return pool;
  }

  String log() {
    return charon.log();
  }

  @Override
  public void close() {
    charon.close();
  }

  static Setup named(String identity) {
    return new Setup(identity);
  }

  /** What the server shall be. */
  static final class Setup {
    private final String identity;
    private final Map<String, String> users = new LinkedHashMap<>();
    private final List<Path> chain = new ArrayList<>();
    private Credential credential;
    private Optional<Path> clientAuthority = Optional.empty();
    private String authentication = "eap-mschapv2";
    private String pool = "10.98.0.0/24";
    private Optional<String> proposals = Optional.empty();
    private boolean routing;
    private String radius = "";

    private Setup(String identity) {
      this.identity = identity;
    }

    Setup serving(Credential credential) {
      this.credential = credential;
      return this;
    }

    /** Sends that authority's certificate along. */
    Setup withIntermediate(Path certificate) {
      chain.add(certificate);
      return this;
    }

    /** {@code eap-mschapv2}, {@code eap-tls}, {@code eap-radius} or {@code pubkey}. */
    Setup authenticatingBy(String authentication) {
      this.authentication = authentication;
      return this;
    }

    Setup acceptingClientsOf(Path authority) {
      clientAuthority = Optional.of(authority);
      return this;
    }

    Setup user(String name, String password) {
      users.put(name, password);
      return this;
    }

    Setup pool(String addresses) {
      pool = addresses;
      return this;
    }

    /** The clients are reached through the tunnel; for a network of its own. */
    Setup routingIntoTheTunnel() {
      routing = true;
      return this;
    }

    /** In strongSwan's notation, e.g. {@code aes256-sha256-modp2048}. */
    Setup proposals(String proposals) {
      this.proposals = Optional.of(proposals);
      return this;
    }

    Setup asking(FreeRadius server) {
      authentication = "eap-radius";
      radius =
          """
          eap-radius {
            servers {
              one {
                address = 127.0.0.1
                auth_port = %d
                secret = %s
              }
            }
          }
          """
              .formatted(server.port(), Charon.quote(server.secret()));
      return this;
    }

    StrongSwanServer start(Path parent) {
      IllegalStateException last = null;
      for (int attempt = 0; attempt < 3; attempt++) {
        Path directory = ChildProcess.folder(parent, "server");
        int port = FreePorts.udp();
        int natPort = FreePorts.udp();
        configure(directory);
        Charon charon =
            Charon.start(directory, new Charon.Options(port, natPort, routing, "", radius));
        String log = charon.log();
        if (!log.contains("unable to bind socket")
            && !log.contains("could not create any sockets")) {
          return new StrongSwanServer(charon, port, natPort, pool);
        }
        charon.close();
        last = new IllegalStateException("UDP port " + port + " or " + natPort + " was taken");
      }
      throw last;
    }

    private void configure(Path directory) {
      copy(credential.certificate(), directory.resolve("x509/server.pem"));
      copy(credential.key(), directory.resolve("private/server.key"));
      for (Path authority : chain) {
        copy(authority, directory.resolve("x509ca/" + authority.getFileName()));
      }
      clientAuthority.ifPresent(ca -> copy(ca, directory.resolve("x509ca/clients.pem")));
      StringBuilder secrets = new StringBuilder();
      users.forEach(
          (name, password) ->
              secrets.append(
                  "  eap-%d {\n    id = %s\n    secret = %s\n  }\n"
                      .formatted(secrets.length(), Charon.quote(name), Charon.quote(password))));
      ChildProcess.write(
          directory.resolve("swanctl.conf"),
          """
          connections {
            lab {
              version = 2
              mobike = no
              send_cert = always
              unique = never
              pools = pool
              %s
              local {
                auth = pubkey
                id = %s
                certs = server.pem
              }
              remote {
                auth = %s
                %s
                %s
              }
              children {
                tunnel {
                  local_ts = 0.0.0.0/0
                }
              }
            }
          }
          pools {
            pool {
              addrs = %s
            }
          }
          secrets {
          %s
          }
          """
              .formatted(
                  proposals.map(value -> "proposals = " + value).orElse(""),
                  Charon.quote(identity),
                  authentication,
                  authentication.startsWith("eap-") ? "eap_id = %any" : "",
                  clientAuthority.map(ca -> "cacerts = clients.pem").orElse(""),
                  pool,
                  secrets));
    }
  }

  static void copy(Path from, Path to) {
    try {
      Files.createDirectories(to.getParent());
      Files.copy(from, to);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
