package vpnlab.network.topology;

/** Ports from {@code first} to {@code last}, both included. */
public record PortRange(int first, int last) {
  public static final PortRange ANY = new PortRange(0, 65_535);

  public PortRange {
    if (first < 0 || last > 65_535 || first > last) {
      throw new IllegalArgumentException("ports " + first + "-" + last);
    }
  }

  public static PortRange of(int port) {
    return new PortRange(port, port);
  }

  /**
   * Parses {@code 500}, {@code 1024-65535} or {@code any}.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static PortRange parse(String text) {
    if (text.equals("any")) {
      return ANY;
    }
    if (!text.matches("\\d{1,5}(-\\d{1,5})?")) {
      throw new IllegalArgumentException("\"" + text + "\" is neither a port nor a range");
    }
    String[] ends = text.split("-", -1);
    return new PortRange(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]));
  }

  public boolean isAny() {
    return equals(ANY);
  }

  public boolean contains(int port) {
    return first <= port && port <= last;
  }
}
