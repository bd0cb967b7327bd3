package vpnlab.wire.ldap;

import java.util.ArrayList;
import java.util.List;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;

/**
 * The outcome of an operation (LDAPResult, RFC 4511 section 4.1.9).
 *
 * @param matchedDn the nearest entry above one that does not exist, else empty
 * @param diagnostic for people; may be empty
 * @param referrals URIs; empty unless the code is referral
 */
public record LdapResult(
    LdapResultCode code, String matchedDn, String diagnostic, List<String> referrals) {
  private static final int REFERRAL = 0xa3;

  public LdapResult {
    referrals = List.copyOf(referrals);
  }

  public static LdapResult of(LdapResultCode code, String diagnostic) {
    return new LdapResult(code, "", diagnostic, List.of());
  }

  public boolean successful() {
    return code.equals(LdapResultCode.SUCCESS);
  }

  /** Reads the components of an LDAPResult and leaves what stands behind them. */
  static LdapResult read(OctetReader reader, String field) throws MalformedMessageException {
    LdapResultCode code =
        new LdapResultCode(
            BerElement.integer(reader, BerElement.ENUMERATED, field + " / resultCode"));
    String matched = BerElement.text(reader, field + " / matchedDN");
    String diagnostic = BerElement.text(reader, field + " / diagnosticMessage");
    List<String> referrals = new ArrayList<>();
    if (BerSequence.nextIs(reader, REFERRAL)) {
      OctetReader uris = BerElement.sequence(reader, REFERRAL, field + " / referral");
      while (uris.hasMore()) {
        referrals.add(BerElement.text(uris, field + " / referral / uri"));
      }
      if (referrals.isEmpty()) {
        throw new MalformedMessageException(field + " / referral", "names no URI");
      }
    }
    return new LdapResult(code, matched, diagnostic, referrals);
  }

  BerSequence write() {
    BerSequence sequence =
        new BerSequence()
            .integer(BerElement.ENUMERATED, code.value())
            .text(BerElement.OCTET_STRING, matchedDn)
            .text(BerElement.OCTET_STRING, diagnostic);
    if (!referrals.isEmpty()) {
      BerSequence uris = new BerSequence();
      referrals.forEach(uri -> uris.text(BerElement.OCTET_STRING, uri));
      sequence.add(uris.as(REFERRAL));
    }
    return sequence;
  }
}
