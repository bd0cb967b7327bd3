package vpnlab.protocol.dhcp;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vpnlab.protocol.Endpoint;
import vpnlab.protocol.Input;
import vpnlab.protocol.Output;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.dhcp.DhcpMessage;
import vpnlab.wire.dhcp.DhcpMessageType;
import vpnlab.wire.dhcp.DhcpOption;
import vpnlab.wire.dhcp.DhcpOptionCode;
import vpnlab.wire.ip.Ipv4Address;

/**
 * A DHCP server (RFC 2131 section 4.3) on port 67. The scope is that of the network from which a
 * message came: the relay's, or the one of the interface on which the host received it.
 */
public final class DhcpServer implements Endpoint {
  private static final Ipv4Address BROADCAST = Ipv4Address.LIMITED_BROADCAST;

  private final List<DhcpScope> scopes;
  private final DhcpBindings bindings = new DhcpBindings();

  public DhcpServer(List<DhcpScope> scopes) {
    this.scopes = List.copyOf(scopes);
  }

  /** A message and how it came. */
  private record Heard(
      DhcpMessage message, Octets client, InetSocketAddress local, Ipv4Address self, Instant now) {
    Ipv4Address near() {
      return message.relay().isAny() ? self : message.relay();
    }
  }

  @Override
  public List<Output> handle(Instant now, Input input) {
    List<Output> outputs = new ArrayList<>();
    bindings
        .expire(now)
        .forEach(
            (address, client) ->
                outputs.add(new Output.Notify(new DhcpServerEvent.Expired(address, client))));
    if (input instanceof Input.DatagramReceived datagram) {
      try {
        DhcpMessage message = DhcpMessage.decode(datagram.payload());
        if (message.operation() == DhcpMessage.BOOT_REQUEST) {
          InetSocketAddress local = datagram.local();
          outputs.addAll(
              heard(new Heard(message, message.clientKey(), local, Ipv4Address.of(local), now)));
        }
      } catch (MalformedMessageException e) {
        return outputs; // RFC 2131 gives no answer to what is no DHCP message
      }
    }
    return outputs;
  }

  private List<Output> heard(Heard heard) {
    Optional<DhcpMessageType> type = heard.message().type();
    if (type.isEmpty()) {
      return List.of();
    }
    Optional<DhcpScope> scope =
        scopes.stream().filter(each -> each.network().contains(heard.near())).findFirst();
    return switch (type.get().value()) {
      case 1 -> scope.map(each -> discover(heard, each)).orElseGet(() -> noScope(heard));
      case 3 -> scope.map(each -> request(heard, each)).orElseGet(() -> noScope(heard));
      case 4 -> decline(heard, scope);
      case 7 -> release(heard);
      case 8 -> scope.map(each -> inform(heard, each)).orElseGet(() -> noScope(heard));
      default -> List.of();
    };
  }

  private static List<Output> noScope(Heard heard) {
    return List.of(new Output.Notify(new DhcpServerEvent.NoScope(heard.near(), heard.client())));
  }

  private List<Output> discover(Heard heard, DhcpScope scope) {
    Optional<Ipv4Address> wanted = heard.message().address(DhcpOptionCode.REQUESTED_ADDRESS);
    Optional<Ipv4Address> offered = bindings.offer(scope, heard.client(), wanted, heard.now());
    if (offered.isEmpty()) {
      return List.of(new Output.Notify(new DhcpServerEvent.Exhausted(scope, heard.client())));
    }
    return answer(heard, DhcpMessageType.OFFER, offered.get(), leaseOptions(scope), scope);
  }

  private List<Output> request(Heard heard, DhcpScope scope) {
    Optional<Ipv4Address> server = heard.message().address(DhcpOptionCode.SERVER_IDENTIFIER);
    if (server.isPresent() && !server.get().equals(heard.self())) {
      // The client has taken another server's offer.
      bindings
          .heldBy(heard.client())
          .filter(address -> bindings.at(address).map(each -> !each.taken()).orElse(false))
          .ifPresent(bindings::free);
      return List.of();
    }
    Ipv4Address wanted =
        heard
            .message()
            .address(DhcpOptionCode.REQUESTED_ADDRESS)
            .orElse(heard.message().clientAddress());
    boolean known = bindings.isHeldBy(wanted, heard.client());
    if (!known && server.isEmpty() && scope.offers(wanted) && bindings.at(wanted).isEmpty()) {
      return List.of(); // RFC 2131 4.3.2: another server may have the record
    }
    return known && scope.offers(wanted) ? lease(heard, scope, wanted) : deny(heard, scope, wanted);
  }

  private List<Output> lease(Heard heard, DhcpScope scope, Ipv4Address address) {
    boolean renewed = bindings.lease(address, heard.client(), heard.now().plus(scope.lease()));
    List<Output> outputs = new ArrayList<>();
    outputs.add(new Output.Notify(new DhcpServerEvent.Leased(address, heard.client(), renewed)));
    outputs.addAll(answer(heard, DhcpMessageType.ACK, address, leaseOptions(scope), scope));
    return outputs;
  }

