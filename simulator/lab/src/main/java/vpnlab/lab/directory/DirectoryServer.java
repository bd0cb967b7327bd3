package vpnlab.lab.directory;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import vpnlab.evidence.DirectoryObject;
import vpnlab.lab.host.DirectoryEvents;
import vpnlab.lab.host.Machine;
import vpnlab.lab.host.SystemEvents;
import vpnlab.lab.spec.DirectorySpec;
import vpnlab.lab.spec.DirectorySpec.GroupKind;
import vpnlab.network.channel.Buffers;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.ldap.LdapMessage;
import vpnlab.wire.ldap.LdapStream;

/** The directory service of a domain controller: LDAP on TCP port 389. */
public final class DirectoryServer {
  /** RFC 4511 section 5.2. */
  public static final int PORT = 389;

  /** Windows' name of the service. */
  public static final String SERVICE = "NTDS";

  private final Machine machine;
  private final DirectorySpec spec;
  private final DirectoryEvents events;
  private final Domain domain;
  private final AccessToken anonymous;

  private DirectoryServer(Machine machine, DirectorySpec spec, Instant labStart) {
    this.machine = machine;
    this.spec = spec;
    this.events = new DirectoryEvents(machine.log());
    this.domain = new Domain(spec, labStart);
    // The logon session of those without a name is made once, when the domain controller starts.
    this.anonymous = domain.anonymous();
  }

  /** Starts the service, or only says in the event log that it is stopped. */
  public static DirectoryServer start(Machine machine, DirectorySpec spec, Instant labStart)
      throws BindException {
    new SystemEvents(machine.log()).serviceState(SERVICE, spec.running());
    DirectoryServer server = new DirectoryServer(machine, spec, labStart);
    if (spec.running()) {
      machine.network().listenTcp(PORT, server.connections());
    }
    return server;
  }

  /** What an administrator's tools list. */
  public List<DirectoryObject> listing() {
    return domain.listing();
  }

  /** Lets those join their groups who do so only after all services have started; it is audited. */
  public void change() {
    spec.groups()
        .forEach(
            (name, group) ->
                group
                    .membersAddedAfterStart()
                    .forEach(
                        member -> {
                          domain.addMember(name, member);
                          events.memberAdded(
                              name,
                              domain.dn(member),
                              group.kind() == GroupKind.SECURITY,
                              group.scope());
                        }));
  }

  private ChannelInitializer<Channel> connections() {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        channel.pipeline().addLast(new Connection());
      }
    };
  }

  private final class Connection extends SimpleChannelInboundHandler<ByteBuf> {
    private final LdapStream stream = new LdapStream();
    private LdapSession session;

    @Override
    public void channelActive(ChannelHandlerContext context) {
      String remote =
          ((InetSocketAddress) context.channel().remoteAddress()).getAddress().getHostAddress();
      session =
          new LdapSession(domain, anonymous, (name, code) -> events.simpleBind(remote, name, code));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf buffer) {
      List<LdapMessage> messages;
      try {
        messages = stream.feed(Buffers.octets(buffer));
      } catch (MalformedMessageException e) {
        machine.observer().note(machine.name(), "ended an LDAP connection: " + e.getMessage());
        send(context, LdapSession.disconnection(e.getMessage()));
        context.flush();
        context.close();
        return;
      }
      for (LdapMessage message : messages) {
        Optional<List<LdapMessage>> answers = session.handle(message);
        if (answers.isEmpty()) {
          context.close();
          return;
        }
        answers.get().forEach(answer -> send(context, answer));
        if (answers.get().stream().anyMatch(answer -> answer.id() == 0)) {
          context.flush();
          context.close();
          return;
        }
      }
      context.flush();
    }

    private void send(ChannelHandlerContext context, LdapMessage message) {
      context
          .write(Buffers.of(message.encode()))
          .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      machine.observer().note(machine.name(), "lost an LDAP connection: " + cause.getMessage());
      context.close();
    }
  }
}
