package vpnlab.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChainStatusTest {
  @Test
  void bitsAreNamedAndUnknownBitsAreKept() {
    ChainStatus status = ChainStatus.parse("0x80010001");
    assertThat(status.flags())
        .containsExactly(ChainStatus.Flag.IS_NOT_TIME_VALID, ChainStatus.Flag.IS_PARTIAL_CHAIN);
    assertThat(status.toString())
        .isEqualTo("0x80010001 (CERT_TRUST_IS_NOT_TIME_VALID, CERT_TRUST_IS_PARTIAL_CHAIN)");
    assertThat(ChainStatus.GOOD.toString()).isEqualTo("0x0");
  }

  @Test
  void aDamagedFieldReadsAsNoError() {
    assertThat(ChainStatus.parse("broken")).isEqualTo(ChainStatus.GOOD);
    assertThat(ChainStatus.parse("")).isEqualTo(ChainStatus.GOOD);
    assertThat(ChainStatus.parse("20").has(ChainStatus.Flag.IS_UNTRUSTED_ROOT)).isTrue();
  }
}
