package vpnlab.protocol.ike;

import java.time.Duration;
import java.util.Optional;
import vpnlab.protocol.RandomSource;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.IkeMessage;
import vpnlab.wire.ike.IkeSpi;

/**
 * The end of an IKEv2 connection that begins it (RFC 7296), in the manner of the Windows client:
 * one connection, from {@link IkeCommand.Connect} to {@link IkeEvent.Failed} or {@link
 * IkeEvent.Closed}.
 *
 * <pre>
 * Connect -&gt; {@link InitiatorSaInit} -&gt; {@link InitiatorAwaitsServer}
 *   -&gt; ({@link InitiatorAwaitsEap} -&gt; {@link InitiatorAwaitsFinalAuth} -&gt;)? {@link EstablishedState}
 *   -&gt; {@link ClosingState} | {@link EndedState}
 * </pre>
 */
public final class IkeInitiator extends IkeNode {
  private final IkeInitiatorConfig config;
  private final SaSettings settings;
  private IkeSaId connection;

  public IkeInitiator(IkeInitiatorConfig config, RandomSource random) {
    super(random);
    this.config = config;
    Duration linger = config.retransmission().total();
    this.settings =
        new SaSettings(
            config.retransmission(),
            config.fragmentSize(),
            false,
            config.outageLimit(),
            linger,
            config.ikeProposals(),
            config.espProposals());
  }

  @Override
  SaSettings settings() {
    return settings;
  }

  @Override
  void command(IkeCommand command) {
    if (command instanceof IkeCommand.Connect) {
      connect();
      return;
    }
    Optional<IkeSa> sa = Optional.ofNullable(connection).flatMap(this::find);
    if (sa.isEmpty()) {
      return;
    }
    if (command instanceof IkeCommand.Disconnect || command instanceof IkeCommand.Delete) {
      sa.get().state().command(new IkeCommand.Delete(connection));
    } else {
      sa.get().state().command(command);
    }
  }

  private void connect() {
    if (connection != null && find(connection).filter(sa -> !sa.isOver()).isPresent()) {
      return;
    }
    connection = newId();
    Path path = new Path(config.local(), config.remote(), isMarkedFromTheStart());
    IkeSa sa = new IkeSa(this, connection, true, newSpi(), IkeSpi.ZERO, path);
    register(sa);
    InitiatorSaInit state = new InitiatorSaInit(sa, config);
    sa.become(state);
    state.send();
  }

  private boolean isMarkedFromTheStart() {
    boolean port500 = config.local().getPort() == 500 || config.remote().getPort() == 500;
    return config.nonEspMarker() == IkeInitiatorConfig.NonEspMarker.UNLESS_PORT_500 && !port500;
  }

  /** It takes no clients. */
  @Override
  void initRequest(Path path, Octets datagram, IkeMessage message) {}

  @Override
  void unknownSa(Path path, IkeMessage message) {}

  @Override
  void undecodable(Path path, Octets message) {}
}
