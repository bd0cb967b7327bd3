package vpnlab.protocol.eap;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateEntry;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.SignatureScheme;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSession;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import vpnlab.protocol.RandomSource;
import vpnlab.wire.Octets;
import vpnlab.wire.eap.EapType;

/**
 * What the TLS client and the TLS server of EAP-TLS have in common: their certificate, their
 * judgement of the other's, and what became of it.
 */
final class TlsSide {
  private static final String TLS12_LABEL = "client EAP encryption";
  private static final String TLS13_LABEL = "EXPORTER_EAP_TLS_Key_Material";
  private static final byte[] TLS13_CONTEXT = {13};
  private static final int KEY_MATERIAL = 128;
  private static final int SESSION_ID = 32;

  private final Optional<CertificateAndKey> own;
  private final CertificateJudge judge;
  private final boolean tls13;
  private final EapType outer;
  private final Optional<TlsSessionCache> sessions;
  private final RandomSource random;
  final JcaTlsCrypto crypto;

  private Instant now = Instant.EPOCH;
  private Optional<RuntimeException> judgeFault = Optional.empty();
  private List<Octets> otherChain = List.of();
  private Optional<CertificateVerdict.Refused> refusal = Optional.empty();
  private boolean certificateMissing;
  private boolean complete;
  private boolean usesTls13;
  private Optional<Octets> keyMaterial = Optional.empty();
  private OptionalInt alertReceived = OptionalInt.empty();
  private OptionalInt alertRaised = OptionalInt.empty();
  private Optional<TlsSessionCache.Kept> offered = Optional.empty();
  private Optional<TlsSession> session = Optional.empty();
  private boolean resumed;

  /**
   * @param outer the EAP method that this TLS belongs to
   */
  TlsSide(
      EapType outer,
      Optional<CertificateAndKey> own,
      CertificateJudge judge,
      EapTlsOptions options,
      RandomSource random) {
    this.outer = outer;
    this.own = own;
    this.judge = judge;
    this.tls13 = options.tls13();
    this.sessions = options.sessions();
    this.random = random;
    this.crypto = new RepeatableTlsCrypto(random);
  }

  /** Certificates that come next are judged by this time. */
  void setNow(Instant now) {
    this.now = now;
  }

  ProtocolVersion[] versions() {
    return tls13
        ? ProtocolVersion.TLSv13.downTo(ProtocolVersion.TLSv12)
        : ProtocolVersion.TLSv12.only();
  }

  boolean hasRsaKey() {
    return own.map(o -> o.privateKey().getAlgorithm().startsWith("RSA")).orElse(true);
  }

  boolean allowsTls13() {
    return tls13;
  }

  /** Judges the other side's certificates; a refusal leaves as the alert that the judge chose. */
  void judge(Certificate certificate, short alertWhenMissing) throws IOException {
    if (certificate == null || certificate.isEmpty()) {
      certificateMissing = true;
      throw new TlsFatalAlert(alertWhenMissing);
    }
    List<Octets> chain = new ArrayList<>();
    for (TlsCertificate each : certificate.getCertificateList()) {
      chain.add(Octets.of(each.getEncoded()));
    }
    otherChain = List.copyOf(chain);
    CertificateVerdict verdict = askJudge();
    if (verdict instanceof CertificateVerdict.Refused refused) {
      refusal = Optional.of(refused);
      throw new TlsFatalAlert((short) refused.alert());
    }
  }

  private CertificateVerdict askJudge() {
    try {
      return judge.judge(now, otherChain);
    } catch (RuntimeException e) {
      judgeFault = Optional.of(e);
      throw e;
    }
  }

  /** A judge's bug must reach its owner, and not end as one more broken handshake. */
  void rethrowJudgeFault() {
    if (judgeFault.isPresent()) {
      throw judgeFault.get();
    }
  }

  /**
   * Our certificate and its key, ready to sign.
   *
   * @param otherSigAlgs the signature algorithms that the other side offered; when none of them
   *     fits the key, it is used all the same, and the other side may refuse
   * @return null when there is no certificate, as Bouncy Castle wants it
   */
  TlsCredentialedSigner signer(TlsContext context, Vector<?> otherSigAlgs, byte[] requestContext)
      throws IOException {
    if (own.isEmpty()) {
      return null;
    }
    boolean isTls13 = TlsUtils.isTLSv13(context);
    CertificateEntry[] entries = new CertificateEntry[own.get().chain().size()];
    for (int i = 0; i < entries.length; i++) {
      byte[] der = own.get().chain().get(i).toArray();
      entries[i] = new CertificateEntry(crypto.createCertificate(der), null);
    }
    Certificate chain = new Certificate(isTls13 ? requestContext : null, entries);
    List<Integer> schemes = SignatureSchemes.of(own.get().privateKey(), isTls13);
    SignatureAndHashAlgorithm algorithm =
        SignatureScheme.getSignatureAndHashAlgorithm(
            SignatureSchemes.choose(schemes, otherSigAlgs));
    return new JcaDefaultTlsCredentialedSigner(
        new TlsCryptoParameters(context), crypto, own.get().privateKey(), chain, algorithm);
  }

