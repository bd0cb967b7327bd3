package vpnlab.lab.servers;

import vpnlab.protocol.ike.IkeEvent;

/** Follows the sessions of RRAS that have been established, e.g. to carry or to count traffic. */
public interface SessionObserver {
  void established(RemoteSession session, IkeEvent.Established established);

  /** Where the client is; comes right behind {@link #established}, and whenever it changes. */
  default void pathChanged(RemoteSession session, IkeEvent.PathChanged changed) {}

  default void childRekeyed(RemoteSession session, IkeEvent.ChildRekeyed rekeyed) {}

  default void childRetired(RemoteSession session, IkeEvent.ChildRetired retired) {}

  default void childDeleted(RemoteSession session, IkeEvent.ChildDeleted deleted) {}

  /** Called once for each session that was established. */
  void ended(RemoteSession session);
}
