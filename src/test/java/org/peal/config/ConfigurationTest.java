package org.peal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {

  record Root(Zone zone) {}

  record Zone(
      @Nullable String name,
      @Nullable Integer maxSize,
      @Nullable List<String> hosts,
      @Nullable Map<String, String> names,
      @Nullable Path file) {}

  @TempDir Path folder;

  private final Map<String, String> environment = new HashMap<>();

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private ConfigSources sources() {
    return ConfigSources.of(folder, environment, folder.resolve("here"));
  }

  private Zone load() {
    return Configuration.load(sources()).bind(Root.class).zone();
  }

  @Test
  void load_nothingAnywhere_isDefaults() {
    Path missing = folder.resolve("missing");
    LoadedConfig loaded =
        Configuration.load(ConfigSources.standard(missing, Map.of(), missing, missing));

    assertThat(loaded.bind(Root.class).zone()).isEqualTo(new Zone(null, null, null, null, null));
    assertThat(loaded.folders()).isEmpty();
  }

  @Test
  void load_severalSources_laterWins() throws IOException {
    write("peal.yaml", "zone: {name: main, max-size: 1, file: a}");
    assertThat(load().name()).isEqualTo("main");
    write("conf.d/20-b.yaml", "zone: {name: twenty}");
    write("conf.d/10-a.yaml", "zone: {name: ten, max-size: 2}");
    assertThat(load().name()).isEqualTo("twenty");
    assertThat(load().maxSize()).isEqualTo(2);
    environment.put("PEAL_ZONE__NAME", "variable");
    assertThat(load().name()).isEqualTo("variable");
    assertThat(
            Configuration.load(sources().with("zone.name", "option"))
                .bind(Root.class)
                .zone()
                .name())
        .isEqualTo("option");
  }

  @Test
  void load_mapsAndLists_mapsMergeAndListsReplace() throws IOException {
    write("peal.yaml", "zone: {hosts: [a, b], names: {x: '1', y: '2'}}");
    write("conf.d/a.yaml", "zone: {hosts: [c], names: {y: '3'}}");

    assertThat(load().hosts()).containsExactly("c");
    assertThat(load().names()).containsExactly(Map.entry("x", "1"), Map.entry("y", "3"));
  }

  @Test
  void load_emptySection_saysNothing() throws IOException {
    write("peal.yaml", "zone: {name: main}");
    write("conf.d/a.yaml", "zone:\n#  name: other\n");

    assertThat(load().name()).isEqualTo("main");
  }

  @Test
  void load_nullValue_unsetsWhatWasSaidBefore() throws IOException {
    write("peal.yaml", "zone: {name: main, max-size: 1}");
    write("conf.d/a.yaml", "zone: {name: ~}");

    assertThat(load().name()).isNull();
    assertThat(load().maxSize()).isEqualTo(1);
  }

  @Test
  void load_otherNamesInConfD_areIgnored() throws IOException {
    write("conf.d/a.yaml.bak", "zone: {name: backup}");
    write("conf.d/.b.yaml", "zone: {name: hidden}");
    write("conf.d/README", "not: yaml: at all");

    assertThat(load().name()).isNull();
  }

  @Test
  void load_singleFile_isReadAlone() throws IOException {
    write("peal.yaml", "zone: {name: main}");
    Path file = write("other.json", "{\"zone\": {\"max-size\": 7}}");

    LoadedConfig loaded = Configuration.load(ConfigSources.of(file, environment, folder));

    assertThat(loaded.bind(Root.class).zone().maxSize()).isEqualTo(7);
    assertThat(loaded.bind(Root.class).zone().name()).isNull();
    assertThat(loaded.folders()).containsExactly(folder);
    assertThat(loaded.files()).containsExactly(file);
  }

  @Test
  void load_environmentValues_areYaml() {
    environment.put("PEAL_ZONE__MAX_SIZE", "0x10");
    environment.put("PEAL_ZONE__HOSTS", "[tcp://a:1, tcp://b:2]");
    environment.put("PEAL_ZONE__NAMES", "{a.b: c}");
    environment.put("PEAL_ZONE__NAME", "no");

    assertThat(load())
        .isEqualTo(new Zone("no", 16, List.of("tcp://a:1", "tcp://b:2"), Map.of("a.b", "c"), null));
  }

  @Test
  void load_variablesThatAreNoSettings_areIgnored() {
    environment.put("PEAL_JDK25", "/usr/lib/jvm/25");
    environment.put("PEAL_CONFIG", "[");
    environment.put("HOME", "/root");
    environment.put("OTHER_ZONE__NAME", "x");

    assertThat(load().name()).isNull();
  }

  @Test
  void bind_unknownVariable_namesItAndTheNearestKey() {
    environment.put("PEAL_ZONE__NMAE", "x");

    assertThatThrownBy(this::load)
        .hasMessage("environment PEAL_ZONE__NMAE: zone.nmae: unknown key, did you mean \"name\"?");
  }

  @Test
  void bind_paths_startFromWhereTheyAreSaid() throws IOException {
    write("conf.d/a.yaml", "zone: {file: ../certs/ca.crt}");
    assertThat(load().file()).isEqualTo(folder.resolve("certs/ca.crt"));
    environment.put("PEAL_ZONE__FILE", "ca.crt");
    assertThat(load().file()).isEqualTo(folder.resolve("here/ca.crt"));
    environment.put("PEAL_ZONE__FILE", "/abs/ca.crt");
    assertThat(load().file()).isEqualTo(Path.of("/abs/ca.crt"));
    assertThat(
            Configuration.load(sources().with("zone.file", Path.of("x/1.5")))
                .bind(Root.class)
                .zone()
                .file())
        .isEqualTo(folder.resolve("here/x/1.5"));
  }

  @Test
  void load_overrides_areTakenLiterally() {
    ConfigSources sources =
        sources()
            .with("zone.name", "a: [b")
            .with("zone.max-size", 5)
            .with("zone.hosts", List.of("*x"));

    Zone zone = Configuration.load(sources).bind(Root.class).zone();

    assertThat(zone).isEqualTo(new Zone("a: [b", 5, List.of("*x"), null, null));
  }

  @Test
  void standard_systemAndUserFolder_userWins() throws IOException {
    write("etc/peal.yaml", "zone: {name: system, max-size: 1}");
    write("home/.config/peal/peal.yaml", "zone: {name: user}");
    write("xdg/peal/peal.yaml", "zone: {name: xdg}");
    Path etc = folder.resolve("etc");
    Path home = folder.resolve("home");

    LoadedConfig user = Configuration.load(ConfigSources.standard(etc, Map.of(), home, folder));
    assertThat(user.bind(Root.class).zone().name()).isEqualTo("user");
    assertThat(user.bind(Root.class).zone().maxSize()).isEqualTo(1);
    assertThat(user.folders()).containsExactly(home.resolve(".config/peal"), etc);

    Map<String, String> xdg = Map.of("XDG_CONFIG_HOME", folder.resolve("xdg").toString());
    LoadedConfig other = Configuration.load(ConfigSources.standard(etc, xdg, home, folder));
    assertThat(other.bind(Root.class).zone().name()).isEqualTo("xdg");

    Map<String, String> relative = Map.of("XDG_CONFIG_HOME", "xdg");
    LoadedConfig ignored = Configuration.load(ConfigSources.standard(etc, relative, home, folder));
    assertThat(ignored.bind(Root.class).zone().name()).isEqualTo("user");
  }

  @Test
  void beside_severalFolders_isTheFirstThatHasIt() throws IOException {
    Path etc = Files.createDirectories(folder.resolve("etc"));
    Path user = Files.createDirectories(folder.resolve("home/.config/peal"));
    LoadedConfig loaded =
        Configuration.load(ConfigSources.standard(etc, Map.of(), folder.resolve("home"), folder));

    assertThat(loaded.beside("certs")).isEmpty();
    Files.createDirectory(etc.resolve("certs"));
    assertThat(loaded.beside("certs")).contains(etc.resolve("certs"));
    Files.createDirectory(user.resolve("certs"));
    assertThat(loaded.beside("certs")).contains(user.resolve("certs"));
  }

  @Test
  void bind_severalBrokenFiles_reportsAllTogether() throws IOException {
    write("peal.yaml", "zone: {max-size: many, nam: x}");
    write("conf.d/a.yaml", "zone: [");
    write("conf.d/b.yaml", "- 1\n");
    environment.put("PEAL_ZONE__HOSTS", "[1");

    assertThatThrownBy(this::load)
        .isInstanceOfSatisfying(
            ConfigException.class,
            e ->
                assertThat(e.problems())
                    .extracting(problem -> problem.place().withoutColumn() + " " + problem.key())
                    .containsExactly(
                        folder.resolve("conf.d/a.yaml") + ":1 ",
                        folder.resolve("conf.d/b.yaml") + ":1 ",
                        "environment PEAL_ZONE__HOSTS ",
                        folder.resolve("peal.yaml") + ":1 zone.nam",
                        folder.resolve("peal.yaml") + ":1 zone.max-size"));
  }

  @Test
  void bind_tooManyFiles_isRefused() throws IOException {
    for (int i = 0; i <= 1_000; i++) {
      write("conf.d/" + i + ".yaml", "");
    }

    assertThatThrownBy(this::load)
        .hasMessage(folder.resolve("conf.d") + ": folder must have at most 1000 files");
  }

  @Test
  void bind_missingRequiredLocation_saysSo() {
    Path missing = folder.resolve("missing");

    assertThatThrownBy(
            () -> Configuration.load(ConfigSources.of(missing, Map.of(), folder)).bind(Root.class))
        .hasMessage(missing + ": no such file or folder");
  }

  @Test
  void bind_pythonFile_namesTheConversion() throws IOException {
    Path python = write("fedmsg-config.py", "config = {}");

    assertThatThrownBy(
            () -> Configuration.load(ConfigSources.of(python, Map.of(), folder)).bind(Root.class))
        .hasMessageContaining("fedmsg-config > fedmsg.json");
  }

  @Test
  void load_translation_appliesToFilesOnly() throws IOException {
    write("peal.yaml", "anything: 1");
    YamlTree.Mapping translated =
        (YamlTree.Mapping) YamlTree.parse("zone: {name: translated}", Place.of(folder));
    environment.put("PEAL_ZONE__MAX_SIZE", "3");

    Zone zone =
        Configuration.load(sources().translatedBy(ignored -> translated)).bind(Root.class).zone();

    assertThat(zone.name()).isEqualTo("translated");
    assertThat(zone.maxSize()).isEqualTo(3);
  }
}
