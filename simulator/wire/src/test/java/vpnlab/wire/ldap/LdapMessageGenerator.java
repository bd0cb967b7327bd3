package vpnlab.wire.ldap;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import vpnlab.wire.Octets;
import vpnlab.wire.ldap.LdapOperation.DerefAliases;
import vpnlab.wire.ldap.LdapOperation.SearchScope;

/** Messages of every kind. */
final class LdapMessageGenerator {
  private final Random random;

  LdapMessageGenerator(Random random) {
    this.random = random;
  }

  LdapMessage message() {
    return new LdapMessage(random.nextInt() & 0x7fffffff, operation(), several(this::control));
  }

  private LdapOperation operation() {
    return switch (random.nextInt(11)) {
      case 0 -> new LdapOperation.BindRequest(1 + random.nextInt(127), text(), credentials());
      case 1 -> new LdapOperation.BindResponse(result(), maybe(this::octets));
      case 2 -> new LdapOperation.UnbindRequest();
      case 3 ->
          new LdapOperation.SearchRequest(
              text(),
              SearchScope.values()[random.nextInt(3)],
              DerefAliases.values()[random.nextInt(4)],
              random.nextInt(1000),
              random.nextInt() & 0x7fffffff,
              random.nextBoolean(),
              filter(3),
              several(this::text));
      case 4 -> new LdapOperation.SearchResultEntry(text(), several(this::attribute));
      case 5 -> new LdapOperation.SearchResultReference(atLeastOne(this::text));
      case 6 -> new LdapOperation.SearchResultDone(result());
      case 7 -> new LdapOperation.AbandonRequest(random.nextInt() & 0x7fffffff);
      case 8 -> new LdapOperation.ExtendedRequest(text(), maybe(this::octets));
      case 9 ->
          new LdapOperation.ExtendedResponse(result(), maybe(this::text), maybe(this::octets));
      default -> new LdapOperation.Other(0x66 + 2 * random.nextInt(5), octets());
    };
  }

  private BindCredentials credentials() {
    return switch (random.nextInt(3)) {
      case 0 -> new BindCredentials.Simple(octets());
      case 1 -> new BindCredentials.Sasl(text(), maybe(this::octets));
      default -> new BindCredentials.Other(0x89 + random.nextInt(3), octets());
    };
  }

  private LdapResult result() {
    return new LdapResult(
        new LdapResultCode(random.nextInt(130)), text(), text(), several(this::text));
  }

  private LdapFilter filter(int depth) {
    int kinds = depth == 0 ? 4 : 7;
    return switch (random.nextInt(kinds)) {
      case 0 ->
          new LdapFilter.Compare(
              LdapFilter.Comparison.values()[random.nextInt(4)], text(), octets());
      case 1 -> new LdapFilter.Present(text());
      case 2 ->
          new LdapFilter.Substrings(
              text(), maybe(this::octets), atLeastOne(this::octets), maybe(this::octets));
      case 3 ->
          new LdapFilter.Extensible(
              maybe(this::text), Optional.of(text()), octets(), random.nextBoolean());
      case 4 -> new LdapFilter.And(several(() -> filter(depth - 1)));
      case 5 -> new LdapFilter.Or(several(() -> filter(depth - 1)));
      default -> new LdapFilter.Not(filter(depth - 1));
    };
  }

  private LdapAttribute attribute() {
    return new LdapAttribute(text(), several(this::octets));
  }

  private LdapControl control() {
    return new LdapControl(text(), random.nextBoolean(), maybe(this::octets));
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.appendCodePoint("aZ=,*-é日\uD83D\uDE00".codePointAt(random.nextInt(8)));
    }
    return text.toString().replaceAll("[\uD800-\uDFFF]", "");
  }

  private Octets octets() {
    byte[] bytes = new byte[random.nextInt(20) == 0 ? random.nextInt(70_000) : random.nextInt(20)];
    random.nextBytes(bytes);
    return Octets.of(bytes);
  }

  private <T> Optional<T> maybe(Supplier<T> some) {
    return random.nextBoolean() ? Optional.of(some.get()) : Optional.empty();
  }

  private <T> List<T> several(Supplier<T> one) {
    List<T> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(one.get());
    }
    return list;
  }

  private <T> List<T> atLeastOne(Supplier<T> one) {
    List<T> list = several(one);
    list.add(one.get());
    return list;
  }
}
