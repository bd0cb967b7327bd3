package vpnlab.protocol;

/** Whoever carries out an endpoint's {@linkplain Output outputs}. */
public interface Carrier {
  void transmit(Output.Transmit transmit);

  void setTimer(Output.SetTimer setTimer);

  void cancelTimer(Output.CancelTimer cancelTimer);

  void notify(Output.Notify notify);
}
