package vpnlab.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;
import vpnlab.diagnosis.Diagnosis;
import vpnlab.evidence.DialedProfile;
import vpnlab.evidence.Evidence;
import vpnlab.evidence.StoreListing;
import vpnlab.evidence.Vantage;
import vpnlab.lab.NetworkKind;
import vpnlab.runner.engine.DiagnosisJson;
import vpnlab.runner.engine.Engines;
import vpnlab.runner.engine.EvidenceJson;

class SchemaTest {
  private static final Home HOME = Home.find();
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final YAMLMapper YAML = YAMLMapper.builder().build();

  @TestFactory
  Stream<DynamicTest> everyScenarioFitsTheSchemaForEditors() throws IOException {
    Schema schema = shipped("scenario.schema.json");
    return ScenarioCatalogue.scenarioFiles(HOME.scenarios()).stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getParent().getFileName().toString(), () -> fits(schema, file)));
  }

  @Test
  void theHealthyLabFitsTheSchemaForEditors() throws IOException {
    fits(shipped("lab.schema.json"), HOME.labs().resolve("always-on.yaml"));
  }

  @Test
  void theSchemaRefusesWhatTheLoaderRefuses() throws IOException {
    List<Error> errors =
        shipped("scenario.schema.json")
            .validate(
                YAML.readTree("name: x\nlba: always-on\nfaults: { a: { rras: { runing: no } } }"));
    assertThat(errors.toString()).contains("lba", "runing", "expect");
  }

  @Test
  void evidenceAndDiagnosesFitTheSchemasForEngines() throws IOException {
    ScenarioResult result =
        ScenarioRunner.run(
            ScenarioCatalogue.of(HOME).scenario("ikev2-wrong-password"),
            new RunSettings(NetworkKind.VIRTUAL, OptionalLong.empty(), Engines.standard()));
    for (Vantage vantage : Vantage.values()) {
      ScenarioResult.Observation seen = result.first().observations().get(vantage);
      fits(engines("evidence.schema.json"), EvidenceJson.write(seen.evidence()));
      String json = DiagnosisJson.write(seen.diagnosis());
      fits(engines("diagnosis.schema.json"), json);
      assertThat(DiagnosisJson.read(json)).isEqualTo(seen.diagnosis());
    }
    fits(engines("diagnosis.schema.json"), DiagnosisJson.write(Diagnosis.HEALTHY));
  }

  @Test
  void listedStoresFitTheSchemaForEngines() throws IOException {
    Instant noon = Instant.parse("2026-01-15T12:00:00Z");
    StoreListing.Entry entry =
        new StoreListing.Entry(
            "61", "CN=Contoso Root", "CN=ann", noon, noon, "0123456789".repeat(4), true);
    StoreListing listing = new StoreListing("laptop", "CurrentUser\\My", true, List.of(entry));
    Evidence evidence =
        new Evidence(
                Vantage.CLIENT,
                "laptop",
                new DialedProfile("p", "vpn.corp.example", "ikev2", "eap-tls", "", List.of()),
                List.of(),
                List.of(),
                List.of(),
                List.of())
            .withListings(List.of(listing));
    fits(engines("evidence.schema.json"), EvidenceJson.write(evidence));
  }

  private static Schema shipped(String name) throws IOException {
    return REGISTRY.getSchema(Files.readString(HOME.scenarios().resolve("schema").resolve(name)));
  }

  private static Schema engines(String name) throws IOException {
    try (InputStream in = Diagnosis.class.getResourceAsStream(name)) {
      return REGISTRY.getSchema(in);
    }
  }

  private static void fits(Schema schema, Path file) throws IOException {
    assertThat(schema.validate(YAML.readTree(Files.readString(file)))).isEmpty();
  }

  private static void fits(Schema schema, String json) {
    assertThat(schema.validate(JsonMapper.shared().readTree(json))).isEmpty();
  }
}
