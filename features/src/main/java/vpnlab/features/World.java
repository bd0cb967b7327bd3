package vpnlab.features;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.CRC32;
import vpnlab.diagnosis.Diagnosis;
import vpnlab.evidence.Evidence;
import vpnlab.evidence.ProbeResult;
import vpnlab.evidence.Vantage;
import vpnlab.lab.DialResult;
import vpnlab.lab.Lab;
import vpnlab.lab.TranscriptLine;
import vpnlab.lab.spec.LabSpec;
import vpnlab.lab.spec.PatchCheck;
import vpnlab.lab.spec.Problem;
import vpnlab.lab.spec.SpecException;
import vpnlab.lab.spec.SpecFile;
import vpnlab.lab.spec.SpecNode;
import vpnlab.runner.Home;
import vpnlab.runner.Move;
import vpnlab.runner.RunSettings;
import vpnlab.runner.Scenario;
import vpnlab.runner.ScenarioCatalogue;
import vpnlab.runner.ScenarioResult;
import vpnlab.runner.ScenarioRunner;
import vpnlab.wire.ip.Ipv4Address;

/**
 * What the steps of one Gherkin scenario share. Each scenario has its own and runs in one thread,
 * so scenarios may run side by side.
 */
public final class World {
  private final RunSettings settings = FeatureSettings.read();
  private final ScenarioCatalogue catalogue = ScenarioCatalogue.of(Home.find());
  private final List<Sighting> sightings = new ArrayList<>();
  private String place = "";
  private SpecNode.Mapping document;
  private Lab lab;
  private ScenarioResult played;
  private Sighting now;
  private Dialed dialed;
  private ProbeResult tried;
  private Move move;
  private Lab.Moved moved;

  private record Dialed(String client, String profile, DialResult result, Duration inLab) {}

  /**
   * What was seen of one attempt.
   *
   * @param title what distinguishes it from the others of the same scenario
   */
  record Sighting(
      String title,
      DialResult dial,
      Duration inLab,
      Map<Vantage, Evidence> evidence,
      Map<Vantage, Diagnosis> diagnoses,
      List<TranscriptLine> transcript) {}

  void setPlace(String place) {
    this.place = place;
  }

  /** Where the scenario stands in its feature file. */
  String place() {
    return place;
  }

  void startFromLab(String name) {
    document = catalogue.loader().lab(name, Home.find().root());
  }

  void startFromScenario(String name) {
    Scenario scenario = catalogue.scenario(name);
    document = scenario.labDocument();
    for (SpecNode.Mapping patch : scenario.faults().values()) {
      document = (SpecNode.Mapping) document.patchedBy(patch);
    }
  }

  void patch(String yaml) {
    if (lab != null) {
      throw new IllegalStateException("the lab runs already; change it before the first dial");
    }
    if (document == null) {
      throw new IllegalStateException("say first which lab: Given the lab \"always-on\"");
    }
    SpecNode.Mapping patch = SpecFile.parse(place + " (patch)", yaml);
    List<Problem> inVain = PatchCheck.of(document, patch);
    if (!inVain.isEmpty()) {
      throw new SpecException(inVain);
    }
    document = (SpecNode.Mapping) document.patchedBy(patch);
  }

  DialResult dial(String client, String profile) {
    Lab running = running();
    Duration before = running.elapsed();
    DialResult dial = running.dial(client, profile);
    Duration inLab = running.elapsed().minus(before);
    dialed = new Dialed(client, profile, dial, inLab);
    see(looked());
    return dial;
  }

  /** Lets a user try something, and looks again at what there is to see. */
  void tries(Function<Lab, ProbeResult> what) {
    tried = what.apply(running());
    if (dialed != null) {
      sightings.set(sightings.size() - 1, looked());
      now = sightings.get(sightings.size() - 1);
    }
  }

  /** Takes a client to another network; what is to be seen is that of its connection then. */
  void move(
      String client, String segment, String address, Duration outage, Optional<String> pinged) {
    if (dialed == null || !dialed.client().equals(client)) {
      throw new IllegalStateException(
          client + " has not dialed: When \"" + client + "\" dials \"corp-ikev2\"");
    }
    move =
        new Move(
            client, segment, Ipv4Address.parse(address), outage, pinged.map(Ipv4Address::parse));
    moved = move.in(running());
    dialed = new Dialed(client, dialed.profile(), moved.state(), dialed.inLab());
    sightings.set(sightings.size() - 1, looked());
    now = sightings.get(sightings.size() - 1);
  }

