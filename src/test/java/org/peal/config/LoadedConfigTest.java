package org.peal.config;

import static java.util.Objects.requireNonNullElse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LoadedConfigTest {

  enum Mode {
    FAST,
    VERY_SLOW
  }

  record Port(int number) {
    static Port parse(String text) {
      if (!text.startsWith("p")) {
        throw new IllegalArgumentException("port must begin with p: \"" + text + "\"");
      }
      return new Port(Integer.parseInt(text.substring(1)));
    }
  }

  record Inner(@Nullable Integer low, @Nullable Integer high) {
    Inner {
      low = requireNonNullElse(low, 1);
      high = requireNonNullElse(high, 9);
      if (low > high) {
        throw new IllegalArgumentException("low must not be above high: " + low + " > " + high);
      }
    }
  }

  record All(
      @Nullable String text,
      @Nullable Boolean truth,
      @Nullable Integer number,
      @Nullable Long wide,
      @Nullable Duration time,
      @Nullable Path path,
      @Nullable URI place,
      @Nullable Mode mode,
      @Nullable Port port,
      Optional<Integer> maybe,
      @Nullable List<Port> ports,
      @Nullable Map<String, Integer> counts,
      @Nullable Map<String, List<String>> groups,
      Inner inner) {}

  private static List<String> problems(String yaml) {
    ConfigException thrown =
        catchThrowableOfType(ConfigException.class, () -> TestBinding.bind(All.class, yaml));
    return thrown.problems().stream().map(p -> p.key() + ": " + p.text()).toList();
  }

  @Test
  void bind_everyType_isRead() {
    All all =
        TestBinding.bind(
            All.class,
            """
            text: 1.10
            truth: on
            number: 5
            wide: 5
            time: 90s
            path: a/b
            place: https://example.org/ca.crt
            mode: very-slow
            port: p1
            maybe: 3
            ports: [p1, p2]
            counts: {a.b: 1}
            groups: {a: [x, y], b: z}
            inner: {high: 2}
            """);

    assertThat(all)
        .isEqualTo(
            new All(
                "1.10",
                true,
                5,
                5L,
                Duration.ofSeconds(90),
                Path.of("/base/a/b"),
                URI.create("https://example.org/ca.crt"),
                Mode.VERY_SLOW,
                new Port(1),
                Optional.of(3),
                List.of(new Port(1), new Port(2)),
                Map.of("a.b", 1),
                Map.of("a", List.of("x", "y"), "b", List.of("z")),
                new Inner(1, 2)));
  }

  @Test
  void bind_nothing_leavesNullsAndDefaults() {
    assertThat(TestBinding.defaults(All.class))
        .isEqualTo(
            new All(
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Optional.empty(),
                null,
                null,
                null,
                new Inner(1, 9)));
  }

  @Test
  void bind_scalarForAList_isAListOfOne() {
    assertThat(TestBinding.bind(All.class, "ports: p7").ports()).containsExactly(new Port(7));
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of("text: [a]", "text: must be a single value, but is a list"),
        Arguments.of("truth: 1", "truth: must be true or false, but is 1"),
        Arguments.of("truth: 'true'", "truth: must be true or false, but is \"true\""),
        Arguments.of(
            "number: many", "number: must be a whole number below 2147483648, but is \"many\""),
        Arguments.of(
            "number: 2147483648",
            "number: must be a whole number below 2147483648, but is 2147483648"),
        Arguments.of("number: 1.5", "number: must be a whole number below 2147483648, but is 1.5"),
        Arguments.of(
            "wide: 9223372036854775808",
            "wide: must be a whole number, but is 9223372036854775808"),
        Arguments.of("time: 90", "time: time needs a unit, such as 90s or 90ms: 90"),
        Arguments.of("path: ''", "path: must be a path, but is \"\""),
        Arguments.of("path: {a: b}", "path: must be a single value, but is a map"),
        Arguments.of("mode: slow", "mode: must be one of fast, very-slow, but is \"slow\""),
        Arguments.of("port: 1", "port: port must begin with p: \"1\""),
        Arguments.of("ports: [p1, ~]", "ports: must not be empty"),
        Arguments.of("counts: [1]", "counts: must be a map of names to values, but is a list"),
        Arguments.of(
            "counts: {a: b}", "counts.a: must be a whole number below 2147483648, but is \"b\""),
        Arguments.of("inner: 5", "inner: must be a section with the keys low, high, but is 5"),
        Arguments.of("inner: {low: 10}", "inner: low must not be above high: 10 > 9"),
        Arguments.of("txt: a", "txt: unknown key, did you mean \"text\"?"),
        Arguments.of("high: 5", "high: unknown key, did you mean \"inner.high\"?"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void bind_wrongValue_namesItAndWhatIsRight(String yaml, String problem) {
    assertThat(problems(yaml)).containsExactly(problem);
  }

  @Test
  void bind_manyMistakes_areReportedTogether() {
    String yaml = "truth: x\nports: [p1, q2, q3]\ninner: {low: a, hihg: 3}\nzzzzzzzzz: 1\n";

    assertThat(problems(yaml))
        .extracting(text -> text.substring(0, text.indexOf(':')))
        .containsExactlyInAnyOrder(
            "zzzzzzzzz", "truth", "ports", "ports", "inner.low", "inner.hihg");
  }

  @Test
  void bind_problemInAFile_hasLineAndColumn(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("x.yaml"), "inner:\n  low: 1\n  high: x\n");
    LoadedConfig loaded = Configuration.load(ConfigSources.of(file, Map.of(), folder));

    assertThatThrownBy(() -> loaded.bind(All.class))
        .hasMessageStartingWith(file + ":3:9: inner.high: must be");
  }

  @Test
  void origins_mixedSources_namesEach(@TempDir Path folder) throws Exception {
    Path file =
        Files.writeString(folder.resolve("x.yaml"), "truth: true\ninner:\n  low: 2\nports: [p1]\n");
    ConfigSources sources =
        ConfigSources.of(file, Map.of("PEAL_INNER__HIGH", "7"), folder).with("time", "60s");

    List<ConfigEntry> entries = Configuration.load(sources).origins(All.class);

    assertThat(entries)
        .contains(
            new ConfigEntry("text", null, "default"),
            new ConfigEntry("truth", "true", file + ":1"),
            new ConfigEntry("time", "1m", "command line"),
            new ConfigEntry("ports", "[Port[number=1]]", file + ":4"),
            new ConfigEntry("inner.low", "2", file + ":3"),
            new ConfigEntry("inner.high", "7", "environment PEAL_INNER__HIGH"))
        .hasSize(15);
  }

  @Test
  void show_valuesOfEveryKind_lookAsInAFile() {
    assertThat(ConfigEntry.show(Mode.VERY_SLOW)).isEqualTo("very-slow");
    assertThat(ConfigEntry.show(Map.of("a", List.of(1, 2)))).isEqualTo("{a: [1, 2]}");
    assertThat(ConfigEntry.show(Optional.of(Duration.ofDays(7)))).isEqualTo("7d");
    assertThat(ConfigEntry.show(Optional.empty())).isNull();
  }
}
