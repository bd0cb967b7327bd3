package vpnlab.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AddressRangeTest {
  @Test
  void aPrefixHoldsItsAddressesAndNoOthers() {
    AddressRange range = AddressRange.of("10.8.0.0/24");
    assertThat(range.contains("10.8.0.0")).isTrue();
    assertThat(range.contains("10.8.0.255")).isTrue();
    assertThat(range.contains("10.8.1.0")).isFalse();
    assertThat(range.contains("10.7.255.255")).isFalse();
  }

  @Test
  void aRangeHoldsBothItsEndsAndNoOthers() {
    AddressRange range = AddressRange.of("10.8.0.10-10.8.0.250");
    assertThat(range.contains("10.8.0.10")).isTrue();
    assertThat(range.contains("10.8.0.250")).isTrue();
    assertThat(range.contains("10.8.0.9")).isFalse();
    assertThat(range.contains("10.8.0.251")).isFalse();
  }

  @Test
  void whatIsNoAddressIsNotTakenForOne() {
    assertThatThrownBy(() -> AddressRange.of("10.8.0/24"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
