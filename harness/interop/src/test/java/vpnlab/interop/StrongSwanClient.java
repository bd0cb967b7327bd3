package vpnlab.interop;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One connection attempt of a real IKEv2 client, from any port of this machine. */
final class StrongSwanClient {
  private static final Pattern VIRTUAL_ADDRESS =
      Pattern.compile("installing new virtual IP (\\S+)");
  private static final DateTimeFormatter CHARON_TIME =
      DateTimeFormatter.ofPattern("MMM dd HH:mm:ss yyyy", Locale.ENGLISH);

  /**
   * Servers assign the same private addresses, and this machine can have each only once: one client
   * at a time.
   */
  private static final ReentrantLock VIRTUAL_ADDRESSES = new ReentrantLock();

  private static final Duration LIMIT = Duration.ofSeconds(45);

  private final int port;
  private String server = "127.0.0.1";
  private boolean mobile;
  private final List<Path> authorities = new ArrayList<>();
  private String identity = "%any";
  private String authentication = "eap-mschapv2";
  private Optional<String> user = Optional.empty();
  private String password = "";
  private Optional<Credential> credential = Optional.empty();
  private Optional<String> authenticationServer = Optional.empty();
  private Optional<String> proposals = Optional.empty();
  private Optional<String> espProposals = Optional.empty();
  private boolean routing;
  private String retransmission =
      "  retransmit_timeout = 1.5\n  retransmit_base = 1.5\n  retransmit_tries = 4\n";

  private StrongSwanClient(int port) {
    this.port = port;
  }

  /** A client that dials 127.0.0.1 at that UDP port. */
  static StrongSwanClient dialing(int port) {
    return new StrongSwanClient(port);
  }

  /** The server is at another address than 127.0.0.1. */
  StrongSwanClient at(String address) {
    server = address;
    return this;
  }

  /** The client may change its address (RFC 4555). */
  StrongSwanClient mobile() {
    mobile = true;
    return this;
  }

  /** The name that the server must prove to have. */
  StrongSwanClient expecting(String serverIdentity) {
    identity = serverIdentity;
    return this;
  }

  StrongSwanClient trusting(Path authority) {
    authorities.add(authority);
    return this;
  }

  StrongSwanClient eapMschapv2(String name, String secret) {
    authentication = "eap-mschapv2";
    user = Optional.of(name);
    password = secret;
    return this;
  }

  StrongSwanClient eapTls(String name, Credential own) {
    authentication = "eap-tls";
    user = Optional.of(name);
    credential = Optional.of(own);
    return this;
  }

  StrongSwanClient certificate(Credential own) {
    authentication = "pubkey";
    credential = Optional.of(own);
    return this;
  }

  /** The name in the EAP-TLS server's certificate, where it is another than the VPN server's. */
  StrongSwanClient authenticationServer(String name) {
    authenticationServer = Optional.of(name);
    return this;
  }

  StrongSwanClient proposals(String offered) {
    proposals = Optional.of(offered);
    return this;
  }

  /** In strongSwan's notation, e.g. {@code aes256-sha256}. */
  StrongSwanClient protectingBy(String suite) {
    espProposals = Optional.of(suite);
    return this;
  }

  /** The intranet is reached through the tunnel; for a network of its own. */
  StrongSwanClient routingIntoTheTunnel() {
    routing = true;
    return this;
  }

  /** Gives up on a silent server after some two seconds instead of twenty. */
  StrongSwanClient impatient() {
    retransmission =
        "  retransmit_timeout = 0.5\n  retransmit_base = 1.2\n  retransmit_tries = 2\n";
    return this;
  }

  /** Why an attempt failed, as the client itself saw it. */
  enum Reason {
    CERTIFICATE_EXPIRED,
    CERTIFICATE_NOT_YET_VALID,
    CERTIFICATE_UNTRUSTED,
    NAME_MISMATCH,
    NO_PROPOSAL_CHOSEN,
    WRONG_PASSWORD,
    EAP_FAILED,
    AUTHENTICATION_FAILED,
    NO_ADDRESS,
    NO_RESPONSE,
    OTHER
  }

  /**
   * How the attempt ended.
   *
   * @param virtualAddress the address that the server assigned, when established
   * @param reason why not, when not
   * @param log what charon logged, without its dumps
   * @param keys the SA's keys as a line of Wireshark's {@code ikev2_decryption_table}
   */
  record Result(
      boolean established,
      Optional<String> virtualAddress,
      Optional<Reason> reason,
      String log,
      Optional<String> keys) {}

  /** A connection that stays until it is closed. */
  record Session(Charon charon, Result result) implements AutoCloseable {
    @Override
    public void close() {
      if (result.established()) {
        charon.swanctl("terminate", Duration.ofSeconds(5), "--terminate", "--ike", "attempt");
      }
      charon.close();
      VIRTUAL_ADDRESSES.unlock();
    }
  }

  /** Connects and, when that worked, says goodbye at once. */
  Result connect(Path parent) {
    try (Session session = stay(parent)) {
      return session.result();
    }
  }

  /** Connects and stays connected; to be closed by the thread that called. */
  Session stay(Path parent) {
    VIRTUAL_ADDRESSES.lock();
    Charon charon = null;
    try {
      charon = start(parent);
      return new Session(charon, attempt(charon));
    } catch (RuntimeException failed) {
      if (charon != null) {
        charon.close();
      }
      VIRTUAL_ADDRESSES.unlock();
      throw failed;
    }
  }

