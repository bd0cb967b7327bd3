package vpnlab.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NpsReasonCodeTest {
  @Test
  void everyReasonHasAMeaningAndASource() {
    assertThat(NpsReasonCode.all()).hasSizeGreaterThan(90);
    for (NpsReasonCode reason : NpsReasonCode.all()) {
      assertThat(reason.meaning()).isNotBlank();
      assertThat(reason.source()).isNotBlank();
    }
  }

  @Test
  void reasonsAreFoundBySymbol() {
    assertThat(NpsReasonCode.ofSymbol("ias_no_such_user")).contains(NpsReasonCode.of(8));
    assertThat(NpsReasonCode.ofSymbol("IAS_NOBODY")).isEmpty();
    assertThat(NpsReasonCode.ofSymbol("")).isEmpty();
  }

  @Test
  void aReasonWithoutAPublicSymbolIsNamedByItsNumber() {
    assertThat(NpsReasonCode.of(268).toString()).isEqualTo("268 NPS_REASON_268");
    assertThat(NpsReasonCode.of(9999).known()).isFalse();
    assertThat(NpsReasonCode.of(9999).meaning()).isEmpty();
  }
}
