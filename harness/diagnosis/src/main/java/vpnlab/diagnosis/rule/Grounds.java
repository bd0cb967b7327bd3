package vpnlab.diagnosis.rule;

import java.util.ArrayList;
import java.util.List;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.diagnosis.Finding.Confidence;

/** What a rule concludes, and from what. */
public record Grounds(Confidence confidence, String summary, List<Citation> citations) {
  public Grounds {
    citations = List.copyOf(citations);
  }

  /** The evidence leaves no other explanation. */
  public static Grounds certain(String summary) {
    return new Grounds(Confidence.CERTAIN, summary, List.of());
  }

  /** It may be this, and the vantage has nothing that decides. */
  public static Grounds possible(String summary) {
    return new Grounds(Confidence.POSSIBLE, summary, List.of());
  }

  /** The same as a candidate among others, because of what the evidence does not show. */
  public Grounds unless(String shown) {
    return possible("It may be this, %s would tell: %s".formatted(shown, summary)).cite(citations);
  }

  public Grounds cite(Citation... more) {
    return cite(List.of(more));
  }

  public Grounds cite(List<Citation> more) {
    List<Citation> all = new ArrayList<>(citations);
    all.addAll(more);
    return new Grounds(confidence, summary, all);
  }
}
