package vpnlab.features;

import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.List;

/** The words in Japanese; each is one of the English ones. */
public final class JapaneseSteps {
  private final Steps steps;

  public JapaneseSteps(World world) {
    this.steps = new Steps(world);
  }

  @Given("ラボ {string} がある")
  public void theLab(String name) {
    steps.theLab(name);
  }

  @Given("ラボを次のように壊す:")
  public void itIsBrokenLikeThis(String patch) {
    steps.itIsBrokenLikeThis(patch);
  }

  @Given("{string} が {string} で接続済みである")
  public void hasConnected(String client, String profile) {
    steps.hasConnected(client, profile);
  }

  @When("{string} が {string} で接続する")
  public void dials(String client, String profile) {
    steps.dials(client, profile);
  }

  @When("シナリオ {string} を実行する")
  public void isPlayed(String scenario) {
    steps.isPlayed(scenario);
  }

  @Then("クライアントにエラー {int} が表示される")
  public void showsError(int code) {
    steps.showsError(code);
  }

  @Then("クライアントは接続されている")
  public void isConnected() {
    steps.isConnected();
  }

  @Then("異常は検出されない")
  public void nothingIsFound() {
    steps.nothingIsFound();
  }

  @Then("クライアントからの診断は段階 {string} の {string} である")
  public void clientDiagnosis(String stage, String cause) {
    steps.clientDiagnosis(cause, stage);
  }

  @Then("管理者の診断は段階 {string} の {string} である")
  public void administratorDiagnosis(String stage, String cause) {
    steps.administratorDiagnosis(cause, stage);
  }

  @Then("クライアントから見た原因の候補は次のとおりである")
  public void clientCandidates(List<String> candidates) {
    steps.clientCandidates(candidates);
  }

  @Then("{string} のログにイベント {int} がある")
  public void hasEvent(String host, int id) {
    steps.hasEvent(host, id);
  }

  @Then("すべてシナリオの期待どおりである")
  public void asTheScenarioExpects() {
    steps.asTheScenarioExpects();
  }
}
