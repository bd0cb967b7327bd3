package vpnlab.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vpnlab.diagnosis.Finding.Confidence;
import vpnlab.diagnosis.engine.RuleCatalogue;
import vpnlab.diagnosis.engine.RuleEngine;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.Rule;
import vpnlab.evidence.Evidence;
import vpnlab.evidence.Stage;

class RuleEngineTest {
  static Stream<Case> cases() {
    return Stream.of(
            ReachabilityCases.all(),
            CertificateCases.all(),
            ClientCertificateCases.all(),
            ConditionalAccessCases.all(),
            RevocationCases.all(),
            EapCases.all(),
            NetworkPolicyCases.all(),
            DirectoryCases.all(),
            DataPathCases.all(),
            ReconnectCases.all())
        .flatMap(all -> all);
  }

  /** Every case is a near miss for all rules but those that it names. */
  @ParameterizedTest
  @MethodSource("cases")
  void theDiagnosisNamesExactlyTheCausesThatTheEvidenceCarries(Case one) {
    Diagnosis diagnosis = new RuleEngine().diagnose(one.evidence());
    assertThat(diagnosis.findings())
        .extracting(Finding::cause)
        .containsExactlyElementsOf(one.causes());
    assertThat(diagnosis.code()).isEqualTo(one.code());
    assertThat(diagnosis.stage()).isEqualTo(one.stage());
    assertThat(diagnosis.cause())
        .isEqualTo(one.certain() ? one.causes().stream().findFirst() : Optional.empty());
    for (Finding finding : diagnosis.findings()) {
      assertThat(finding.confidence())
          .isEqualTo(one.certain() ? Confidence.CERTAIN : Confidence.POSSIBLE);
      assertThat(finding.citations()).isNotEmpty();
      assertThat(finding.summary()).isNotBlank().doesNotContain("null").doesNotContain("%");
      assertThat(finding.remedy()).isNotBlank();
      assertThat(finding.code()).isEqualTo(one.code());
    }
  }

  /** Reason 65 stands for 649 and for 812, by the policy; only the client's code would tell. */
  @Test
  void causesThatWouldEndDifferentlyAreCandidatesWhereTheEndIsNotKnown() {
    Diagnosis diagnosis =
        new RuleEngine()
            .diagnose(Wire.proven(EvidenceBuilder.administrator()).denied("alice", 65).build());
    assertThat(diagnosis.code()).isEqualTo(600);
    assertThat(diagnosis.findings())
        .extracting(Finding::cause, Finding::code, Finding::confidence)
        .containsExactly(
            tuple("no-dial-in-permission", 649, Confidence.POSSIBLE),
            tuple("nps-policy-denies", 812, Confidence.POSSIBLE));
  }

  @Test
  void everyRuleIsTheCertainAnswerToSomeCaseAndSilentInOthers() {
    Set<String> certain =
        cases().filter(Case::certain).flatMap(c -> c.causes().stream()).collect(Collectors.toSet());
    assertThat(new TreeSet<>(certain))
        .isEqualTo(
            RuleCatalogue.rules().stream()
                .map(Rule::id)
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  /** Retransmissions, a NAT, a stray ICMP error, a logged drop: none of it matters in the end. */
  @Test
  void aConnectionThatCameUpIsHealthyWhateverWentWrongOnTheWay() {
    for (EvidenceBuilder story :
        List.of(EvidenceBuilder.client(), EvidenceBuilder.administrator())) {
      Evidence evidence =
          Wire.dialed(story)
              .firewallDrop("laptop", "Outbound", 500, 500)
              .clientSends(Wire.init())
              .clientGets(Packets.unreachable(EvidenceBuilder.SERVER, 3, Wire.init()))
              .after(Duration.ofSeconds(1))
              .request(Wire.init())
              .answer(Wire.initAnswerFrom("10.0.0.2"))
              .clientSends(Wire.auth(1))
              .clientGets(Wire.largeAuthAnswer(1).get(0))
              .after(Duration.ofSeconds(7))
              .request(Wire.auth(1))
              .answer(Wire.authAnswer(1))
              .ras(20223)
              .denied("alice", 16)
              .connected()
              .build();
      assertThat(new RuleEngine().diagnose(evidence)).isEqualTo(Diagnosis.HEALTHY);
      for (Rule rule : RuleCatalogue.rules()) {
        assertThat(rule.evaluate(new Facts(evidence))).as(rule.id()).isEmpty();
      }
    }
  }

  @Test
  void theLastAttemptCountsAndNotTheOnesBefore() {
    EvidenceBuilder story = Wire.dialed(EvidenceBuilder.client()).clientSends(Wire.init());
    story.ras(20227, "ErrorCode", "809").after(Duration.ofMinutes(1));
    story.dialing().resolved("9003", "");
    assertThat(new RuleEngine().diagnose(story.failed(868)).cause())
        .contains("name-not-resolvable");

    EvidenceBuilder healed = Wire.proven(EvidenceBuilder.client()).connected();
    healed.after(Duration.ofMinutes(1));
    Diagnosis broken =
        new RuleEngine().diagnose(Wire.dialed(healed).clientSends(Wire.init()).failed(809));
    assertThat(broken.likelyCause()).contains("server-unreachable");

    EvidenceBuilder later = Wire.dialed(EvidenceBuilder.client()).clientSends(Wire.init());
    later.ras(20227, "ErrorCode", "809").after(Duration.ofMinutes(1));
    assertThat(new RuleEngine().diagnose(Wire.proven(later).connected().build()).healthy())
        .isTrue();
  }

  /** RasClient 20226 with 631: the user hung up. */
  @Test
  void aConnectionThatTheUserEndedWasHealthy() {
    EvidenceBuilder story = Wire.proven(EvidenceBuilder.client()).connected();
    assertThat(
            new RuleEngine()
                .diagnose(story.ras(20226, "CoId", "{1}", "ReasonCode", "631").build())
                .healthy())
        .isTrue();
  }

  @Test
  void aCodeThatNoRuleExplainsIsStillReportedWithTheStageOfTheLastEvent() {
    Diagnosis diagnosis =
        new RuleEngine().diagnose(Wire.proven(EvidenceBuilder.client()).failed(741));
    assertThat(diagnosis.code()).isEqualTo(741);
    assertThat(diagnosis.symbol()).isEqualTo("ERROR_NO_LOCAL_ENCRYPTION");
    assertThat(diagnosis.stage()).isEqualTo(Stage.AUTHENTICATION);
    assertThat(diagnosis.findings()).isEmpty();
    assertThat(diagnosis.healthy()).isFalse();
  }

  @Test
  void evidenceOfNothingIsNotHealthy() {
    Diagnosis diagnosis = new RuleEngine().diagnose(EvidenceBuilder.client().build());
    assertThat(diagnosis.healthy()).isFalse();
    assertThat(diagnosis.findings()).isEmpty();
  }

  @Test
  void theServiceLoaderFindsTheEngine() {
    assertThat(ServiceLoader.load(DiagnosticEngine.class))
        .hasAtLeastOneElementOfType(RuleEngine.class);
  }
}
