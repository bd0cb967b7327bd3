package vpnlab.interop;

import java.nio.file.Path;

/** A certificate and its private key (PKCS#8), both PEM files. */
record Credential(Path certificate, Path key) {}
