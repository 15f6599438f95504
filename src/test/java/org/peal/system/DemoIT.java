package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peal.testing.Broker;
import org.peal.testing.ExternalProcess.Setting;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;

/** What newcomers run first. */
class DemoIT {

  private static final String OWN_BROKER = "  the broker is a RabbitMQ of the demo's own, ";

  /** It starts some twenty programs, one after the other. */
  private static final Duration LONG = Duration.ofMinutes(5);

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();

  /** Starts it where all that it leaves behind would be seen. */
  private PealProcess demo(Setting setting, String... options) {
    String[] args = Stream.concat(Stream.of("demo"), Stream.of(options)).toArray(String[]::new);
    return processes.add(
        PealProcess.start(setting.with("PEAL_JAVA_OPTS", "-Djava.io.tmpdir=" + folder), args));
  }

  private Setting setting() {
    return new Site(folder, processes).setting();
  }

  @Test
  void shouldShowTheMainJob_andMoveAHandlerThroughABrokerOfItsOwn() throws IOException {
    Broker.assumeInstalled();
    // What is set for nodes of this user is not for those of the demo.
    PealProcess demo = demo(setting().with("PEAL_STORE__PATH", "/nowhere/store.db"));
    assertThat(demo.awaitExit(LONG)).as(demo.toString()).isZero();
    assertThat(demo.out())
        .containsSubsequence(
            "  arrived: \"tagged into f43\", signed by demo-alice",
            "  outcome: tagged",
            "the subscriber is killed, and messages go on",
            "the subscriber is back: what it missed comes from the log of the node",
            "  arrived: 2 \"bash for f43\"",
            "  arrived: 3 \"fish for f43\"",
            "  $ peal run events --bus zmq --config DIR/move",
            "  $ peal run events --bus zmq,amqp --config DIR/move",
            "  $ peal run events --bus amqp --config DIR/move")
        .anyMatch(line -> line.startsWith("  refused: \"pay 100 to mallory\", BAD_SIGNATURE"))
        .anyMatch(line -> line.startsWith(OWN_BROKER))
        .anyMatch(line -> line.startsWith("  moved: ") && line.endsWith(", 0 missing, 0 twice"));
    assertNothingIsLeft();
  }

  @Test
  void shouldLeaveOutWhatNeedsABroker_whereThereIsNone() throws IOException {
    PealProcess demo = demo(setting().with("RABBITMQ_HOME", folder.resolve("none").toString()));
    assertThat(demo.awaitExit(LONG)).as(demo.toString()).isZero();
    assertThat(demo.out())
        .contains("  left out, because there is no broker at hand")
        .anyMatch(line -> line.contains("apt-get install rabbitmq-server"))
        .noneMatch(line -> line.startsWith("  moved: "));
    demo("--amqp", "amqp://127.0.0.1:1/").assertExit(69);
    assertNothingIsLeft();
  }

  private PealProcess demo(String... options) {
    return demo(setting(), options);
  }

  @Test
  void shouldEndItsBrokerWhenASignalEndsIt() throws IOException {
    Broker.assumeInstalled();
    PealProcess demo = demo(setting());
    demo.awaitOut("two nodes"); // its broker is about to start
    demo.terminate();
    demo.assertExit(143);
    assertNothingIsLeft();
  }

  /** Its broker is about to start, or all that it ever runs at a time is running. */
  @ParameterizedTest
  @ValueSource(strings = {"two nodes", "  acted on: "})
  void shouldLeaveNoProcessWhenItIsKilled(String sign) throws IOException {
    Broker.assumeInstalled();
    PealProcess demo = demo(setting());
    assertThat(demo.outHolds(sign, LONG)).as(demo.toString()).isTrue();
    assertThat(processesOfDemo()).isNotEmpty();
    demo.kill();
    await().untilAsserted(() -> assertThat(processesOfDemo()).isEmpty());
  }

  @Test
  void shouldEndWhileAHandlerMovesThroughABrokerThatIsNotItsOwn() throws IOException {
    Path authority = Files.createDirectory(folder.resolve("authority"));
    try (Broker broker = Broker.withTls(authority)) {
      // The address there is another one: what counts of that file is whom to trust.
      Path file = folder.resolve("fm.toml");
      Files.writeString(
          file,
          "amqp_url = 'amqp://127.0.0.1:1/'\n[tls]\nca_cert = '%s'\n"
              .formatted(authority.resolve("ca.crt")));
      PealProcess demo =
          demo(
              setting().with("FEDORA_MESSAGING_CONF", file.toString()),
              "--amqp",
              "amqps://guest:guest@localhost:" + broker.tlsPort() + "/");
      assertThat(demo.outHolds("  acted on: ", LONG)).as(demo.toString()).isTrue();
      demo.signal("INT");
      demo.assertExit(130);
      assertThat(demo.out()).noneMatch(line -> line.startsWith(OWN_BROKER));
      assertNothingIsLeft();
    }
  }

  private void assertNothingIsLeft() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files)
          .extracting(file -> file.getFileName().toString())
          .noneMatch(name -> name.startsWith("peal-demo-") || name.startsWith("sqlite-"));
    }
    assertThat(processesOfDemo()).isEmpty();
  }

  private List<ProcessHandle.Info> processesOfDemo() {
    return ProcessHandle.allProcesses()
        .filter(process -> isOfDemo(process.pid()))
        .map(ProcessHandle::info)
        .toList();
  }

  /**
   * Its broker and what that starts have the folder in their environment, the rest in arguments.
   */
  private boolean isOfDemo(long pid) {
    return Stream.of("environ", "cmdline")
        .flatMap(name -> text(Path.of("/proc", Long.toString(pid), name)).stream())
        .anyMatch(text -> text.contains(folder + "/peal-demo-"));
  }

  private static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return Optional.empty(); // gone, or somebody else's
    }
  }
}
