package org.peal.endpoint;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.peal.config.ConfigException;

class EndpointFilesTest {

  @TempDir Path folder;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static List<Endpoint> at(String... addresses) {
    return Stream.of(addresses).map(Endpoint::parse).toList();
  }

  @Test
  void read_everyKey_isTaken() throws IOException {
    write(
        "a.yaml",
        """
        endpoints:
          bodhi.app01: [tcp://app01:3000, "tcp://[::1]:3001"]
          relay_outbound: tcp://relay.example.org.:4001
        replay_endpoints:
          bodhi.app01: tcp://app01:4002
        srv_endpoints: [example.org, example.com]
        """);

    assertThat(EndpointFiles.read(folder))
        .isEqualTo(
            new EndpointMap(
                Map.of(
                    "bodhi.app01", at("tcp://app01:3000", "tcp://[::1]:3001"),
                    "relay_outbound", at("tcp://relay.example.org.:4001")),
                Map.of("bodhi.app01", at("tcp://app01:4002")),
                List.of("example.org", "example.com")));
  }

  @Test
  void read_severalFiles_mergesByNameAndReplacesLists() throws IOException {
    write("20.yml", "endpoints: {a: tcp://new:1}");
    write("10.yaml", "endpoints: {a: [tcp://old:1, tcp://old:2], b: tcp://b:1}");
    write("30.json", "{\"endpoints\": {\"c\": [\"tcp://c:1\"]}}");
    write("40.yaml~", "endpoints: [broken");
    write(".50.yaml", "endpoints: [hidden");
    Files.createDirectory(folder.resolve("60.yaml"));

    assertThat(EndpointFiles.read(folder).endpoints())
        .containsExactly(
            Map.entry("a", at("tcp://new:1")),
            Map.entry("b", at("tcp://b:1")),
            Map.entry("c", at("tcp://c:1")));
  }

  @Test
  void read_emptyFilesAndKeys_sayNothing() throws IOException {
    write("a.yaml", "");
    write("b.yaml", "endpoints:\nreplay_endpoints: ~\nsrv_endpoints: null\n");

    assertThat(EndpointFiles.read(folder)).isEqualTo(EndpointMap.EMPTY);
  }

