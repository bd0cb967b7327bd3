package vpnlab.lab.directory;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vpnlab.lab.host.Machine;
import vpnlab.network.channel.Buffers;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.ldap.BindCredentials;
import vpnlab.wire.ldap.LdapMessage;
import vpnlab.wire.ldap.LdapOperation;
import vpnlab.wire.ldap.LdapOperation.BindRequest;
import vpnlab.wire.ldap.LdapOperation.BindResponse;
import vpnlab.wire.ldap.LdapOperation.SearchRequest;
import vpnlab.wire.ldap.LdapOperation.SearchResultDone;
import vpnlab.wire.ldap.LdapOperation.SearchResultEntry;
import vpnlab.wire.ldap.LdapResult;
import vpnlab.wire.ldap.LdapStream;

/**
 * One LDAP connection to a domain controller, opened when the service starts and bound once. It
 * stays open, and with it what the directory takes the computer for; searches follow each other
 * without waiting. When it breaks, the next search opens another.
 */
final class DirectoryClient {
  private static final Logger LOG = LoggerFactory.getLogger(DirectoryClient.class);

  /** A search, or a connection and its bind, take no longer; RADIUS clients wait 15 s in all. */
  static final Duration LIMIT = Duration.ofSeconds(4);

  /** Hears of the connection, for the event log. */
  interface Listener {
    void connected();

    /** Nobody answered; {@code why} is for people. */
    void unreachable(String why);

    /** The directory does not believe the computer. */
    void refused(String why);
  }

  /** A search that waits for its end; {@code then} hears nothing of one that came to none. */
  private record Search(
      SearchRequest request,
      List<SearchResultEntry> entries,
      Instant since,
      Consumer<Optional<List<SearchResultEntry>>> then) {}

  private final Machine machine;
  private final InetSocketAddress server;
  private final String name;
  private final Octets password;
  private final Listener listener;
  private final List<Search> queue = new ArrayList<>();
  private final Map<Integer, Search> sent = new LinkedHashMap<>();
  private Optional<Connection> current = Optional.empty();
  private boolean watching;
  private int lastId;

  /**
   * @param name of the account; empty, with an empty password, for a client without a name
   */
  DirectoryClient(
      Machine machine, InetSocketAddress server, String name, String password, Listener listener) {
    this.machine = machine;
    this.server = server;
    this.name = name;
    this.password = Octets.ofText(password, StandardCharsets.UTF_8);
    this.listener = listener;
  }

  /** Opens the connection, unless it is open. */
  void open() {
    if (current.isEmpty()) {
      Connection opened = new Connection();
      current = Optional.of(opened);
      opened.connect();
    }
  }

  /** Ends the connection, as it does when the service ends; a later search opens another. */
  void close() {
    current.ifPresent(Connection::leave);
  }

  /** Whether the connection is still being made. */
  boolean opening() {
    return current.filter(connection -> !connection.bound).isPresent();
  }

  /**
   * Searches now, or as soon as there is a connection.
   *
   * @param then hears what was found; empty when nobody answered
   */
  void search(SearchRequest request, Consumer<Optional<List<SearchResultEntry>>> then) {
    Search search = new Search(request, new ArrayList<>(), now(), then);
    Optional<Connection> ready = current.filter(connection -> connection.bound);
    if (ready.isPresent()) {
      ready.get().send(search);
    } else {
      queue.add(search);
      open();
    }
  }

  private Instant now() {
    return machine.network().network().clock().instant();
  }

  /** One timer for all searches: the oldest tells whether the directory still answers. */
  private void watch(Duration after) {
    if (watching) {
      return;
    }
    watching = true;
    machine
        .network()
        .eventLoop()
        .schedule(
            () -> {
              watching = false;
              if (sent.isEmpty()) {
                return;
              }
              Duration age = Duration.between(sent.values().iterator().next().since(), now());
              if (age.compareTo(LIMIT) < 0) {
                watch(LIMIT.minus(age));
              } else {
                current.ifPresent(connection -> connection.fail("no answer to a search"));
              }
            },
            after.toNanos(),
            TimeUnit.NANOSECONDS);
  }

