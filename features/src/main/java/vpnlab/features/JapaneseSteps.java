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

  @Given("シナリオ {string} のラボがある")
  public void theLabOfTheScenario(String name) {
    steps.theLabOfTheScenario(name);
  }

  @Given("ラボを次のように壊す:")
  public void itIsBrokenLikeThis(String patch) {
    steps.itIsBrokenLikeThis(patch);
  }

  @Given("ラボを次のように変える:")
  public void itIsChangedLikeThis(String patch) {
    steps.itIsChangedLikeThis(patch);
  }

  @Given("{string} が {string} で接続済みである")
  public void hasConnected(String client, String profile) {
    steps.hasConnected(client, profile);
  }

  @When("{string} が {string} で接続する")
  public void dials(String client, String profile) {
    steps.dials(client, profile);
  }

  @When("{string} を再起動する")
  public void isRestarted(String host) {
    steps.isRestarted(host);
  }

  @When("{string} が切断する")
  public void hangsUp(String client) {
    steps.hangsUp(client);
  }

  @When("{string} が {string} に ping を送る")
  public void pings(String client, String target) {
    steps.pings(client, target);
  }

  @When("{string} が {string} に ping を {int} 回送る")
  public void pings(String client, String target, int count) {
    steps.pings(client, target, count);
  }

  @When("{string} が {string} の名前解決をする")
  public void looksUp(String client, String name) {
    steps.looksUp(client, name);
  }

  @When("{string} が {string} を開く")
  public void opens(String client, String url) {
    steps.opens(client, url);
  }

  @When("{string} が {string} へ移り {string} になる")
  public void moves(String client, String segment, String address) {
    steps.moves(client, segment, address);
  }

  @When("{string} が {string} へ移り {int} 秒後に {string} になる")
  public void moves(String client, String segment, int seconds, String address) {
    steps.moves(client, segment, address, seconds);
  }

  @When("{string} が {string} へ移り {int} 秒後に {string} になり、その間 {string} に ping を送る")
  public void moves(String client, String segment, int seconds, String address, String pinged) {
    steps.moves(client, segment, address, seconds, pinged);
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

  @Then("アドレスは {string} の範囲にある")
  public void addressIsIn(String prefix) {
    steps.addressIsIn(prefix);
  }

  @Then("すべての ping に応答がある")
  public void everyPingIsAnswered() {
    steps.everyPingIsAnswered();
  }

  @Then("どの ping にも応答がない")
  public void noPingIsAnswered() {
    steps.noPingIsAnswered();
  }

  @Then("失われた ping は途絶の間のものだけである")
  public void theOutageExplains() {
    steps.theOutageExplains();
  }

  @Then("応答は {string} である")
  public void theAnswerIs(String result) {
    steps.theAnswerIs(result);
  }

  @Then("応答がない")
  public void thereIsNoAnswer() {
    steps.thereIsNoAnswer();
  }

  @Then("エラーは {string} である")
  public void theErrorIs(String error) {
    steps.theErrorIs(error);
  }

  @Then("異常は検出されない")
  public void nothingIsFound() {
    steps.nothingIsFound();
  }

  @Then("クライアントからの診断は {string} である")
  public void clientDiagnosis(String cause) {
    steps.clientDiagnosis(cause);
  }

  @Then("クライアントからの診断は段階 {string} の {string} である")
  public void clientDiagnosis(String stage, String cause) {
    steps.clientDiagnosis(cause, stage);
  }

  @Then("管理者の診断は {string} である")
  public void administratorDiagnosis(String cause) {
    steps.administratorDiagnosis(cause);
  }

  @Then("管理者の診断は段階 {string} の {string} である")
  public void administratorDiagnosis(String stage, String cause) {
    steps.administratorDiagnosis(cause, stage);
  }

  @Then("クライアントから見た原因の候補は次のとおりである")
  public void clientCandidates(List<String> candidates) {
    steps.clientCandidates(candidates);
  }

  @Then("すべてシナリオの期待どおりである")
  public void asTheScenarioExpects() {
    steps.asTheScenarioExpects();
  }

  @Then("{string} を直した後:")
  public void afterHealing(String fault) {
    steps.afterHealing(fault);
  }

  @Then("診断の根拠に {string} がある")
  public void aFindingCites(String words) {
    steps.aFindingCites(words);
  }

  @Then("{string} のログにイベント {int} がある")
  public void hasEvent(String host, int id) {
    steps.hasEvent(host, id);
  }

  @Then("{string} のログにイベント {int} がない")
  public void hasNoEvent(String host, int id) {
    steps.hasNoEvent(host, id);
  }

  @Then("{string} のログに {word} が {string} のイベント {int} がある")
  public void hasEventWith(String host, String field, String value, int id) {
    steps.hasEventWith(host, id, field, value);
  }

  @Then("{string} のキャプチャに UDP ポート {int} {direction}のパケットがある")
  public void hasPacket(String host, int port, PacketDirection direction) {
    steps.hasPacket(host, direction, port);
  }

  @Then("{string} のキャプチャに UDP ポート {int} {direction}のパケットがない")
  public void hasNoPacket(String host, int port, PacketDirection direction) {
    steps.hasNoPacket(host, direction, port);
  }

  @Then("{string} のキャプチャにトンネル内のパケットがある")
  public void hasInnerPackets(String host) {
    steps.hasInnerPackets(host);
  }

  @Then("{string} のキャプチャに IP フラグメントがない")
  public void hasNoFragment(String host) {
    steps.hasNoFragment(host);
  }

  @Then("接続にかかったラボ時間は {int} 秒より短い")
  public void tookLessThan(int seconds) {
    steps.tookLessThan(seconds);
  }

  @Then("接続にかかったラボ時間は {int} 秒より長い")
  public void tookMoreThan(int seconds) {
    steps.tookMoreThan(seconds);
  }
}
