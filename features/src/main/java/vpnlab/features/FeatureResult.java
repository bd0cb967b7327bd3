package vpnlab.features;

import java.time.Duration;
import java.util.List;
import vpnlab.lab.spec.Problem;

/**
 * What became of one Gherkin scenario.
 *
 * @param name the catalogue's name of the scenario that it plays, else its own title
 * @param place file and line
 * @param attempts what was seen, attempt by attempt
 * @param complaint why it failed; empty when it passed
 * @param problems what was wrong with the files that it is made from
 */
public record FeatureResult(
    String name,
    String place,
    boolean passed,
    List<Attempt> attempts,
    String complaint,
    List<Problem> problems) {
  public FeatureResult {
    problems = List.copyOf(problems);
    attempts = List.copyOf(attempts);
  }

  /**
   * One attempt to connect.
   *
   * @param title what distinguishes it from others of the same scenario; may be empty
   * @param cause what the administrator's evidence says
   * @param client what the client's evidence says
   * @param inLab time that passed inside the lab
   */
  public record Attempt(String title, int code, String cause, String client, Duration inLab) {}
}
