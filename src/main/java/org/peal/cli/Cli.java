package org.peal.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.peal.ExitCode;
import org.peal.PealException;
import org.peal.config.ConfigException;
import org.peal.config.Suggestion;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.TrustException;
import picocli.CommandLine;

/**
 * Finds the command, runs it and turns what happened into an exit code. Only the class of the
 * command that was asked for is loaded, because a one-shot command should start at once.
 */
final class Cli {

  private record Entry(String summary, Function<Io, PealCommand> create) {}

  private static final Map<String, Entry> COMMANDS = new LinkedHashMap<>();

  static {
    put("logger", "publish messages from the shell", LoggerCommand::new);
    put("tail", "watch the bus", TailCommand::new);
    put("replay", "ask a publisher for messages that it sent before", ReplayCommand::new);
    put("cursor", "show or set how far durable subscribers got", CursorCommand::new);
    put("losses", "list messages that will never come", LossesCommand::new);
    put("store", "back up what a node keeps", StoreCommand::new);
    put("trigger", "run a command for each message", TriggerCommand::new);
    put("announce", "publish an announcement for people", AnnounceCommand::new);
    put("dg-replay", "publish again what an archive holds", DgReplayCommand::new);
    put("amqp", "publish to and consume from a broker, as fedora-messaging does", AmqpCommand::new);
    put("relay", "take messages from short-lived publishers and publish them", RelayCommand::new);
    put("gateway", "publish the whole bus on one address", GatewayCommand::new);
    put("init", "write the configuration of a node, with certificates", InitCommand::new);
    put("node", "run all that one host does on the bus", NodeCommand::new);
    put("run", "run handlers in a process of their own", RunCommand::new);
    put("handlers", "list handlers and what they have done", HandlersCommand::new);
    put("explain", "tell what handlers made of a message, and why", ExplainCommand::new);
    put("dead-letters", "messages that handlers did not handle", DeadLettersCommand::new);
    put("reconsume", "hand a message to a handler again", ReconsumeCommand::new);
    put("bridge", "take messages from ZeroMQ to AMQP and back", BridgeCommand::new);
    put("migration", "show which services have moved to the other bus", MigrationCommand::new);
    put("status", "ask a running node how it fares", StatusCommand::new);
    put("doctor", "find out why nothing arrives, and what to do", DoctorCommand::new);
    put("endpoints", "show every known publisher and whether it answers", EndpointsCommand::new);
    put("check", "ask a hub of fedmsg whether its consumers run", CheckCommand::new);
    put("verify", "check signed messages, one a line", VerifyCommand::new);
    put("sign", "sign messages, one a line", SignCommand::new);
    put("canonical", "write JSON in the form that is signed", CanonicalCommand::new);
    put("tagging", "work with the rules for Koji tags of module builds", TaggingCommand::new);
    put("certs", "run a small certificate authority", CertsCommand::new);
    put("config", "show or check the configuration", ConfigCommand::new);
    put("completion", "print what makes a shell complete command lines", CompletionCommand::new);
    put("man", "write the manual pages", ManCommand::new);
    put("bench", "measure how fast this machine carries messages", BenchCommand::new);
    put("demo", "show the main job at work, on this machine alone", DemoCommand::new);
  }

  private static final String ALIAS = "fedmsg-";

  /** Aliases, and commands that people do not type. */
  private static final Map<String, Function<Io, PealCommand>> HIDDEN =
      Map.of(
          "warm-up", WarmUpCommand::new,
          "bench-worker", BenchWorkerCommand::new,
          "fedmsg-check", FedmsgCheckCommand::new,
          "fedmsg-logger", FedmsgLoggerCommand::new,
          "fedmsg-tail", FedmsgTailCommand::new,
          "fedmsg-trigger", FedmsgTriggerCommand::new,
          "fedmsg-announce", FedmsgAnnounceCommand::new,
          "fedmsg-dg-replay", FedmsgDgReplayCommand::new);

