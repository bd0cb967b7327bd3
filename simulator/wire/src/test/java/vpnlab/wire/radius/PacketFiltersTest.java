package vpnlab.wire.radius;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;

class PacketFiltersTest {
  private final Random random = new Random(20261121);

  @Test
  void the_block_is_laid_out_as_MS_RRASM_says() {
    PacketFilters filters =
        new PacketFilters(
            Optional.of(
                new PacketFilters.Direction(
                    true,
                    List.of(
                        new PacketFilters.Filter(
                            Octets.zeros(4),
                            Octets.zeros(4),
                            Octets.ofHex("0a000005"),
                            Octets.ofHex("ffffffff"),
                            6,
                            0,
                            443)))),
            Optional.empty());

    assertThat(filters.encode())
        .isEqualTo(
            Octets.ofHex(
                "00000001 00000044 00000001" // version, size, entries
                    + "ffff0001 00000028 00000001 0000001c" // input filters, where
                    + "00000001 00000001 00000001" // version, one filter, drop others
                    + "00000000 00000000 0a000005 ffffffff 06000000 00000000 0000 01bb"));
  }

  @Test
  void every_set_of_filters_survives_its_attributes() throws Exception {
    for (int i = 0; i < 5_000; i++) {
      PacketFilters filters = new PacketFilters(direction(), direction());
      assertThat(PacketFilters.decode(filters.encode())).isEqualTo(filters);
      assertThat(PacketFilters.of(filters.toAttributes())).contains(filters);
    }
    assertThat(PacketFilters.of(List.of())).isEmpty();
  }

  @Test
  void any_octets_give_filters_or_a_clean_error() {
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new PacketFilters(direction(), direction()).encode().toArray();
      for (int n = 0; n <= random.nextInt(3); n++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Octets octets = Octets.of(bytes, 0, random.nextInt(bytes.length + 1));
      try {
        assertThat(PacketFilters.decode(octets)).isNotNull();
      } catch (MalformedMessageException e) {
        assertThat(e.field()).isNotBlank();
      }
    }
  }

  private Optional<PacketFilters.Direction> direction() {
    if (random.nextInt(4) == 0) {
      return Optional.empty();
    }
    List<PacketFilters.Filter> filters = new ArrayList<>();
    for (int n = random.nextInt(12); n > 0; n--) {
      filters.add(
          new PacketFilters.Filter(
              octets(), octets(), octets(), octets(), random.nextInt(256), port(), port()));
    }
    return Optional.of(new PacketFilters.Direction(random.nextBoolean(), filters));
  }

  private int port() {
    return random.nextInt(65536);
  }

  private Octets octets() {
    byte[] bytes = new byte[4];
    random.nextBytes(bytes);
    return Octets.of(bytes);
  }
}