  /** RFC 5216, section 2.3; RFC 9190, section 2.3. */
  void completed(TlsContext context) {
    usesTls13 = TlsUtils.isTLSv13(context);
    byte[] material;
    if (usesTls13) {
      material = context.exportKeyingMaterial(TLS13_LABEL, TLS13_CONTEXT, KEY_MATERIAL);
    } else {
      // Not Bouncy Castle's exporter: it insists on the extended master secret, and EAP-TLS does
      // not.
      SecurityParameters session = context.getSecurityParametersConnection();
      Octets seed =
          Octets.concat(Octets.of(session.getClientRandom()), Octets.of(session.getServerRandom()));
      material =
          TlsUtils.PRF(
                  session, session.getMasterSecret(), TLS12_LABEL, seed.toArray(), KEY_MATERIAL)
              .extract();
    }
    keyMaterial = Optional.of(Octets.of(material));
    session = Optional.ofNullable(context.getSession());
    resumed = context.getSecurityParametersConnection().isResumedSession();
    complete = true;
  }

  /** The client's: the session that it would like to take up again, or null. */
  TlsSession lastSession() {
    offered = sessions.flatMap(cache -> cache.last(outer, now));
    return offered.map(TlsSessionCache.Kept::session).orElse(null);
  }

  /** The server's: the session that the client names, or null. */
  TlsSession session(byte[] id) {
    offered = sessions.flatMap(cache -> cache.find(outer, Octets.of(id), now));
    return offered.map(TlsSessionCache.Kept::session).orElse(null);
  }

  /** The server's name for a new session; empty when none is to be resumed. */
  byte[] newSessionId() {
    return sessions.isPresent() ? random.octets(SESSION_ID).toArray() : TlsUtils.EMPTY_BYTES;
  }

  /** The session that this handshake has taken up again. */
  Optional<TlsSessionCache.Kept> resumed() {
    return resumed ? offered : Optional.empty();
  }

  /** Whether the handshake was the short one. */
  boolean isResumed() {
    return resumed;
  }

  /** Lets the session be resumed, once the whole method has ended well. */
  void keepSession(String name, List<Octets> chain, Optional<EapType> inner) {
    if (sessions.isPresent() && session.isPresent() && !resumed && !usesTls13) {
      sessions.get().keep(new TlsSessionCache.Kept(outer, session.get(), now, name, chain, inner));
    }
  }

  /** A session that ends badly must not be taken up again. */
  void forgetSession() {
    if (sessions.isPresent()) {
      offered.ifPresent(kept -> sessions.get().forget(kept.id()));
    }
  }

  void alertReceived(short level, short description) {
    if (level == AlertLevel.fatal || description == AlertDescription.close_notify) {
      alertReceived = OptionalInt.of(description);
    }
  }

  void alertRaised(short level, short description) {
    if (level == AlertLevel.fatal) {
      alertRaised = OptionalInt.of(description);
    }
  }

  boolean isComplete() {
    return complete;
  }

  boolean usesTls13() {
    return usesTls13;
  }

  /** MSK and EMSK, 64 octets each. */
  Optional<Octets> keyMaterial() {
    return keyMaterial;
  }

  List<Octets> otherChain() {
    return otherChain;
  }

  OptionalInt receivedAlert() {
    return alertReceived;
  }

  /** Why TLS has ended, as the peer sees it. */
  EapPeerFailure peerFailure() {
    if (refusal.isPresent()) {
      return new EapPeerFailure.CertificateRefused(refusal.get().code(), refusal.get().text());
    }
    if (alertReceived.isPresent()) {
      return new EapPeerFailure.TlsAlertReceived(alertReceived.getAsInt());
    }
    return new EapPeerFailure.ProtocolViolation(
        alertRaised.isPresent()
            ? "TLS failed: " + alertName(alertRaised.getAsInt())
            : "TLS failed");
  }

  /** Why TLS has ended, as the authenticator sees it. */
  EapAuthenticatorFailure authenticatorFailure() {
    if (refusal.isPresent()) {
      return new EapAuthenticatorFailure.CertificateRefused(
          refusal.get().code(), refusal.get().text());
    }
    if (certificateMissing) {
      return new EapAuthenticatorFailure.CertificateMissing();
    }
    if (alertReceived.isPresent()) {
      return new EapAuthenticatorFailure.TlsAlertReceived(alertReceived.getAsInt());
    }
    int alert = alertRaised.orElse(-1);
    return new EapAuthenticatorFailure.TlsFailed(alert, alert < 0 ? "TLS ended" : alertName(alert));
  }

  private static String alertName(int description) {
    return AlertDescription.getText((short) description);
  }
}
