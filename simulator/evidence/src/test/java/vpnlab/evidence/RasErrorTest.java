package vpnlab.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RasErrorTest {
  @Test
  void everyCodeOfTheTableIsFoundByNumberAndBySymbol() {
    assertThat(RasError.all()).hasSizeGreaterThan(500);
    for (RasError error : RasError.all()) {
      assertThat(RasError.parse(error.number())).contains(error);
      assertThat(RasError.parse(Integer.toString(error.code()))).contains(error);
      assertThat(RasError.ofSymbol(error.symbol())).contains(error);
      assertThat(error.meaning()).isNotBlank();
      assertThat(error.source()).isNotBlank();
    }
    assertThat(RasError.all().stream().map(RasError::symbol).collect(Collectors.toSet()))
        .hasSameSizeAs(RasError.all());
  }

  @Test
  void theCodesOfTheDocumentsHaveTheirSymbols() {
    assertThat(RasError.of(13801).symbol()).isEqualTo("ERROR_IPSEC_IKE_AUTH_FAIL");
    assertThat(RasError.of(13806).symbol()).isEqualTo("ERROR_IPSEC_IKE_NO_CERT");
    assertThat(RasError.of(809).symbol()).isEqualTo("ERROR_VPN_TIMEOUT");
    assertThat(RasError.of(0).symbol()).isEqualTo("ERROR_SUCCESS");
    assertThat(RasError.of(930).toString()).isEqualTo("930 ERROR_AUTH_SERVER_TIMEOUT");
  }

  @Test
  void anHresultIsReadInAllThreeFormsThatLogsUse() {
    RasError untrusted = RasError.of(0x800B0109);
    assertThat(RasError.parse("0x800B0109")).contains(untrusted);
    assertThat(RasError.parse("-2146762487")).contains(untrusted);
    assertThat(RasError.parse("cert_e_untrustedroot")).contains(untrusted);
    assertThat(untrusted.number()).isEqualTo("0x800B0109");
  }

  @Test
  void anUnknownNumberIsKeptAndAnUnknownWordIsNot() {
    assertThat(RasError.parse("4711")).contains(RasError.of(4711));
    assertThat(RasError.of(4711).known()).isFalse();
    assertThat(RasError.of(4711).symbol()).isEqualTo("UNKNOWN_ERROR_4711");
    assertThat(RasError.parse("ERROR_OF_NOBODY")).isEmpty();
    assertThat(RasError.parse("99999999999999999999999")).isEmpty();
    assertThat(RasError.parse("0x1FFFFFFFF")).isEmpty();
  }
}
