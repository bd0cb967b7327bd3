package vpnlab.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import vpnlab.diagnosis.engine.Explanations;
import vpnlab.diagnosis.engine.RuleCatalogue;
import vpnlab.diagnosis.rule.Rule;

class ExplanationsTest {
  @Test
  void aCodeIsExplainedByNumberHexadecimalAndSymbol() {
    String text = Explanations.explain("13801").orElseThrow();
    assertThat(text)
        .startsWith("13801 ERROR_IPSEC_IKE_AUTH_FAIL (ike)")
        .contains("server-certificate-expired")
        .contains("client-clock-wrong")
        .doesNotContain("nps-down");
    assertThat(Explanations.explain("error_ipsec_ike_auth_fail")).contains(text);
    assertThat(Explanations.explain("0x35E9")).contains(text);
    assertThat(Explanations.explain("-2146762487"))
        .hasValueSatisfying(t -> assertThat(t).startsWith("0x800B0109 CERT_E_UNTRUSTEDROOT"));
  }

  @Test
  void anNpsReasonIsExplainedInTheFormsThatPeopleWrite() {
    String text = Explanations.explain("nps 16").orElseThrow();
    assertThat(text).startsWith("NPS reason 16 IAS_AUTH_FAILURE");
    assertThat(Explanations.explain("NPS reason code 16")).contains(text);
    assertThat(Explanations.explain("16")).contains(text);
    assertThat(Explanations.explain("ias_auth_failure")).contains(text);
    assertThat(Explanations.explain("nps 999999")).isEmpty();
  }

  @Test
  void aNumberThatIsBothIsExplainedAsBoth() {
    assertThat(Explanations.explain("64").orElseThrow())
        .contains("ERROR_NETNAME_DELETED")
        .contains("IAS_DIALIN_LOCKED_OUT");
  }

  @Test
  void everyRuleIsExplainedByItsPage() {
    for (Rule rule : RuleCatalogue.rules()) {
      assertThat(Explanations.explain(rule.id()).orElseThrow())
          .contains("## What to do")
          .contains("Rule and cause: " + rule.id())
          .contains("Stage: " + rule.stage().id());
    }
  }

  @Test
  void anUnknownNameBringsTheNearestOnes() {
    assertThat(Explanations.explain("server-certificate-expird")).isEmpty();
    assertThat(Explanations.nearest("server-certificate-expird"))
        .first()
        .isEqualTo("server-certificate-expired");
    assertThat(Explanations.nearest("ERROR_VPN_TIMOUT")).first().isEqualTo("ERROR_VPN_TIMEOUT");
    assertThat(Explanations.nearest("fragments")).first().isEqualTo("ip-fragments-dropped");
    assertThat(Explanations.nearest("")).hasSize(5);
  }
}