  private final Io io;

  Cli(Io io) {
    this.io = io;
  }

  private static void put(String name, String summary, Function<Io, PealCommand> create) {
    COMMANDS.put(name, new Entry(summary, create));
  }

  /** Runs {@code peal ARGS} and returns its exit status. */
  int run(String... args) {
    if (args.length == 0) {
      io.err().print(overview());
      return ExitCode.USAGE.status();
    }
    switch (args[0]) {
      case "-h", "--help", "help" -> {
        return args.length > 1 && args[0].equals("help")
            ? run(args[1], "--help")
            : printed(overview());
      }
      case "-V", "--version" -> {
        return printed(version() + "\n");
      }
      default -> {
        return dispatch(args[0], List.of(args).subList(1, args.length));
      }
    }
  }

  private int dispatch(String name, List<String> args) {
    Entry entry = COMMANDS.get(name);
    Function<Io, PealCommand> create = entry != null ? entry.create() : HIDDEN.get(name);
    if (create == null) {
      String hint =
          Suggestion.nearest(name, COMMANDS.keySet())
              .map(n -> "; did you mean \"" + n + "\"?")
              .orElse("");
      io.err()
          .println("peal: unknown command \"" + name + "\"" + hint + " (peal --help lists all)");
      return ExitCode.USAGE.status();
    }
    PealCommand command = create.apply(io);
    return command.exitStatus(execute(command, args));
  }

