package org.peal.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peal.config.TestBinding;

class DnsConfigTest {

  @TempDir Path folder;

  @Test
  void bind_nothing_isTheDefault() {
    assertThat(TestBinding.defaults(DnsConfig.class)).isEqualTo(DnsConfig.defaults());
    assertThat(DnsConfig.defaults().refreshMin()).isEqualTo(Duration.ofSeconds(30));
    assertThat(DnsConfig.defaults().refreshMax()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void domains_inOtherWriting_areOneForm() {
    DnsConfig config = new DnsConfig(List.of("Example.ORG.", "a-1.test"), null, null, null, null);

    assertThat(config.domains()).containsExactly("example.org", "a-1.test");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "a..b", "a b", "127.0.0.1", "_x.test", "a/b", "x.test..", "é.test"})
  void domains_noDomain_isRefused(String domain) {
    assertThatThrownBy(() -> new DnsConfig(List.of(domain), null, null, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("domain must be a name such as example.org: \"" + domain + "\"");
  }

  @ParameterizedTest
  @CsvSource({"999, 5000", "5000, 4000", "1000, 604800001"})
  void refresh_outOfBounds_isRefused(long min, long max) {
    assertThatThrownBy(
            () ->
                new DnsConfig(
                    List.of(), null, null, Duration.ofMillis(min), Duration.ofMillis(max)))
        .hasMessageStartingWith("refresh-min must be");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:53", "[::1]:5353"})
  void server_address_isReadAndWritten(String text) {
    assertThat(DnsServer.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "ns.example.org:53", "127.0.0.1:0", ":53", "::1:53"})
  void server_other_isRefused(String text) {
    assertThatThrownBy(() -> DnsServer.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + text + "\"");
  }

  @Test
  void trustAnchor_unusableFile_isRefused() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty"), "; nothing\n");
    Path garbage = Files.writeString(folder.resolve("garbage"), "example. IN DS what\n");
    for (Path file : List.of(folder.resolve("missing"), empty, garbage)) {
      DnsConfig config = new DnsConfig(List.of(), null, file, null, null);
      assertThatThrownBy(() -> new DnsClient(config))
          .hasMessageStartingWith(file + ": trust anchor ");
    }
  }
}
