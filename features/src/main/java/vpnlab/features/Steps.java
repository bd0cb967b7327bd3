package vpnlab.features;

import io.cucumber.java.After;
import io.cucumber.java.Before;
import io.cucumber.java.Scenario;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.Vantage;
import vpnlab.lab.DialResult;
import vpnlab.runner.report.MismatchReport;
import vpnlab.runner.report.ResultJson;

/** The words in English. */
public final class Steps {
  static final String SUMMARY = "vpnlab-summary";

  private final World world;
  private final Verdicts verdicts;

  public Steps(World world) {
    this.world = world;
    this.verdicts = new Verdicts(world);
  }

  @Before
  public void remember(Scenario scenario) {
    String uri = scenario.getUri().toString();
    String file =
        uri.startsWith("file:")
            ? java.nio.file.Path.of("")
                .toAbsolutePath()
                .relativize(java.nio.file.Path.of(scenario.getUri()).toAbsolutePath())
                .toString()
            : uri;
    world.setPlace(file + ":" + scenario.getLine());
  }

  @After
  public void report(Scenario scenario) {
    String json = ResultJson.line(world.summary(scenario.getName()));
    world.close();
    scenario.attach(json, "text/plain", SUMMARY);
  }

  @Given("the lab {string}")
  public void theLab(String name) {
    world.startFromLab(name);
  }

  @Given("the lab of the scenario {string}")
  public void theLabOfTheScenario(String name) {
    world.startFromScenario(name);
  }

  @Given("it is broken like this:")
  public void itIsBrokenLikeThis(String patch) {
    world.patch(patch);
  }

  @Given("it is changed like this:")
  public void itIsChangedLikeThis(String patch) {
    world.patch(patch);
  }

  @Given("{string} has connected with {string}")
  public void hasConnected(String client, String profile) {
    DialResult result = world.connect(client, profile);
    if (!result.connected()) {
      throw new AssertionError(
          "%s dials %s before the test begins, but fails with error %d"
              .formatted(client, profile, result.code()));
    }
  }

  @When("{string} dials {string}")
  public void dials(String client, String profile) {
    world.dial(client, profile);
  }

  @When("{string} is restarted")
  public void isRestarted(String host) {
    world.restart(host);
  }

  @When("{string} hangs up")
  public void hangsUp(String client) {
    world.hangUp(client);
  }

  @When("{string} pings {string}")
  public void pings(String client, String target) {
    pings(client, target, 4);
  }

  @When("{string} pings {string} {int} times")
  public void pings(String client, String target, int count) {
    world.tries(lab -> lab.ping(client, target, count));
  }

  @When("{string} looks up {string}")
  public void looksUp(String client, String name) {
    world.tries(lab -> lab.resolve(client, name));
  }

  @When("{string} opens {string}")
  public void opens(String client, String url) {
    world.tries(lab -> lab.httpGet(client, url));
  }

  @When("{string} moves to {string} as {string}")
  public void moves(String client, String segment, String address) {
    moves(client, segment, address, 5);
  }

  @When("{string} moves to {string} as {string} after {int} seconds")
  public void moves(String client, String segment, String address, int seconds) {
    world.move(client, segment, address, Duration.ofSeconds(seconds), Optional.empty());
  }

  @When("{string} moves to {string} as {string} after {int} seconds, pinging {string}")
  public void moves(String client, String segment, String address, int seconds, String pinged) {
    world.move(client, segment, address, Duration.ofSeconds(seconds), Optional.of(pinged));
  }

  @When("the scenario {string} is played")
  public void isPlayed(String scenario) {
    world.play(scenario);
  }

  @Then("the client shows error {int}")
  public void showsError(int code) {
    verdicts.check(
        world.now().dial().code() == code,
        Vantage.CLIENT,
        "the client shows error " + world.now().dial().code() + ", not " + code);
    verdicts.codeIs(Vantage.CLIENT, code);
    verdicts.codeIs(Vantage.ADMINISTRATOR, code);
  }

  @Then("the client is connected")
  public void isConnected() {
    verdicts.check(
        world.now().dial().connected(),
        Vantage.CLIENT,
        "the client shows error " + world.now().dial().code() + " and is not connected");
  }

  @Then("its address is in {string}")
  public void addressIsIn(String prefix) {
    String address = world.now().dial().address();
    verdicts.check(
        address.startsWith(prefix.replaceAll("\\*$", "")),
        Vantage.CLIENT,
        "the address is '" + address + "', not in " + prefix);
  }

  @Then("every ping is answered")
  public void everyPingIsAnswered() {
    checkTried(world.tried().complete());
  }

  @Then("no ping is answered")
  public void noPingIsAnswered() {
    checkTried(!world.tried().answered());
  }

  @Then("the outage alone explains the lost pings")
  public void theOutageExplains() {
    Optional<String> tooMany = world.lostTooMany();
    verdicts.check(tooMany.isEmpty(), Vantage.CLIENT, tooMany.orElse(""));
  }

  @Then("the answer is {string}")
  public void theAnswerIs(String result) {
    checkTried(world.tried().result().equals(result));
  }

  @Then("there is no answer")
  public void thereIsNoAnswer() {
    checkTried(!world.tried().answered());
  }

  @Then("the error is {string}")
  public void theErrorIs(String error) {
    checkTried(world.tried().error().equals(error));
  }

  private void checkTried(boolean right) {
    verdicts.check(right, Vantage.CLIENT, "what came of it is " + world.tried());
  }

  @Then("nothing is found to be wrong")
  public void nothingIsFound() {
    verdicts.healthy(Vantage.CLIENT);
    verdicts.healthy(Vantage.ADMINISTRATOR);
  }

