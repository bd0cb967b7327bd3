package vpnlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vpnlab.diagnosis.Diagnosis;
import vpnlab.diagnosis.DiagnosticEngine;
import vpnlab.diagnosis.Finding;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.Evidence;
import vpnlab.evidence.Vantage;
import vpnlab.files.AttemptDiagnosis;
import vpnlab.files.EvidenceExport;
import vpnlab.files.EvidenceExport.NpsLogFormat;
import vpnlab.files.EvidenceFolder;
import vpnlab.files.FolderOptions;
import vpnlab.files.FoundAttempt;
import vpnlab.lab.NetworkKind;
import vpnlab.runner.Home;
import vpnlab.runner.RunSettings;
import vpnlab.runner.ScenarioCatalogue;
import vpnlab.runner.ScenarioResult;
import vpnlab.runner.ScenarioResult.Observation;
import vpnlab.runner.ScenarioRunner;
import vpnlab.runner.engine.Engines;

/** What a lab wrote into files is diagnosed from the files as it was diagnosed in the lab. */
class EvidenceRoundTripTest {
  private static final DiagnosticEngine ENGINE = Engines.standard();
  private static List<ScenarioResult> results;

  @TempDir private Path folder;

  @BeforeAll
  static void runAll() {
    results =
        ScenarioRunner.runAll(
            ScenarioCatalogue.of(Home.find()).all(),
            new RunSettings(NetworkKind.VIRTUAL, OptionalLong.empty(), ENGINE),
            2,
            result -> {});
  }

  private static Observation live(ScenarioResult result) {
    return result.first().observations().get(Vantage.ADMINISTRATOR);
  }

  /** The diagnosis of the attempt that the scenario is about; empty when it came up. */
  private Optional<Diagnosis> fromFiles(String name, Evidence evidence, NpsLogFormat format)
      throws IOException {
    Path files = folder.resolve(name);
    EvidenceExport.write(files, evidence, format);
    EvidenceFolder.Contents contents =
        EvidenceFolder.read(
            files,
            new FolderOptions(
                ZoneOffset.UTC, "", Optional.empty(), Optional.empty(), 100, Duration.ofSeconds(3)),
            (octets, total) -> {});
    assertThat(contents.files()).allMatch(file -> file.skipped().total() == 0);
    return Stream.concat(contents.attempts().stream(), contents.suspects().stream())
        .filter(attempt -> attempt.client().equals(evidence.client()))
        .max(Comparator.comparing(FoundAttempt::at))
        .map(attempt -> AttemptDiagnosis.of(attempt.evidence().get(), ENGINE));
  }

  private static String said(Diagnosis diagnosis) {
    return diagnosis.code()
        + " "
        + diagnosis.stage()
        + " "
        + diagnosis.findings().stream()
            .map(finding -> finding.confidence() + " " + finding.cause())
            .toList();
  }

  /** What the findings cite; an NPS log has no folder in the lab. */
  private static List<String> cited(Diagnosis diagnosis) {
    return diagnosis.findings().stream()
        .flatMap(finding -> finding.citations().stream())
        .map(each -> each.where().replaceFirst("^(\\S+) \\1/", "$1 ") + ": " + each.what())
        .toList();
  }

  @Test
  void everyScenarioOfTheCatalogueIsDiagnosedFromFilesAsItIsInTheLab() throws IOException {
    List<String> differences = new ArrayList<>();
    for (ScenarioResult result : results) {
      Observation live = live(result);
      for (NpsLogFormat format : NpsLogFormat.values()) {
        String name = result.scenario().name();
        Diagnosis read =
            fromFiles(name + "-" + format, live.evidence(), format).orElse(Diagnosis.HEALTHY);
        if (!said(read).equals(said(live.diagnosis()))) {
          differences.add(
              name + " " + format + ": " + said(read) + ", live " + said(live.diagnosis()));
        } else if (!cited(read).equals(cited(live.diagnosis()))) {
          differences.add(name + " " + format + ": cites " + cited(read));
        }
      }
    }
    assertThat(differences).isEmpty();
  }

  /** What may be missing in practice, by a name for the message. */
  private enum Missing {
    CAPTURES,
    STORES,
    HOST_FACTS,
    CAPTURES_STORES_HOST_FACTS,
    SERVER_EVENTS,
    NPS_EVENTS,
    RRAS_EVENTS,
    NPS_LOG,
    THE_END,
    ALL_BUT_CLIENT_EVENTS,
    ALL_BUT_EVENTS_OF_SERVERS;

