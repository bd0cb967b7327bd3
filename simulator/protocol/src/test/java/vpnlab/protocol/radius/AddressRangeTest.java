package vpnlab.protocol.radius;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class AddressRangeTest {
  @Test
  void a_range_contains_the_addresses_that_share_its_prefix() throws Exception {
    AddressRange range = AddressRange.parse("10.1.2.0/23");

    assertThat(range.contains(InetAddress.getByName("10.1.3.255"))).isTrue();
    assertThat(range.contains(InetAddress.getByName("10.1.4.0"))).isFalse();
    assertThat(range.contains(InetAddress.getByName("2001:db8::1"))).isFalse();
    assertThat(AddressRange.parse("0.0.0.0/0").contains(InetAddress.getByName("192.0.2.1")))
        .isTrue();
  }

  @Test
  void a_single_address_is_a_range_of_one() throws Exception {
    AddressRange v6 = AddressRange.parse("2001:db8::1");

    assertThat(AddressRange.parse("10.0.0.5")).isEqualTo(AddressRange.parse("10.0.0.5/32"));
    assertThat(v6.contains(InetAddress.getByName("2001:db8::1"))).isTrue();
    assertThat(v6.contains(InetAddress.getByName("2001:db8::2"))).isFalse();
  }

  @Test
  void what_is_no_address_is_refused_and_not_looked_up() {
    for (String text :
        new String[] {
          "",
          "/8",
          "localhost",
          "10.0.0",
          "10.0.0.256",
          "999.1.1.1",
          "10.0.0.0/33",
          "10.0.0.0/x",
          "10.0.0.1.",
          "::1/129",
          "1:2",
          "10.0.0.0/-1"
        }) {
      assertThatThrownBy(() -> AddressRange.parse(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