  private int execute(PealCommand command, List<String> args) {
    CommandLine line = parser(command);
    line.setOut(new PrintWriter(io.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(io.err(), true, StandardCharsets.UTF_8));
    line.setParameterExceptionHandler(new Misuse());
    line.setExecutionExceptionHandler(new Failure(command));
    line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    line.setStopAtPositional(command.isFollowedByCommand());
    // An argument is what it says: "curl -d @-" reads no options from a file.
    line.setExpandAtFiles(false);
    line.getCommandSpec().usageMessage().abbreviateSynopsis(true);
    numbers(line);
    Words.register(line);
    try {
      return line.execute(args.toArray(String[]::new));
    } catch (Error e) {
      return fault(command, e);
    }
  }

  private static CommandLine parser(PealCommand command) {
    return new CommandLine(command, new NoFactory());
  }

  /**
   * Returns all that people type: the commands in the order of the overview, then the aliases by
   * name. It loads the class of each, so it is for what describes all of them.
   */
  static List<CommandModel> models(Io io) {
    List<CommandModel> models = new ArrayList<>();
    COMMANDS.forEach(
        (name, entry) -> models.add(model(name, entry.summary(), entry.create().apply(io))));
    HIDDEN.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(ALIAS))
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> entry.getValue().apply(io))
        .map(command -> CommandModel.alias(parser(command).getCommandSpec()))
        .forEach(models::add);
    return models;
  }

  private static CommandModel model(String name, String summary, PealCommand command) {
    return new CommandModel(List.of("peal", name), summary, parser(command).getCommandSpec());
  }

  /** People are told what would be right, not the names of Java's types. */
  private static void numbers(CommandLine line) {
    line.registerConverter(
        Integer.class, new NumberConverter<>("a whole number", Integer::valueOf));
    line.registerConverter(int.class, new NumberConverter<>("a whole number", Integer::valueOf));
    line.registerConverter(Long.class, new NumberConverter<>("a whole number", Long::valueOf));
    line.registerConverter(Double.class, new NumberConverter<>("a number", Double::valueOf));
    line.registerConverter(double.class, new NumberConverter<>("a number", Double::valueOf));
  }

  private static String lowerCaseFirst(String text) {
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }

  private int failed(PealCommand command, Exception e) {
    if (e instanceof CommandException known) {
      if (!known.getMessage().isEmpty()) {
        command.say(known.getMessage());
      }
      return known.code().status();
    }
    if (e instanceof ConfigException config) {
      config.problems().forEach(problem -> command.say(problem.toString()));
      return ExitCode.CONFIGURATION.status();
    }
    if (e instanceof TrustException trust) {
      command.say(trust.getMessage());
      return ExitCode.CONFIGURATION.status();
    }
    if (e instanceof PealException known) {
      command.say(known.getMessage());
      return switch (known.category()) {
        case TRANSIENT -> ExitCode.TEMPORARY.status();
        case PERMANENT -> ExitCode.BAD_DATA.status();
        case FATAL -> ExitCode.INTERNAL.status();
      };
    }
    if (e instanceof java.io.IOException) {
      // Some have no text of their own, only that of what was behind them.
      Object why = e.getMessage() == null && e.getCause() != null ? e.getCause() : e.getMessage();
      command.say("cannot read or write: " + (why == null ? e : why));
      return ExitCode.IO.status();
    }
    return fault(command, e);
  }

  private int fault(PealCommand command, Throwable e) {
    command.say("a fault of peal itself, please report it: " + e);
    e.printStackTrace(io.err());
    return ExitCode.INTERNAL.status();
  }

  private int printed(String text) {
    Output out = new Output(io.out());
    try {
      out.line(text.stripTrailing());
      out.flush();
      return ExitCode.OK.status();
    } catch (CommandException e) {
      return e.code().status();
    }
  }

  private static String overview() {
    StringBuilder text = new StringBuilder();
    text.append("Peal: a message bus node without a broker, byte-compatible with fedmsg.\n\n");
    text.append("Usage: peal COMMAND [OPTION..]\n\nCommands:\n");
    COMMANDS.forEach(
        (name, entry) -> text.append(String.format("  %-12s %s%n", name, entry.summary())));
    text.append("\nExamples:\n");
    text.append("  peal relay &                    a relay on this machine\n");
    text.append("  peal tail                       watch what it publishes\n");
    text.append("  peal logger --message 'hello'   say something\n");
    text.append("\n\"peal COMMAND --help\" tells more; \"peal --version\" the version.\n");
    return text.toString();
  }

  /** Returns the name and version of this program. */
  static String release() {
    String version = Cli.class.getPackage().getImplementationVersion();
    return "peal " + (version == null ? "(not packaged)" : version);
  }

  /** Returns also what it runs on; loads what signs for that. */
  static String version() {
    return release()
        + " on Java "
        + System.getProperty("java.version")
        + ", signatures by "
        + CryptoProvider.FAST;
  }

  private record NumberConverter<T>(String what, Function<String, T> read)
      implements CommandLine.ITypeConverter<T> {
    @Override
    public T convert(String text) {
      try {
        return read.apply(text);
      } catch (NumberFormatException e) {
        throw new CommandLine.TypeConversionException("must be " + what + ": \"" + text + "\"");
      }
    }
  }

  private final class Misuse implements CommandLine.IParameterExceptionHandler {
    @Override
    public int handleParseException(CommandLine.ParameterException e, String[] args) {
      String name = e.getCommandLine().getCommandSpec().qualifiedName();
      io.err().println(name + ": " + lowerCaseFirst(String.valueOf(e.getMessage())));
      CommandLine.UnmatchedArgumentException.printSuggestions(e, e.getCommandLine().getErr());
      io.err().println("Try \"" + name + " --help\".");
      return ExitCode.USAGE.status();
    }
  }

  private final class Failure implements CommandLine.IExecutionExceptionHandler {
    private final PealCommand command;

    Failure(PealCommand command) {
      this.command = command;
    }

    @Override
    public int handleExecutionException(
        Exception e, CommandLine line, CommandLine.ParseResult parsed) {
      return failed(command, e);
    }
  }

  /** Our option classes need no factory; looking for optional libraries costs start-up time. */
  private static final class NoFactory implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      // The only interface that an option has as its type.
      return type == List.class
          ? type.cast(new ArrayList<>())
          : type.getDeclaredConstructor().newInstance();
    }
  }
}
