package vpnlab.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The walls of the house. Every rule first counts what it is about to look at, so that none can
 * pass by seeing nothing.
 */
class ArchitectureTest {
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("vpnlab");

  private static final String JDK = "java..";
  private static final String BOUNCY_CASTLE = "org.bouncycastle..";

  @Test
  void wireKnowsTheJdkOnly() {
    looksAt(60, "vpnlab.wire..");
    hold(
        classes()
            .that()
            .resideInAPackage("vpnlab.wire..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("vpnlab.wire..", JDK, "javax.crypto..", "javax.security.."));
  }

  @Test
  void evidenceKnowsWireOnly() {
    looksAt(10, "vpnlab.evidence..");
    hold(
        classes()
            .that()
            .resideInAPackage("vpnlab.evidence..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("vpnlab.evidence..", "vpnlab.wire..", JDK));
  }

  @Test
  void theEngineKnowsEvidenceAndWireOnlyAndNeverTheLab() {
    looksAt(60, "vpnlab.diagnosis..");
    hold(
        classes()
            .that()
            .resideInAPackage("vpnlab.diagnosis..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                "vpnlab.diagnosis..",
                "vpnlab.evidence..",
                "vpnlab.wire..",
                JDK,
                "javax.security.."));
  }

  @Test
  void filesKnowEvidenceAndEnginesAndNeverTheLab() {
    looksAt(15, "vpnlab.files..");
    hold(
        classes()
            .that()
            .resideInAPackage("vpnlab.files..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                "vpnlab.files..",
                "vpnlab.diagnosis..",
                "vpnlab.evidence..",
                "vpnlab.wire..",
                JDK,
                "javax.xml.stream.."));
  }

  @Test
  void protocolsArePure() {
    looksAt(150, "vpnlab.protocol..");
    hold(
        classes()
            .that()
            .resideInAPackage("vpnlab.protocol..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                "vpnlab.protocol..",
                "vpnlab.evidence..",
                "vpnlab.wire..",
                JDK,
                "javax..",
                BOUNCY_CASTLE));
    hold(
        noClasses()
            .that()
            .resideInAPackage("vpnlab.protocol..")
            .should()
            .accessTargetWhere(clocksThreadsAndSockets()));
  }

  @Test
  void protocolsDrawRandomnessFromTheirOwnerOnly() {
    looksAt(150, "vpnlab.protocol..");
    hold(
        noClasses()
            .that()
            .resideInAPackage("vpnlab.protocol..")
            .and()
            .doNotHaveSimpleName("RandomSource")
            .and()
            .doNotHaveSimpleName("SeededRandomSource")
            .and()
            .haveSimpleNameNotContaining("Repeatable")
            .should()
            .callConstructor(SecureRandom.class)
            .orShould()
            .callMethod(Math.class, "random"));
  }

  @Test
  void theNetworkDoesNotKnowTheLab() {
    looksAt(40, "vpnlab.network..");
    hold(
        noClasses()
            .that()
            .resideInAPackage("vpnlab.network..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("vpnlab.lab..", "vpnlab.runner..", "vpnlab.diagnosis.."));
  }

  @Test
  void serversAndClientsOfTheLabNeverMeetButOnTheNetwork() {
    looksAt(10, "vpnlab.lab.servers..");
    looksAt(6, "vpnlab.lab.client..");
    hold(
        noClasses()
            .that()
            .resideInAPackage("vpnlab.lab.servers..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("vpnlab.lab.client.."));
    hold(
        noClasses()
            .that()
            .resideInAPackage("vpnlab.lab.client..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("vpnlab.lab.servers.."));
  }

  @Test
  void nothingInTheLabKnowsScenariosOrDiagnoses() {
    looksAt(40, "vpnlab.lab..");
    hold(
        noClasses()
            .that()
            .resideInAPackage("vpnlab.lab..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("vpnlab.runner..", "vpnlab.diagnosis..", "vpnlab.cli.."));
  }

  @Test
  void whoAsksQuestionsOfALabGoesThroughItsFrontDoor() {
    looksAt(10, "vpnlab.cli..");
    looksAt(3, "vpnlab.features..");
    hold(
        noClasses()
            .that()
            .resideInAnyPackage("vpnlab.cli..", "vpnlab.features..", "vpnlab.junit5..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "vpnlab.lab.servers..",
                "vpnlab.lab.client..",
                "vpnlab.protocol..",
                "vpnlab.network.."));
  }

  private static void looksAt(int floor, String packages) {
    assertThat(ALL.that(JavaClass.Predicates.resideInAPackage(packages)).size())
        .as("classes in " + packages)
        .isGreaterThanOrEqualTo(floor);
  }

  private static void hold(ArchRule rule) {
    rule.check(ALL);
  }

  private static DescribedPredicate<JavaAccess<?>> clocksThreadsAndSockets() {
    Set<String> clocks =
        Set.of(
                Instant.class,
                Clock.class,
                LocalDateTime.class,
                OffsetDateTime.class,
                ZonedDateTime.class)
            .stream()
            .map(Class::getName)
            .collect(java.util.stream.Collectors.toSet());
    Set<String> outside =
        Set.of(
            "java.lang.Thread",
            "java.net.Socket",
            "java.net.ServerSocket",
            "java.net.DatagramSocket",
            "java.util.concurrent.Executors",
            "java.util.concurrent.CompletableFuture",
            "java.util.Timer");
    return DescribedPredicate.describe(
        "clocks, threads or sockets",
        access -> {
          String owner = access.getTargetOwner().getName();
          String name = access.getName();
          return clocks.contains(owner) && (name.equals("now") || name.startsWith("system"))
              || owner.equals("java.lang.System")
                  && (name.equals("nanoTime") || name.equals("currentTimeMillis"))
              || outside.contains(owner)
              || owner.startsWith("java.nio.channels.");
        });
  }
}
