package org.peal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.peal.cli.InProcess.Result;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What every command must tell about itself. */
class HelpTest {

  private static final int COLUMNS = 80;
  private static final List<CommandSpec> SPECS = commands().stream().map(HelpTest::spec).toList();

  @TempDir Path folder;

  static List<PealCommand> commands() {
    Io io = Io.ofProcess();
    return List.of(
        new LoggerCommand(io),
        new TailCommand(io),
        new ReplayCommand(io),
        new CursorCommand(io),
        new RunCommand(io),
        new HandlersCommand(io),
        new ExplainCommand(io),
        new DeadLettersCommand(io),
        new ReconsumeCommand(io),
        new LossesCommand(io),
        new TriggerCommand(io),
        new AnnounceCommand(io),
        new DgReplayCommand(io),
        new RelayCommand(io),
        new GatewayCommand(io),
        new InitCommand(io),
        new NodeCommand(io),
        new DoctorCommand(io),
        new EndpointsCommand(io),
        new CheckCommand(io),
        new VerifyCommand(io),
        new SignCommand(io),
        new CanonicalCommand(io),
        new TaggingCommand(io),
        new CertsCommand(io),
        new ConfigCommand(io),
        new BenchCommand(io),
        new DemoCommand(io),
        new StatusCommand(io),
        new CompletionCommand(io),
        new ManCommand(io),
        new FedmsgCheckCommand(io),
        new FedmsgLoggerCommand(io),
        new FedmsgTailCommand(io),
        new FedmsgTriggerCommand(io),
        new FedmsgAnnounceCommand(io),
        new FedmsgDgReplayCommand(io));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void help_each_isDataWithExitCodesAndExamples(PealCommand command) {
    Result result = InProcess.in(folder).run(nameOf(command), "--help");
    assertThat(result.status()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).contains("Usage: ", "Exit status: 0", "Examples:\n  ", "--config");
    assertThat(result.out().lines()).allMatch(line -> line.length() <= COLUMNS);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void help_examples_areNotBroken(PealCommand command) {
    String shown = InProcess.in(folder).run(nameOf(command), "--help").out();
    String[] footer = command.getClass().getAnnotation(Command.class).footer();
    List<String> examples =
        Arrays.stream(footer).dropWhile(line -> !line.equals("Examples:")).skip(1).toList();
    assertThat(examples).isNotEmpty().allMatch(line -> line.startsWith("  "));
    assertThat(shown.lines().toList()).containsAll(examples);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void help_everyOption_isDescribed(PealCommand command) {
    for (OptionSpec option : spec(command).options()) {
      assertThat(option.description()).as(option.longestName()).isNotEmpty();
      assertThat(String.join("", option.description())).as(option.longestName()).endsWith(".");
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void help_shortForm_isTheSame(PealCommand command) {
    String name = nameOf(command);
    assertThat(InProcess.in(folder).run(name, "-h").out())
        .isEqualTo(InProcess.in(folder).run(name, "--help").out());
  }

  /** An option that two commands have must take the same kind of value in both. */
  @ParameterizedTest
  @MethodSource("commands")
  void help_sameOption_takesTheSameEverywhere(PealCommand command) {
    for (OptionSpec option : spec(command).options()) {
      for (CommandSpec other : SPECS) {
        OptionSpec twin = other.findOption(option.longestName());
        if (twin != null && !option.longestName().equals("--invalid")) {
          assertThat(twin.paramLabel())
              .as("%s of %s", option.longestName(), other.qualifiedName())
              .isIn(labels(option));
        }
      }
    }
  }

  // --topic is the end of a topic for a publisher, its beginning for a subscriber; init has no port
  // to ask for.
  private static List<String> labels(OptionSpec option) {
    return switch (option.longestName()) {
      case "--topic" -> List.of("TOPIC", "PREFIX");
      case "--address" -> List.of("HOST", "HOST:PORT");
      // What is published is short enough to be typed, what is explained is not.
      case "--message" -> List.of("TEXT", "FILE");
      default -> List.of(option.paramLabel());
    };
  }

  private static String nameOf(PealCommand command) {
    String name = command.name();
    return name.startsWith("peal ") ? name.substring("peal ".length()) : name;
  }

  private static CommandSpec spec(PealCommand command) {
    return new CommandLine(command).getCommandSpec();
  }
}
