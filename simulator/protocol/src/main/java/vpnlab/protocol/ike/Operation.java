package vpnlab.protocol.ike;

import vpnlab.wire.ike.IkeMessage;

/** A request that this end makes under an established IKE SA; one at a time, the others wait. */
interface Operation {
  /** Sends the request, with {@link IkeSa#sendRequest}. */
  void send(EstablishedState state);

  /** Takes the answer; calling {@link #send} again repeats the operation. */
  void response(EstablishedState state, IkeMessage clear);
}
