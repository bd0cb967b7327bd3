package vpnlab.lab.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import vpnlab.protocol.mschap.MsChapV2;
import vpnlab.wire.Octets;
import vpnlab.wire.ldap.BindCredentials;
import vpnlab.wire.ldap.LdapControl;
import vpnlab.wire.ldap.LdapMessage;
import vpnlab.wire.ldap.LdapOperation;
import vpnlab.wire.ldap.LdapOperation.BindRequest;
import vpnlab.wire.ldap.LdapOperation.BindResponse;
import vpnlab.wire.ldap.LdapOperation.ExtendedRequest;
import vpnlab.wire.ldap.LdapOperation.ExtendedResponse;
import vpnlab.wire.ldap.LdapOperation.SearchRequest;
import vpnlab.wire.ldap.LdapOperation.SearchResultDone;
import vpnlab.wire.ldap.LdapOperation.SearchResultEntry;
import vpnlab.wire.ldap.LdapResult;
import vpnlab.wire.ldap.LdapResultCode;

/**
 * What a directory server answers on one connection: bind, search, unbind (RFC 4511 section 4). A
 * bind computes the token that all later searches are held against.
 */
final class LdapSession {
  /** RFC 4511 section 4.4.1: the server ends the connection. */
  static final String NOTICE_OF_DISCONNECTION = "1.3.6.1.4.1.1466.20036";

  private static final int MODIFY = 6;
  private static final int ADD = 8;
  private static final int DELETE = 10;
  private static final int MODIFY_DN = 12;
  private static final int COMPARE = 14;

  private final Domain domain;
  private final BiConsumer<String, LdapResultCode> bound;
  private Optional<AccessToken> token = Optional.empty();
  private final AccessToken anonymous;

  /**
   * @param anonymous what a client is that does not bind; the server computes it when it starts
   * @param bound hears of every bind: the name that was given and how it ended
   */
  LdapSession(Domain domain, AccessToken anonymous, BiConsumer<String, LdapResultCode> bound) {
    this.domain = domain;
    this.anonymous = anonymous;
    this.bound = bound;
  }

  /** The answers to a message; empty for a message that asks to end the connection. */
  Optional<List<LdapMessage>> handle(LdapMessage message) {
    LdapOperation operation = message.operation();
    if (operation instanceof LdapOperation.UnbindRequest) {
      return Optional.empty();
    }
    boolean unknownCritical = message.controls().stream().anyMatch(LdapControl::critical);
    List<LdapMessage> answers = new ArrayList<>();
    if (operation instanceof BindRequest bind) {
      answers.add(LdapMessage.of(message.id(), new BindResponse(bind(bind), Optional.empty())));
    } else if (operation instanceof SearchRequest search) {
      search(message.id(), search, unknownCritical, answers);
    } else if (operation instanceof ExtendedRequest) {
      LdapResult refused =
          LdapResult.of(LdapResultCode.PROTOCOL_ERROR, "No extended operation is served here.");
      answers.add(
          LdapMessage.of(
              message.id(), new ExtendedResponse(refused, Optional.empty(), Optional.empty())));
    } else if (operation instanceof LdapOperation.Other other) {
      return other(message.id(), other);
    } else if (!(operation instanceof LdapOperation.AbandonRequest)) {
      return Optional.of(List.of(disconnection("A client sends no answers.")));
    }
    return Optional.of(answers);
  }

  /** What is said before a connection is closed because of what the client has sent. */
  static LdapMessage disconnection(String why) {
    return LdapMessage.of(
        0,
        new ExtendedResponse(
            LdapResult.of(LdapResultCode.PROTOCOL_ERROR, why),
            Optional.of(NOTICE_OF_DISCONNECTION),
            Optional.empty()));
  }

  /** Nothing can be changed here: that is the administrator's part, not a member's. */
  private static Optional<List<LdapMessage>> other(int id, LdapOperation.Other other) {
    int number = other.tag() & 0x1f;
    if (!List.of(MODIFY, ADD, DELETE, MODIFY_DN, COMPARE).contains(number)) {
      return Optional.of(List.of(disconnection("The operation is not known.")));
    }
    LdapResult refused =
        LdapResult.of(LdapResultCode.UNWILLING_TO_PERFORM, "The directory is read-only here.");
    // Each of these has its answer under the next number, in the form of a SearchResultDone.
    return Optional.of(
        List.of(LdapMessage.of(id, LdapOperation.Other.ofResult(0x60 | number + 1, refused))));
  }

  private LdapResult bind(BindRequest request) {
    token = Optional.empty();
    LdapResult result = judge(request);
    bound.accept(request.name(), result.code());
    return result;
  }

  private LdapResult judge(BindRequest request) {
    if (request.version() != 3) {
      return LdapResult.of(LdapResultCode.PROTOCOL_ERROR, "Only LDAPv3 is spoken here.");
    }
    if (!(request.credentials() instanceof BindCredentials.Simple simple)) {
      return LdapResult.of(
          LdapResultCode.AUTH_METHOD_NOT_SUPPORTED, "Only simple authentication is served here.");
    }
    if (simple.password().isEmpty()) {
      // RFC 4513 section 5.1.2: a name without a password would only seem to be proved.
      return request.name().isEmpty()
          ? LdapResult.of(LdapResultCode.SUCCESS, "")
          : LdapResult.of(LdapResultCode.UNWILLING_TO_PERFORM, "A name needs a password.");
    }
    Optional<DirectoryEntry> account = domain.account(request.name());
    if (account.isEmpty()) {
      return LdapResult.of(
          LdapResultCode.INVALID_CREDENTIALS, "AcceptSecurityContext error, data 525");
    }
    Octets hash =
        MsChapV2.ntPasswordHash(simple.password().toText(java.nio.charset.StandardCharsets.UTF_8));
    boolean right =
        account.get().values("unicodePwd").stream().anyMatch(hash::equalsInConstantTime);
    if (!right) {
      return LdapResult.of(
          LdapResultCode.INVALID_CREDENTIALS, "AcceptSecurityContext error, data 52e");
    }
    token = Optional.of(domain.tokenOf(account.get()));
    return LdapResult.of(LdapResultCode.SUCCESS, "");
  }

  private void search(
      int id, SearchRequest request, boolean unknownCritical, List<LdapMessage> answers) {
    LdapResult result;
    if (unknownCritical) {
      result =
          LdapResult.of(LdapResultCode.UNAVAILABLE_CRITICAL_EXTENSION, "No control is known here.");
    } else {
      Optional<List<SearchResultEntry>> found =
          domain.tree().search(token.orElse(anonymous), request);
      List<SearchResultEntry> entries = found.orElse(List.of());
      boolean tooMany = request.sizeLimit() > 0 && entries.size() > request.sizeLimit();
      entries.stream()
          .limit(tooMany ? request.sizeLimit() : entries.size())
          .forEach(entry -> answers.add(LdapMessage.of(id, entry)));
      result =
          found.isEmpty()
              ? LdapResult.of(LdapResultCode.NO_SUCH_OBJECT, "")
              : LdapResult.of(
                  tooMany ? LdapResultCode.SIZE_LIMIT_EXCEEDED : LdapResultCode.SUCCESS, "");
    }
    answers.add(LdapMessage.of(id, new SearchResultDone(result)));
  }
}