  /** The connection is no more: everybody who waits for it hears so. */
  private void ended() {
    current = Optional.empty();
    List<Search> unanswered = new ArrayList<>(sent.values());
    unanswered.addAll(queue);
    sent.clear();
    queue.clear();
    unanswered.forEach(search -> tell(search, Optional.empty()));
  }

  private void tell(Search search, Optional<List<SearchResultEntry>> result) {
    try {
      search.then().accept(result);
    } catch (RuntimeException e) {
      LOG.error("{}: a service failed with an answer of the directory", machine.name(), e);
    }
  }

  /** From the first SYN to the end; what comes after the end is nobody's. */
  private final class Connection extends SimpleChannelInboundHandler<ByteBuf> {
    private final LdapStream stream = new LdapStream();
    private Optional<Channel> channel = Optional.empty();
    private ScheduledFuture<?> limit;
    private boolean bound;
    private boolean over;

    void connect() {
      limit =
          machine
              .network()
              .eventLoop()
              .schedule(
                  () -> fail("no answer within " + LIMIT.toSeconds() + " seconds"),
                  LIMIT.toNanos(),
                  TimeUnit.NANOSECONDS);
      var connecting = machine.network().connectTcp(server, this);
      channel = Optional.of(connecting.channel());
      connecting.addListener(
          done -> {
            if (!done.isSuccess()) {
              fail(String.valueOf(done.cause().getMessage()));
            }
          });
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      BindCredentials proof = new BindCredentials.Simple(password);
      write(LdapMessage.of(++lastId, new BindRequest(3, name, proof)));
    }

    void send(Search search) {
      int id = lastId = lastId == Integer.MAX_VALUE ? 1 : lastId + 1;
      sent.put(id, search);
      watch(LIMIT);
      write(LdapMessage.of(id, search.request()));
    }

    private void write(LdapMessage message) {
      channel.ifPresent(open -> open.writeAndFlush(Buffers.of(message.encode())));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf buffer) {
      try {
        for (LdapMessage message : stream.feed(Buffers.octets(buffer))) {
          hear(message);
        }
      } catch (MalformedMessageException e) {
        fail("the answer is not LDAP: " + e.getMessage());
      }
    }

    private void hear(LdapMessage message) {
      if (over) {
        return;
      }
      LdapOperation operation = message.operation();
      if (operation instanceof BindResponse response) {
        bindEnded(response.result());
      } else if (operation instanceof SearchResultEntry entry) {
        Search search = sent.get(message.id());
        if (search != null) {
          search.entries().add(entry);
        }
      } else if (operation instanceof SearchResultDone done) {
        Search search = sent.remove(message.id());
        if (search != null) {
          // A base that may not be seen is not there; other refusals bring nothing either.
          tell(search, Optional.of(done.result().successful() ? search.entries() : List.of()));
        }
      } else if (message.id() == 0) {
        fail("the directory has ended the connection");
      }
    }

    private void bindEnded(LdapResult result) {
      if (!result.successful()) {
        limit.cancel(false);
        over = true;
        close();
        listener.refused(result.code() + ": " + result.diagnostic());
        ended();
        return;
      }
      limit.cancel(false);
      bound = true;
      listener.connected();
      List<Search> waiting = List.copyOf(queue);
      queue.clear();
      waiting.forEach(this::send);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      fail("the connection was closed");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      fail(String.valueOf(cause.getMessage()));
    }

    private void fail(String why) {
      if (over) {
        return;
      }
      over = true;
      limit.cancel(false);
      close();
      listener.unreachable(why);
      ended();
    }

    /** Whoever leaves of his own will has no trouble to tell of. */
    private void leave() {
      over = true;
      limit.cancel(false);
      close();
      ended();
    }

    private void close() {
      channel.ifPresent(Channel::close);
    }
  }
}