  /**
   * Charon draws a port for IPv6 and hopes that it is free for IPv4 too; while labs run beside it,
   * it sometimes is not, and then the client can send nothing.
   */
  private Charon start(Path parent) {
    Charon charon = null;
    for (int tries = 0; tries < 5; tries++) {
      Path directory = ChildProcess.folder(parent, "client");
      configure(directory);
      charon = Charon.start(directory, new Charon.Options(0, 0, routing, retransmission, ""));
      if (!charon.log().contains("unable to bind socket")) {
        return charon;
      }
      charon.close();
    }
    throw new IllegalStateException("charon finds no free ports:\n" + charon.log());
  }

  private static Result attempt(Charon charon) {
    ChildProcess.Ended initiated =
        charon.swanctl("initiate", LIMIT, "--initiate", "--child", "tunnel");
    String full = charon.log();
    String log = full + "\n" + initiated.errors();
    Matcher address = VIRTUAL_ADDRESS.matcher(log);
    return new Result(
        initiated.well(),
        address.find() ? Optional.of(address.group(1)) : Optional.empty(),
        initiated.well() ? Optional.empty() : Optional.of(reason(log)),
        IkeKeyTable.withoutDumps(log),
        IkeKeyTable.of(full));
  }

  private void configure(Path directory) {
    List<String> names = new ArrayList<>();
    for (Path authority : authorities) {
      String name = "ca-" + names.size() + ".pem";
      StrongSwanServer.copy(authority, directory.resolve("x509ca").resolve(name));
      names.add(name);
    }
    credential.ifPresent(
        own -> {
          StrongSwanServer.copy(own.certificate(), directory.resolve("x509/client.pem"));
          StrongSwanServer.copy(own.key(), directory.resolve("private/client.key"));
        });
    List<String> local = new ArrayList<>(List.of("auth = " + authentication));
    credential.ifPresent(own -> local.add("certs = client.pem"));
    user.ifPresent(name -> local.add("eap_id = " + Charon.quote(name)));
    if (credential.isEmpty()) {
      user.ifPresent(name -> local.add("id = " + Charon.quote(name)));
    }
    authenticationServer.ifPresent(name -> local.add("aaa_id = " + Charon.quote(name)));
    ChildProcess.write(
        directory.resolve("swanctl.conf"),
        """
        connections {
          attempt {
            version = 2
            remote_addrs = %s
            remote_port = %d
            mobike = %s
            keyingtries = 1
            vips = 0.0.0.0
            %s
            local {
              %s
            }
            remote {
              auth = pubkey
              id = %s
              %s
            }
            children {
              tunnel {
                remote_ts = %s
                %s
              }
            }
          }
        }
        secrets {
          eap-user {
            id = %s
            secret = %s
          }
        }
        """
            .formatted(
                server,
                port,
                mobile ? "yes" : "no",
                proposals.map(value -> "proposals = " + value).orElse(""),
                String.join("\n      ", local),
                Charon.quote(identity),
                names.isEmpty() ? "" : "cacerts = " + String.join(", ", names),
                // The way to the server itself must not lead into the tunnel.
                routing ? "10.0.0.0/8" : "0.0.0.0/0",
                espProposals.map(value -> "esp_proposals = " + value).orElse(""),
                Charon.quote(user.orElse("nobody")),
                Charon.quote(password)));
  }

  /** What charon logs in each case; the more particular ones come first. */
  private static Reason reason(String log) {
    if (log.contains("subject certificate invalid (valid from")) {
      return validityBegan(log) ? Reason.CERTIFICATE_EXPIRED : Reason.CERTIFICATE_NOT_YET_VALID;
    }
    if (log.contains("no issuer certificate found")
        || (log.contains("self-signed certificate") && log.contains("is not trusted"))) {
      return Reason.CERTIFICATE_UNTRUSTED;
    }
    if (has(log, "IDir '.*' does not match to|constraint check failed: identity")
        || has(log, "no trusted \\S+ public key found for")) {
      return Reason.NAME_MISMATCH;
    }
    if (has(log, "EAP-MS-CHAPv2 failed with error ERROR_AUTHENTICATION_FAILURE")) {
      return Reason.WRONG_PASSWORD;
    }
    if (has(log, "EAP_\\S+ method failed|EAP-MS-CHAPv2 failed|received EAP_FAILURE")) {
      return Reason.EAP_FAILED;
    }
    if (has(log, "received INTERNAL_ADDRESS_FAILURE|no virtual IP found|received FAILED_CP_REQ")) {
      return Reason.NO_ADDRESS;
    }
    if (log.contains("received NO_PROPOSAL_CHOSEN")) {
      return Reason.NO_PROPOSAL_CHOSEN;
    }
    // Our server, like Windows, puts its private status before it, and charon names the first only.
    if (log.contains("received AUTHENTICATION_FAILED")
        || has(log, "parsed IKE_AUTH response \\d+ \\[.* N\\(AUTH_FAILED\\)")) {
      return Reason.AUTHENTICATION_FAILED;
    }
    return log.contains("giving up after") ? Reason.NO_RESPONSE : Reason.OTHER;
  }

  private static boolean has(String log, String expression) {
    return Pattern.compile(expression).matcher(log).find();
  }

  /**
   * charon prints both ends of the validity in the same words; the clock tells which was missed.
   */
  private static boolean validityBegan(String log) {
    Matcher from = Pattern.compile("invalid \\(valid from (.*?) to ").matcher(log);
    return from.find()
        && LocalDateTime.parse(from.group(1), CHARON_TIME)
            .toInstant(ZoneOffset.UTC)
            .isBefore(Instant.now());
  }
}
