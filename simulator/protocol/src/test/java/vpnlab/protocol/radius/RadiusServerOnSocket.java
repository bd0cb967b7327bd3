package vpnlab.protocol.radius;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import vpnlab.protocol.Carrier;
import vpnlab.protocol.Input;
import vpnlab.protocol.Output;
import vpnlab.protocol.ProtocolCommand;
import vpnlab.protocol.RandomSource;
import vpnlab.protocol.eap.EapAuthenticator;
import vpnlab.wire.Octets;

/** A {@link RadiusServer} with EAP on a real socket of the loopback address. */
final class RadiusServerOnSocket implements AutoCloseable, Carrier {
  private final DatagramSocket socket;
  private final RadiusServer server;
  private final EapConversations conversations;
  private final Supplier<EapAuthenticator> opener;
  private final Thread thread;
  final List<EapExchange> exchanges = new CopyOnWriteArrayList<>();
  final List<RadiusServerEvent> events = new CopyOnWriteArrayList<>();

  RadiusServerOnSocket(String secret, Supplier<EapAuthenticator> opener) throws IOException {
    this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    this.opener = opener;
    RadiusServerClient client =
        new RadiusServerClient(
            "loopback", AddressRange.parse("127.0.0.0/8"), SharedSecret.of(secret));
    RandomSource random = RandomSource.secure();
    this.server = new RadiusServer(new RadiusServerConfig(List.of(client)), random);
    this.conversations = new EapConversations(Duration.ofMinutes(1), 100, random);
    this.thread = new Thread(this::serve, "radius-server");
    this.thread.setDaemon(true);
    this.thread.start();
  }

  int port() {
    return socket.getLocalPort();
  }

  private void serve() {
    byte[] buffer = new byte[65535];
    InetSocketAddress local = (InetSocketAddress) socket.getLocalSocketAddress();
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
      } catch (IOException e) {
        return;
      }
      Octets payload = Octets.of(buffer, 0, packet.getLength());
      InetSocketAddress remote = (InetSocketAddress) packet.getSocketAddress();
      carry(server.handle(Instant.now(), new Input.DatagramReceived(local, remote, payload)));
    }
  }

  private void carry(List<Output> outputs) {
    outputs.forEach(output -> output.carryOut(this));
  }

  private void command(ProtocolCommand command) {
    carry(server.handle(Instant.now(), new Input.Command(command)));
  }

  @Override
  public void transmit(Output.Transmit transmit) {
    byte[] octets = transmit.payload().toArray();
    try {
      socket.send(new DatagramPacket(octets, octets.length, transmit.remote()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void notify(Output.Notify notify) {
    RadiusServerEvent event = (RadiusServerEvent) notify.event();
    events.add(event);
    if (event instanceof RadiusServerEvent.RequestReceived request) {
      EapExchange exchange = conversations.handle(Instant.now(), request.packet(), opener);
      exchanges.add(exchange);
      if (exchange instanceof EapExchange.Challenge challenge) {
        command(challenge.reply(request.handle()));
      } else if (exchange instanceof EapExchange.Accept accept) {
        command(accept.reply(request.handle(), List.of()));
      } else if (exchange instanceof EapExchange.Reject reject) {
        command(reject.reply(request.handle()));
      }
    }
  }

  @Override
  public void setTimer(Output.SetTimer setTimer) {
    throw new AssertionError("the server has no timers");
  }

  @Override
  public void cancelTimer(Output.CancelTimer cancelTimer) {
    throw new AssertionError("the server has no timers");
  }

  @Override
  public void close() throws SocketException, InterruptedException {
    socket.close();
    thread.join(5000);
  }
}