  private List<Output> deny(Heard heard, DhcpScope scope, Ipv4Address wanted) {
    List<Output> outputs = new ArrayList<>();
    outputs.add(new Output.Notify(new DhcpServerEvent.Denied(wanted, heard.client())));
    outputs.addAll(answer(heard, DhcpMessageType.NAK, Ipv4Address.ANY, List.of(), scope));
    return outputs;
  }

  private List<Output> inform(Heard heard, DhcpScope scope) {
    return answer(heard, DhcpMessageType.ACK, Ipv4Address.ANY, List.of(), scope);
  }

  private List<Output> release(Heard heard) {
    Ipv4Address address = heard.message().clientAddress();
    if (!bindings.isHeldBy(address, heard.client())) {
      return List.of();
    }
    bindings.free(address);
    return List.of(new Output.Notify(new DhcpServerEvent.Released(address, heard.client())));
  }

  private List<Output> decline(Heard heard, Optional<DhcpScope> scope) {
    Optional<Ipv4Address> address =
        heard
            .message()
            .address(DhcpOptionCode.REQUESTED_ADDRESS)
            .filter(each -> bindings.isHeldBy(each, heard.client()));
    if (address.isEmpty()) {
      return List.of();
    }
    Duration blocked = scope.map(DhcpScope::lease).orElse(Duration.ofHours(1));
    bindings.block(address.get(), heard.now().plus(blocked));
    return List.of(new Output.Notify(new DhcpServerEvent.Declined(address.get(), heard.client())));
  }

  private static List<DhcpOption> leaseOptions(DhcpScope scope) {
    long seconds = scope.lease().toSeconds();
    return List.of(
        DhcpOption.seconds(DhcpOptionCode.LEASE_TIME, seconds),
        DhcpOption.seconds(DhcpOptionCode.RENEWAL_TIME, seconds / 2),
        DhcpOption.seconds(DhcpOptionCode.REBINDING_TIME, seconds * 7 / 8));
  }

  private static List<Output> answer(
      Heard heard,
      DhcpMessageType type,
      Ipv4Address given,
      List<DhcpOption> lease,
      DhcpScope scope) {
    List<DhcpOption> options = new ArrayList<>();
    options.add(DhcpOption.messageType(type));
    options.add(DhcpOption.address(DhcpOptionCode.SERVER_IDENTIFIER, heard.self()));
    options.addAll(lease);
    if (!type.equals(DhcpMessageType.NAK)) {
      options.add(DhcpOption.address(DhcpOptionCode.SUBNET_MASK, scope.mask()));
      addConfigured(options, heard.message(), scope);
    }
    heard
        .message()
        .value(DhcpOptionCode.CLIENT_IDENTIFIER)
        .filter(identifier -> identifier.size() <= 255)
        // RFC 6842: the client's own identifier goes back.
        .ifPresent(
            identifier ->
                options.add(new DhcpOption(DhcpOptionCode.CLIENT_IDENTIFIER, identifier)));
    DhcpMessage answer = heard.message().reply(given, options);
    return List.of(
        new Output.Notify(new DhcpServerEvent.Answered(heard.message(), answer)),
        new Output.Transmit(heard.local(), destination(heard.message(), type), answer.encode()));
  }

  /** What the scope has of what the client asks for; a client that names nothing gets it all. */
  private static void addConfigured(
      List<DhcpOption> options, DhcpMessage request, DhcpScope scope) {
    Optional<Octets> asked = request.value(DhcpOptionCode.PARAMETER_REQUEST_LIST);
    if (!scope.routers().isEmpty() && asksFor(asked, DhcpOptionCode.ROUTER)) {
      options.add(DhcpOption.addresses(DhcpOptionCode.ROUTER, scope.routers()));
    }
    if (!scope.nameServers().isEmpty() && asksFor(asked, DhcpOptionCode.DOMAIN_NAME_SERVER)) {
      options.add(DhcpOption.addresses(DhcpOptionCode.DOMAIN_NAME_SERVER, scope.nameServers()));
    }
    if (!scope.domain().isEmpty() && asksFor(asked, DhcpOptionCode.DOMAIN_NAME)) {
      options.add(
          new DhcpOption(
              DhcpOptionCode.DOMAIN_NAME,
              Octets.ofText(scope.domain(), java.nio.charset.StandardCharsets.US_ASCII)));
    }
  }

  private static boolean asksFor(Optional<Octets> list, DhcpOptionCode code) {
    if (list.isEmpty()) {
      return true;
    }
    for (int i = 0; i < list.get().size(); i++) {
      if (list.get().at(i) == code.value()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Where an answer goes (RFC 2131 section 4.1). Instead of sending to a hardware address whose
   * owner has no IP address yet, this server broadcasts.
   */
  private static InetSocketAddress destination(DhcpMessage request, DhcpMessageType type) {
    if (!request.relay().isAny()) {
      return request.relay().at(DhcpMessage.SERVER_PORT);
    }
    boolean direct = !request.clientAddress().isAny() && !type.equals(DhcpMessageType.NAK);
    return (direct ? request.clientAddress() : BROADCAST).at(DhcpMessage.CLIENT_PORT);
  }
}
