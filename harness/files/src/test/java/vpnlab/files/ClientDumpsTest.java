package vpnlab.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vpnlab.evidence.DialedProfile;
import vpnlab.evidence.ServerValidation;
import vpnlab.evidence.StoreListing;
import vpnlab.evidence.TlsExtensions;

/** What certutil and WMI print at a client. */
class ClientDumpsTest {
  private static final String NAME = "AAD Conditional Access";
  private static final String PURPOSE = "1.3.6.1.4.1.311.87";

  @TempDir private Path folder;

  private static StoreListing.Entry entry(String issuer, boolean key) {
    return new StoreListing.Entry(
        "1f",
        issuer,
        "E=carol@corp.example, CN=carol, OU=Users",
        Instant.parse("2026-01-15T08:55:00Z"),
        Instant.parse("2026-01-15T21:00:00Z"),
        "0123456789abcdef0123456789abcdef01234567",
        key);
  }

  @Test
  void aListIsReadAsItWasPrinted() throws IOException {
    StoreListing listing =
        new StoreListing(
            "laptop",
            "CurrentUser\\My",
            true,
            List.of(entry("CN=Corp CA, DC=corp", true), entry("CN=Other", false)));
    Path file = folder.resolve("my.txt");
    CertutilDump.write(file, listing);
    String text = Files.readString(file);
    SkippedLines skipped = new SkippedLines();
    assertThat(CertutilDump.read(text, ZoneOffset.UTC, skipped)).isEqualTo(listing.entries());
    assertThat(skipped.total()).isZero();
    assertThat(CertutilDump.isWhole(text)).isTrue();
    assertThat(CertutilDump.isMachine(text, "my.txt")).isFalse();
    assertThat(FileKind.of(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)).type())
        .isEqualTo(FileKind.Type.CERTUTIL);
  }

  @Test
  void theCommandLineSaysWhoseStoreItIs() {
    assertThat(CertutilDump.isMachine("C:\\>certutil -store My\n", "a.txt")).isTrue();
    assertThat(CertutilDump.isMachine("C:\\>certutil -store -user My\n", "a.txt")).isFalse();
    assertThat(CertutilDump.isMachine("", "my-machine.txt")).isTrue();
  }

  @Test
  void aListThatIsCutOffIsNotWhole() throws IOException {
    Path file = folder.resolve("my.txt");
    CertutilDump.write(
        file, new StoreListing("laptop", "CurrentUser\\My", true, List.of(entry("CN=A", true))));
    String text = Files.readString(file);
    String cut = text.substring(0, text.indexOf("Subject"));
    SkippedLines skipped = new SkippedLines();
    assertThat(CertutilDump.read(cut, ZoneOffset.UTC, skipped)).isEmpty();
    assertThat(skipped.first().get(0).why()).contains("has no 'Subject'");
    assertThat(CertutilDump.isWhole(cut)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "12/8/2017 8:07 PM,2017-12-08T20:07:00Z",
    "2017/12/08 20:07,2017-12-08T20:07:00Z",
    "08.12.2017 20:07,2017-12-08T20:07:00Z",
    "28/12/2017 20:07,2017-12-28T20:07:00Z"
  })
  void timesOfSeveralRegions(String text, Instant time) {
    assertThat(CertutilDump.time(text, ZoneOffset.UTC)).isEqualTo(time);
  }

  @Test
  void aTimeThatMayBeTwoIsRefused() {
    assertThatThrownBy(() -> CertutilDump.time("08/12/2017 20:07", ZoneOffset.UTC))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no time that is clear");
  }

  @Test
  void aProfileIsReadAsItWasWrappedWithItsFilter() throws IOException {
    for (String method : List.of("eap-tls", "peap-eap-tls")) {
      DialedProfile profile =
          new DialedProfile(
              "Corp VPN",
              "vpn.corp.example",
              "ikev2",
              method,
              "",
              List.of(),
              Optional.of(
                  new ServerValidation(true, List.of("ab12"), List.of("nps.corp.example"), false)),
              true,
              Optional.of(new TlsExtensions(Map.of(NAME, PURPOSE), List.of(NAME))));
      Path file = folder.resolve(method + ".txt");
      WmiProfile.write(file, "LAPTOP", profile);
      SkippedLines skipped = new SkippedLines();
      assertThat(WmiProfile.read(Files.readString(file), skipped))
          .containsExactly(new WmiProfile("laptop", profile));
      assertThat(skipped.total()).isZero();
    }
  }

  @Test
  void aProfileWithoutItsEndIsReported() {
    SkippedLines skipped = new SkippedLines();
    String text = "__GENUS : 2\n__CLASS : MDM_VPNv2_01\nProfileXML : <VPNProfile><Nativ";
    assertThat(WmiProfile.read(text, skipped)).isEmpty();
    assertThat(skipped.first().get(0).why()).contains("no whole ProfileXML");
  }
}
