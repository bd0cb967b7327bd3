package vpnlab.network.path;

import io.netty.channel.ChannelId;

/** Counts a network's channels, so that names in logs repeat from run to run. */
public record NumberedChannelId(int number) implements ChannelId {
  private static final long serialVersionUID = 1L;

  @Override
  public String asShortText() {
    return "lab-" + number;
  }

  @Override
  public String asLongText() {
    return asShortText();
  }

  @Override
  public int compareTo(ChannelId other) {
    return other instanceof NumberedChannelId that
        ? Integer.compare(number, that.number)
        : asLongText().compareTo(other.asLongText());
  }
}
