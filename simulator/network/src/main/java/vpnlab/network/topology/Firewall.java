package vpnlab.network.topology;

import java.util.List;

/**
 * An ordered list of rules; what no rule matches passes.
 *
 * @param on whether there is one at all
 * @param stateful replies to what went out (on a router: through) pass whatever the rules say
 */
public record Firewall(boolean on, boolean stateful, List<FirewallRule> rules) {
  /** Lets everything pass and hides nothing. */
  public static final Firewall OFF = new Firewall(false, false, List.of());

  public Firewall {
    rules = List.copyOf(rules);
  }

  public static Firewall of(FirewallRule... rules) {
    return new Firewall(true, false, List.of(rules));
  }

  public static Firewall stateful(FirewallRule... rules) {
    return new Firewall(true, true, List.of(rules));
  }
}
