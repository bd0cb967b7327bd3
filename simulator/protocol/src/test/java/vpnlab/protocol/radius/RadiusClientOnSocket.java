package vpnlab.protocol.radius;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vpnlab.protocol.Carrier;
import vpnlab.protocol.Input;
import vpnlab.protocol.Output;
import vpnlab.protocol.RandomSource;
import vpnlab.protocol.TimerId;
import vpnlab.wire.Octets;

/** A {@link RadiusClient} on a real socket of the loopback address, driven by its caller. */
final class RadiusClientOnSocket implements AutoCloseable, Carrier {
  private final DatagramSocket socket;
  private final RadiusClient client;
  private final Map<TimerId, Instant> timers = new HashMap<>();
  final List<RadiusClientEvent> events = new ArrayList<>();

  RadiusClientOnSocket(InetSocketAddress server, String secret, RetransmissionPolicy policy)
      throws IOException {
    socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    client =
        new RadiusClient(
            new RadiusClientConfig(
                List.of(local()),
                List.of(new RadiusServerAddress(server, SharedSecret.of(secret))),
                policy,
                false),
            RandomSource.secure());
  }

  private InetSocketAddress local() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  /** Sends a request and returns how it ends; all that happens meanwhile is in {@link #events}. */
  RadiusClientEvent ask(RadiusClientCommand.SendAccessRequest request) throws IOException {
    return await(request, request.handle());
  }

  RadiusClientEvent ask(RadiusClientCommand.SendAccountingRequest request) throws IOException {
    return await(request, request.handle());
  }

  private RadiusClientEvent await(RadiusClientCommand command, long handle) throws IOException {
    carry(client.handle(Instant.now(), new Input.Command(command)));
    byte[] buffer = new byte[65535];
    while (true) {
      Optional<RadiusClientEvent> end = end(handle);
      if (end.isPresent()) {
        return end.get();
      }
      Map.Entry<TimerId, Instant> next =
          timers.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow();
      long millis = Duration.between(Instant.now(), next.getValue()).toMillis();
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      if (millis <= 0) {
        timers.remove(next.getKey());
        carry(client.handle(Instant.now(), new Input.TimerFired(next.getKey())));
        continue;
      }
      socket.setSoTimeout((int) millis);
      try {
        socket.receive(packet);
      } catch (SocketTimeoutException e) {
        continue;
      }
      Octets payload = Octets.of(buffer, 0, packet.getLength());
      InetSocketAddress remote = (InetSocketAddress) packet.getSocketAddress();
      carry(client.handle(Instant.now(), new Input.DatagramReceived(local(), remote, payload)));
    }
  }

  private Optional<RadiusClientEvent> end(long handle) {
    return events.stream()
        .filter(
            event ->
                (event instanceof RadiusClientEvent.Accepted a && a.handle() == handle)
                    || (event instanceof RadiusClientEvent.Rejected r && r.handle() == handle)
                    || (event instanceof RadiusClientEvent.Challenged c && c.handle() == handle)
                    || (event instanceof RadiusClientEvent.Acknowledged d && d.handle() == handle)
                    || (event instanceof RadiusClientEvent.TimedOut t && t.handle() == handle))
        .findFirst();
  }

  private void carry(List<Output> outputs) {
    outputs.forEach(output -> output.carryOut(this));
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
  public void setTimer(Output.SetTimer setTimer) {
    timers.put(setTimer.timer(), Instant.now().plus(setTimer.after()));
  }

  @Override
  public void cancelTimer(Output.CancelTimer cancelTimer) {
    timers.remove(cancelTimer.timer());
  }

  @Override
  public void notify(Output.Notify notify) {
    events.add((RadiusClientEvent) notify.event());
  }

  @Override
  public void close() {
    socket.close();
  }
}
