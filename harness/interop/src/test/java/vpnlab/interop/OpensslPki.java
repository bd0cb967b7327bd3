package vpnlab.interop;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A certification authority that the openssl program runs, so that no certificate in these tests
 * comes from the code under test. Certificates are minted when they are asked for first.
 */
final class OpensslPki {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Path directory;
  private final Credential root;
  private final Credential foreignRoot;
  private final Credential intermediate;
  private final Map<CertificateRecipe, Credential> minted = new HashMap<>();

  OpensslPki(Path directory) {
    this.directory = directory;
    root = root("root", "Interop root");
    foreignRoot = root("foreign", "Somebody else's root");
    intermediate = issue("intermediate", root, false, "Interop issuing CA", authority(), past());
  }

  /** The root that clients trust. */
  Path trustedRoot() {
    return root.certificate();
  }

  /** A root that has nothing to do with the other. */
  Path foreignRootCertificate() {
    return foreignRoot.certificate();
  }

  /** The authority under the root. */
  Path intermediateCertificate() {
    return intermediate.certificate();
  }

  synchronized Credential mint(CertificateRecipe recipe) {
    Credential known = minted.get(recipe);
    if (known != null) {
      return known;
    }
    List<String> extensions = new ArrayList<>();
    extensions.add("basicConstraints=critical,CA:FALSE");
    extensions.add("keyUsage=critical,digitalSignature,keyEncipherment");
    extensions.add("subjectAltName=" + recipe.subjectAlternativeName());
    recipe.extendedKeyUsage().ifPresent(eku -> extensions.add("extendedKeyUsage=" + eku));
    Instant now = Instant.now();
    List<String> validity =
        List.of(
            "-startdate", TIME.format(now.plus(recipe.notBefore())),
            "-enddate", TIME.format(now.plus(recipe.notAfter())));
    Credential issuer =
        switch (recipe.issuer()) {
          case ROOT -> root;
          case INTERMEDIATE -> intermediate;
          case FOREIGN_ROOT -> foreignRoot;
        };
    Credential credential =
        issue(
            "leaf-" + minted.size(),
            issuer,
            recipe.elliptic(),
            recipe.commonName(),
            extensions,
            validity);
    minted.put(recipe, credential);
    return credential;
  }

  private static List<String> authority() {
    return List.of(
        "basicConstraints=critical,CA:TRUE,pathlen:0", "keyUsage=critical,keyCertSign,cRLSign");
  }

  private static List<String> past() {
    return List.of(
        "-startdate", TIME.format(Instant.now().minus(Duration.ofDays(100))), "-days", "800");
  }

  private Credential root(String name, String commonName) {
    Path key = key(name, false);
    Path certificate = directory.resolve(name + ".pem");
    openssl(
        name + "-self",
        List.of(
            "req",
            "-new",
            "-x509",
            "-sha256",
            "-days",
            "3650",
            "-key",
            key.toString(),
            "-out",
            certificate.toString(),
            "-subj",
            "/O=Interop/CN=" + commonName,
            "-addext",
            "basicConstraints=critical,CA:TRUE",
            "-addext",
            "keyUsage=critical,keyCertSign,cRLSign"));
    return new Credential(certificate, key);
  }

  private Path key(String name, boolean elliptic) {
    Path key = directory.resolve(name + ".key");
    List<String> kind =
        elliptic
            ? List.of("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256")
            : List.of("-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048");
    List<String> arguments = new ArrayList<>(List.of("genpkey", "-out", key.toString()));
    arguments.addAll(kind);
    openssl(name + "-key", arguments);
    return key;
  }

  private Credential issue(
      String name,
      Credential issuer,
      boolean elliptic,
      String commonName,
      List<String> extensions,
      List<String> validity) {
    Path key = key(name, elliptic);
    Path request = directory.resolve(name + ".csr");
    Path certificate = directory.resolve(name + ".pem");
    openssl(
        name + "-request",
        List.of(
            "req",
            "-new",
            "-key",
            key.toString(),
            "-out",
            request.toString(),
            "-subj",
            "/O=Interop/CN=" + commonName));
    Path database = ChildProcess.write(directory.resolve(name + ".db"), "");
    ChildProcess.write(directory.resolve(name + ".db.attr"), "unique_subject = no\n");
    Path configuration =
        ChildProcess.write(
            directory.resolve(name + ".cnf"),
            """
            [ca]
            default_ca = authority
            [authority]
            database = %s
            new_certs_dir = %s
            certificate = %s
            private_key = %s
            rand_serial = yes
            default_md = sha256
            policy = any
            email_in_dn = no
            [any]
            organizationName = optional
            commonName = supplied
            [extensions]
            subjectKeyIdentifier = hash
            authorityKeyIdentifier = keyid
            %s
            """
                .formatted(
                    database,
                    directory,
                    issuer.certificate(),
                    issuer.key(),
                    String.join("\n", extensions)));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "ca",
                "-batch",
                "-notext",
                "-config",
                configuration.toString(),
                "-extensions",
                "extensions",
                "-in",
                request.toString(),
                "-out",
                certificate.toString()));
    arguments.addAll(validity);
    openssl(name + "-issue", arguments);
    return new Credential(certificate, key);
  }

  private void openssl(String step, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(Program.named("openssl").toString()));
    command.addAll(arguments);
    ChildProcess.Ended ended =
        ChildProcess.run(directory, step, Map.of(), Duration.ofSeconds(60), command);
    if (!ended.well()) {
      throw new IllegalStateException(command + ":\n" + ended.errors());
    }
  }

  private void delete() throws java.io.IOException {
    List<Path> files;
    try (var listing = Files.list(directory)) {
      files = listing.toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
    Files.delete(directory);
  }

  /** Hands the tests of one run the same authority, and removes its files at the end. */
  static final class Shared implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
        ExtensionContext.Namespace.create(Shared.class);

    private record Held(OpensslPki pki)
        implements ExtensionContext.Store.CloseableResource, AutoCloseable {
      @Override
      public void close() throws java.io.IOException {
        pki.delete();
      }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == OpensslPki.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(NAMESPACE)
          .getOrComputeIfAbsent(
              Held.class,
              key ->
                  new Held(
                      new OpensslPki(
                          ChildProcess.folder(
                              Path.of(System.getProperty("java.io.tmpdir")), "vpnlab-pki"))),
              Held.class)
          .pki();
    }
  }
}