    Evidence without(Evidence all) {
      String client = all.client();
      return switch (this) {
        case CAPTURES -> keep(all, false, true, true, e -> true, true);
        case STORES -> keep(all, true, false, true, e -> true, true);
        case HOST_FACTS -> keep(all, true, true, false, e -> true, true);
        case CAPTURES_STORES_HOST_FACTS -> keep(all, false, false, false, e -> true, true);
        case SERVER_EVENTS -> keep(all, true, true, true, e -> e.host().equals(client), true);
        case NPS_EVENTS -> keep(all, true, true, true, e -> !e.host().equals("nps"), true);
        case RRAS_EVENTS -> keep(all, true, true, true, e -> !e.host().equals("rras"), true);
        case NPS_LOG -> keep(all, true, true, true, e -> true, false);
        case THE_END -> keep(all, true, true, true, e -> !isTheEnd(e), true);
        case ALL_BUT_CLIENT_EVENTS ->
            keep(all, false, false, false, e -> e.host().equals(client), false);
        case ALL_BUT_EVENTS_OF_SERVERS ->
            keep(all, false, false, false, e -> !e.host().equals(client), true);
      };
    }

    /** As if the client's log were cut off before it. */
    private static boolean isTheEnd(EventRecord event) {
      return event.is("RasClient", 20225)
          || event.is("RasClient", 20226)
          || event.is("RasClient", 20227);
    }

    private static Evidence keep(
        Evidence all,
        boolean captures,
        boolean stores,
        boolean facts,
        Predicate<EventRecord> events,
        boolean npsLog) {
      return new Evidence(
          all.vantage(),
          all.client(),
          all.profile(),
          captures ? all.packets() : List.of(),
          all.events().stream().filter(events).toList(),
          stores ? all.certificates() : List.of(),
          facts ? all.hosts() : List.of(),
          npsLog ? all.npsLog() : List.of(),
          all.probes());
    }
  }

  @Test
  void whatIsMissingMakesTheDiagnosisLessCertainAndNeverWrong() throws IOException {
    List<String> lies = new ArrayList<>();
    for (ScenarioResult result : results) {
      Diagnosis live = live(result).diagnosis();
      List<String> causes = live.findings().stream().map(Finding::cause).toList();
      for (Missing missing : Missing.values()) {
        String name = result.scenario().name() + "-without-" + missing;
        Optional<Diagnosis> read =
            fromFiles(name, missing.without(live(result).evidence()), NpsLogFormat.CSV);
        if (read.isEmpty() || read.get().findings().isEmpty()) {
          continue;
        }
        boolean named =
            read.get().findings().stream().map(Finding::cause).anyMatch(causes::contains);
        // By the contract of evidence, who cannot see the server's store sees the fault of the
        // certificate that was served, and that is true.
        boolean served = causes.contains("server-certificate-ambiguous");
        // Some causes show the client no more than their kin, and that too is the contract.
        boolean asClient =
            said(read.get())
                .equals(said(result.first().observations().get(Vantage.CLIENT).diagnosis()));
        boolean lied =
            read.get().certain()
                && read.get().findings().stream()
                    .anyMatch(finding -> !causes.contains(finding.cause()));
        if (!named && !served && !asClient || lied && !served) {
          lies.add(name + ": " + said(read.get()) + ", live " + said(live));
        }
      }
    }
    assertThat(lies).isEmpty();
  }

  /**
   * Either of NPS's two logs is enough, and the diagnosis says which one it was. With neither of
   * them, for one scenario is about an NPS that writes no log of its own, there is no certainty.
   */
  @Test
  void withoutTheSecurityEventsNpssOwnLogDecidesAndTheOtherWayRound() throws IOException {
    int decided = 0;
    List<String> silent = new ArrayList<>();
    List<String> differences = new ArrayList<>();
    for (ScenarioResult result : results) {
      Diagnosis live = live(result).diagnosis();
      boolean byDenial =
          live.certain()
              && live.findings().get(0).citations().stream()
                  .anyMatch(citation -> citation.where().equals("nps Security 6273"));
      if (!byDenial) {
        continue;
      }
      Evidence all = live(result).evidence();
      for (boolean log : new boolean[] {true, false}) {
        if (log && all.npsLog().isEmpty()) {
          silent.add(result.scenario().name()); // NPS was told to write no log
        }
        Evidence one =
            new Evidence(
                all.vantage(),
                all.client(),
                all.profile(),
                all.packets(),
                all.events().stream().filter(e -> !log || !e.log().equals("Security")).toList(),
                all.certificates(),
                all.hosts(),
                log ? all.npsLog() : List.of(),
                all.probes());
        Diagnosis read =
            fromFiles(result.scenario().name() + "-one-log-" + log, one, NpsLogFormat.CSV)
                .orElse(Diagnosis.HEALTHY);
        boolean cited =
            read.findings().stream()
                .flatMap(finding -> finding.citations().stream())
                .anyMatch(
                    citation ->
                        log
                            ? citation.kind().equals("nps-log")
                            : citation.where().equals("nps Security 6273"));
        boolean told =
            log && all.npsLog().isEmpty()
                ? !read.certain() && read.code() == live.code()
                : said(read).equals(said(live)) && cited;
        if (!told) {
          differences.add(result.scenario().name() + " " + log + ": " + said(read));
        }
        decided++;
      }
    }
    assertThat(differences).isEmpty();
    assertThat(silent).containsExactly("ikev2-nps-logging-off");
    assertThat(decided).isGreaterThan(20);
  }
}
