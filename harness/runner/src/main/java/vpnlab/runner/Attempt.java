package vpnlab.runner;

import vpnlab.lab.spec.SpecReader;

/** One client that dials one of its profiles. */
public record Attempt(String client, String profile) {
  static Attempt of(SpecReader r) {
    return new Attempt(r.requiredText("client"), r.requiredText("profile"));
  }

  @Override
  public String toString() {
    return client + " dials " + profile;
  }
}