  @Then("the diagnosis from the client is {string}")
  public void clientDiagnosis(String cause) {
    verdicts.causeIs(Vantage.CLIENT, cause);
  }

  @Then("the diagnosis from the client is {string} at stage {string}")
  public void clientDiagnosis(String cause, String stage) {
    verdicts.causeIs(Vantage.CLIENT, cause);
    verdicts.stageIs(Vantage.CLIENT, stage);
  }

  @Then("the diagnosis of the administrator is {string}")
  public void administratorDiagnosis(String cause) {
    verdicts.causeIs(Vantage.ADMINISTRATOR, cause);
  }

  @Then("the diagnosis of the administrator is {string} at stage {string}")
  public void administratorDiagnosis(String cause, String stage) {
    verdicts.causeIs(Vantage.ADMINISTRATOR, cause);
    verdicts.stageIs(Vantage.ADMINISTRATOR, stage);
  }

  @Then("the candidates from the client are")
  public void clientCandidates(List<String> candidates) {
    verdicts.candidatesAre(Vantage.CLIENT, new LinkedHashSet<>(candidates));
  }

  @Then("everything is as the scenario expects")
  public void asTheScenarioExpects() {
    var result =
        world.played().orElseThrow(() -> new IllegalStateException("no scenario was played"));
    if (!result.asExpected()) {
      throw new AssertionError("\n" + MismatchReport.of(result));
    }
  }

  @Then("after healing {string}:")
  public void afterHealing(String fault) {
    world.turnTo("after healing " + fault);
  }

  @Then("a finding cites {string}")
  public void aFindingCites(String words) {
    boolean cited =
        world.now().diagnoses().values().stream()
            .flatMap(diagnosis -> diagnosis.findings().stream())
            .flatMap(finding -> finding.citations().stream())
            .anyMatch(
                citation ->
                    (citation.where() + " " + citation.what())
                        .toLowerCase(Locale.ROOT)
                        .contains(words.toLowerCase(Locale.ROOT)));
    verdicts.check(cited, Vantage.ADMINISTRATOR, "no finding cites '" + words + "'");
  }

  @Then("the log of {string} has event {int}")
  public void hasEvent(String host, int id) {
    checkLog(host, events(host).stream().anyMatch(event -> event.id() == id), "no event " + id);
  }

  @Then("the log of {string} has no event {int}")
  public void hasNoEvent(String host, int id) {
    checkLog(host, events(host).stream().noneMatch(event -> event.id() == id), "an event " + id);
  }

  @Then("the log of {string} has event {int} with {word} {string}")
  public void hasEventWith(String host, int id, String field, String value) {
    checkLog(
        host,
        events(host).stream()
            .anyMatch(event -> event.id() == id && event.data(field).equals(value)),
        "no event " + id + " with " + field + " '" + value + "'");
  }

  private void checkLog(String host, boolean right, String has) {
    verdicts.check(
        right,
        Vantage.ADMINISTRATOR,
        "the log of "
            + host
            + " has "
            + has
            + "; it has "
            + events(host).stream().map(event -> event.source() + " " + event.id()).toList());
  }

  private List<EventRecord> events(String host) {
    return world.now().evidence().get(Vantage.ADMINISTRATOR).events().stream()
        .filter(event -> event.host().equals(host))
        .toList();
  }

  @Then("the capture at {string} has a packet {direction} UDP port {int}")
  public void hasPacket(String host, PacketDirection direction, int port) {
    checkCapture(host, packets(host, direction, port) > 0, "no packet", direction, port);
  }

  @Then("the capture at {string} has no packet {direction} UDP port {int}")
  public void hasNoPacket(String host, PacketDirection direction, int port) {
    checkCapture(host, packets(host, direction, port) == 0, "a packet", direction, port);
  }

  @Then("the capture at {string} has inner packets")
  public void hasInnerPackets(String host) {
    verdicts.check(
        capture(host).anyMatch(packet -> !packet.isOuter()),
        Vantage.ADMINISTRATOR,
        "the capture at " + host + " has no packets of a tunnel interface");
  }

  @Then("the capture at {string} has no IP fragment")
  public void hasNoFragment(String host) {
    verdicts.check(
        capture(host).noneMatch(UdpView::isFragment),
        Vantage.ADMINISTRATOR,
        "the capture at " + host + " has IP fragments");
  }

  private void checkCapture(
      String host, boolean right, String has, PacketDirection direction, int port) {
    verdicts.check(
        right,
        Vantage.ADMINISTRATOR,
        "the capture at %s has %s %s UDP port %d"
            .formatted(host, has, direction.name().toLowerCase(Locale.ROOT), port));
  }

  private long packets(String host, PacketDirection direction, int port) {
    return capture(host)
        .filter(packet -> UdpView.of(packet).filter(udp -> direction.port(udp) == port).isPresent())
        .count();
  }

  private java.util.stream.Stream<vpnlab.evidence.CapturedPacket> capture(String host) {
    return world.now().evidence().get(Vantage.ADMINISTRATOR).packets().stream()
        .filter(packet -> packet.host().equals(host));
  }

  @Then("the attempt took less than {int} seconds of lab time")
  public void tookLessThan(int seconds) {
    checkTime(world.now().inLab().toMillis() < 1000L * seconds);
  }

  @Then("the attempt took more than {int} seconds of lab time")
  public void tookMoreThan(int seconds) {
    checkTime(world.now().inLab().toMillis() > 1000L * seconds);
  }

  private void checkTime(boolean right) {
    verdicts.check(
        right, Vantage.CLIENT, "the attempt took " + world.now().inLab().toMillis() + " ms");
  }
}