  /** What is wrong with the pings of a move; empty when the outage explains what was lost. */
  Optional<String> lostTooMany() {
    if (moved == null || moved.pings().isEmpty()) {
      throw new IllegalStateException(
          "nobody has pinged while moving: When \"laptop\" moves to \"home\" as \"192.168.1.20\""
              + " after 5 seconds, pinging \"10.0.0.5\"");
    }
    return move.judge(moved);
  }

  /** What came of what was tried last. */
  ProbeResult tried() {
    if (tried == null) {
      throw new IllegalStateException("nobody has tried anything yet");
    }
    return tried;
  }

  private Sighting looked() {
    Lab running = running();
    Map<Vantage, Evidence> evidence = new EnumMap<>(Vantage.class);
    Map<Vantage, Diagnosis> diagnoses = new EnumMap<>(Vantage.class);
    for (Vantage vantage : Vantage.values()) {
      Evidence seen = running.evidence(vantage, dialed.client(), dialed.profile());
      evidence.put(vantage, seen);
      diagnoses.put(vantage, settings.engine().diagnose(seen));
    }
    return new Sighting(
        "", dialed.result(), dialed.inLab(), evidence, diagnoses, running.transcript());
  }

  /** Dials without asking the engine: for clients that are only there to be there. */
  DialResult connect(String client, String profile) {
    return running().dial(client, profile);
  }

  void restart(String host) {
    running().restart(host);
  }

  void hangUp(String client) {
    running().hangUp(client);
  }

  private Lab running() {
    if (lab == null) {
      if (document == null) {
        throw new IllegalStateException("say first which lab: Given the lab \"always-on\"");
      }
      lab = Lab.start(LabSpec.of(document), settings.network(), seed());
    }
    return lab;
  }

  private long seed() {
    CRC32 crc = new CRC32();
    crc.update(place.getBytes(StandardCharsets.UTF_8));
    return settings.seed().orElse(crc.getValue());
  }

  void play(String scenario) {
    played = ScenarioRunner.run(catalogue.scenario(scenario), settings);
    for (ScenarioResult.Phase phase : played.phases()) {
      Map<Vantage, Evidence> evidence = new EnumMap<>(Vantage.class);
      Map<Vantage, Diagnosis> diagnoses = new EnumMap<>(Vantage.class);
      phase
          .observations()
          .forEach(
              (vantage, seen) -> {
                evidence.put(vantage, seen.evidence());
                diagnoses.put(vantage, seen.diagnosis());
              });
      see(
          new Sighting(
              phase == played.first() ? "" : phase.title(),
              phase.dial(),
              phase.inLab(),
              evidence,
              diagnoses,
              phase.transcript()));
    }
    now = sightings.get(0);
  }

  private void see(Sighting sighting) {
    sightings.add(sighting);
    now = sighting;
  }

  /** The attempt that the next steps are about: the latest, or the one on the lab as broken. */
  Sighting now() {
    if (now == null) {
      throw new IllegalStateException(
          "nobody has dialed yet: When \"laptop\" dials \"corp-ikev2\"");
    }
    return now;
  }

  /** Turns to the attempt that was made after healing a fault. */
  void turnTo(String title) {
    now =
        sightings.stream()
            .filter(sighting -> sighting.title().equals(title))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "there was no attempt '"
                            + title
                            + "'; there were: "
                            + sightings.stream().map(Sighting::title).toList()));
  }

  Optional<ScenarioResult> played() {
    return Optional.ofNullable(played);
  }

  List<Sighting> sightings() {
    return sightings;
  }

  RunSettings settings() {
    return settings;
  }

  /** What the table of a run shows of this scenario, as a tree for JSON. */
  Map<String, Object> summary(String title) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", title);
    json.put("attempts", sightings.stream().map(SightingSummary::of).toList());
    return json;
  }

  void close() {
    if (lab != null) {
      lab.close();
    }
  }
}
