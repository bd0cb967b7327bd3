package vpnlab.cli;

import vpnlab.lab.NetworkKind;

/** The networks of {@code --network}. */
enum Network {
  VIRTUAL(NetworkKind.VIRTUAL),
  SOCKETS(NetworkKind.SOCKETS);

  private final NetworkKind kind;

  Network(NetworkKind kind) {
    this.kind = kind;
  }

  NetworkKind kind() {
    return kind;
  }

  /** As many labs at once as there are processors; real time is mostly waiting, so more of it. */
  int threads() {
    int processors = Runtime.getRuntime().availableProcessors();
    return this == VIRTUAL ? processors : 4 * processors;
  }

  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