  @Test
  void read_whatFedmsgConfigPrints_isAcceptedAsItIs() throws IOException {
    write(
        "fedmsg.json",
        """
        {
            "active": false,
            "certnames": {
                "shell.host": "shell-host.example.org"
            },
            "crypto_validate_backends": [
                "x509"
            ],
            "endpoints": {
                "fedmsg.host": [
                    "tcp://127.0.0.1:3000",
                    "tcp://*:3001"
                ],
                "relay_inbound": "tcp://127.0.0.1:2003",
                "relay_outbound": [
                    "tcp://127.0.0.1:4001"
                ]
            },
            "environment": "dev",
            "high_water_mark": 0,
            "io_threads": 1,
            "logging": {
                "formatters": {
                    "bare": {
                        "format": "[%(asctime)s][%(name)10s %(levelname)7s] %(message)s"
                    }
                }
            },
            "post_init_sleep": 0.5,
            "replay_endpoints": null,
            "topic_prefix": "org.fedoraproject",
            "topic_prefix_re": "org\\\\.fedoraproject\\\\.[^\\\\W\\\\d_]+"
        }
        """);

    assertThat(EndpointFiles.read(folder).subscribable())
        .containsExactly(
            Map.entry("fedmsg.host", at("tcp://127.0.0.1:3000", "tcp://127.0.0.1:3001")),
            Map.entry("relay_outbound", at("tcp://127.0.0.1:4001")));
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of(
            "endpoints:\n  a:\n    - tcp://a:1\n    - tcp:/b:2\n",
            ":4:7: endpoints.a: address must look like tcp://host:port: \"tcp:/b:2\""),
        Arguments.of(
            "endpoints: {a: tcp://a:70000}",
            ":1:16: endpoints.a: port must be at most 65535: \"tcp://a:70000\""),
        Arguments.of(
            "endpoints: {a: tcp://a:0}",
            ":1:16: endpoints.a: port must be 1 to 65535 for others to connect to: \"tcp://a:0\""),
        Arguments.of(
            "endpoints: {a: 3000}",
            ":1:16: endpoints.a: address must look like tcp://host:port, but is 3000"),
        Arguments.of(
            "endpoints: {a: {b: c}}",
            ":1:16: endpoints.a: address must look like tcp://host:port, but is a map"),
        Arguments.of(
            "endpoints: {a: }",
            ":1:15: endpoints.a: address must look like tcp://host:port, but is nothing"),
        Arguments.of(
            "endpoints: [tcp://a:1]",
            ":1:12: endpoints: must be a map of names to addresses, but is a list"),
        Arguments.of(
            "endpoint: {a: tcp://a:1}", ":1:1: endpoint: unknown key, did you mean \"endpoints\"?"),
        Arguments.of(
            "relay_outbound: tcp://a:1",
            ":1:1: relay_outbound: unknown key, known here: endpoints, replay_endpoints,"
                + " srv_endpoints"),
        Arguments.of(
            "srv_endpoints: [1]",
            ":1:17: srv_endpoints: must be a list of domain names, but has 1"),
        Arguments.of(
            "- a",
            ":1:1: file must be a map with the keys endpoints, replay_endpoints, srv_endpoints"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void read_brokenFile_namesThePlace(String text, String problem) throws IOException {
    Path file = write("a.yaml", text);

    assertThatThrownBy(() -> EndpointFiles.read(folder)).hasMessage(file + problem);
  }

  @Test
  void read_severalProblems_reportsAll() throws IOException {
    write("a.yaml", "endpoints: {a: x, b: y}\nother: 1\n");
    write("b.yaml", "endpoints: {a: z}");

    ConfigException thrown =
        catchThrowableOfType(ConfigException.class, () -> EndpointFiles.read(folder));

    assertThat(thrown.problems().stream().map(p -> p.key()).collect(joining(" ")))
        .isEqualTo("other endpoints.a endpoints.b endpoints.a");
  }

  @Test
  void read_tooManyFiles_isRefused() throws IOException {
    for (int i = 0; i <= EndpointFiles.MAX_FILES; i++) {
      write(i + ".yaml", "");
    }

    assertThatThrownBy(() -> EndpointFiles.read(folder))
        .hasMessage(folder + ": folder must have at most 1000 endpoint files");
  }

  @Test
  void read_missingFolder_saysSo() {
    Path missing = folder.resolve("missing");

    assertThatThrownBy(() -> EndpointFiles.read(missing))
        .hasMessage(missing + ": no such file or folder");
  }

  @Test
  void read_shippedFiles_areRight() throws IOException {
    assertThat(EndpointFiles.read(Path.of("endpoints.d")))
        .isEqualTo(
            new EndpointMap(
                Map.of("relay_outbound", at("tcp://127.0.0.1:4001")), Map.of(), List.of()));
    Path example =
        write("example.yaml", Files.readString(Path.of("endpoints.d/fedora.yaml.example")));
    assertThat(EndpointFiles.read(example).endpoints()).hasSize(5);
  }

  @Test
  void locate_nothingConfigured_takesTheFirstThatExists() throws IOException {
    EndpointsConfig none = new EndpointsConfig(null);
    Path user = folder.resolve("user");
    Path etc = folder.resolve("etc");
    Path installation = folder.resolve("installation");
    List<Path> configs = List.of(user);

    assertThat(EndpointFiles.locate(none, configs, etc, installation)).isEmpty();
    Files.createDirectories(installation.resolve("endpoints.d"));
    assertThat(EndpointFiles.locate(none, configs, etc, installation))
        .contains(installation.resolve("endpoints.d"));
    Files.createDirectories(etc.resolve("endpoints.d"));
    assertThat(EndpointFiles.locate(none, configs, etc, installation))
        .contains(etc.resolve("endpoints.d"));
    Files.createDirectories(user.resolve("endpoints.d"));
    assertThat(EndpointFiles.locate(none, configs, etc, installation))
        .contains(user.resolve("endpoints.d"));
    assertThat(EndpointFiles.locate(new EndpointsConfig(Path.of("/x")), configs, etc, installation))
        .contains(Path.of("/x"));
  }
}
