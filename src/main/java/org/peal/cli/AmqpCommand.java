package org.peal.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.bus.Bus;
import org.peal.bus.amqp.AmqpConfig;
import org.peal.handler.HandlerTypes;
import org.peal.node.NodeSetup;
import org.peal.schema.Schemas;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code peal amqp}: what the program of fedora-messaging does. */
@Command(
    name = "peal amqp",
    sortOptions = false,
    description = {
      "publish FILE     publish the messages of a file, one a line; - is standard input",
      "consume          take messages out of the configured queues and print them, one a line,",
      "                 or run a handler for them (--callback)",
      "record FILE      take messages and write them to a file that publish reads",
      "replay ID        publish a message again that an archive holds, under the same id",
      "reconsume ID     get a message from an archive and print it as consume does",
      "",
      "The broker, queues and bindings are those of the section amqp, or of fedora-messaging's own"
          + " file, named by --conf or FEDORA_MESSAGING_CONF."
    },
    footer = {
      "",
      "Exit status: those of the program of fedora-messaging. 0; 1 the archive does not give the"
          + " message, there is no such handler, publish may not log in, or something else failed;"
          + " 2 the command line, the configuration or a line of FILE is wrong; 10 a queue or a"
          + " binding is refused, missing or different; 11 something unexpected; 12 the queue was"
          + " deleted; 13 the handler has thrown; 14 the broker refuses the login; 15 the queue may"
          + " not be read; 111 not confirmed in time; 121 refused or returned by the broker.",
      "",
      "Examples:",
      "  peal amqp consume --routing-key 'org.fedoraproject.prod.bodhi.#' --count 10",
      "  peal amqp consume --callback tagging",
      "  peal amqp record messages.jsonl --limit 100",
      "  peal amqp publish messages.jsonl --exchange zmq.topic",
      "  FEDORA_MESSAGING_CONF=/etc/fedora-messaging/fedora.toml peal amqp consume"
    })
final class AmqpCommand extends PealCommand {

  /** What to do. */
  enum Action {
    publish,
    consume,
    record,
    replay,
    reconsume
  }

  @Parameters(
      index = "0",
      paramLabel = "ACTION",
      description = "What to do: ${COMPLETION-CANDIDATES}.")
  Action action = Action.consume;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FILE|ID",
      description = "The file to read or write, or the id of a message.")
  @Nullable String argument;

  @Option(
      names = "--conf",
      paramLabel = "FILE",
      description = "fedora-messaging's configuration, TOML; it wins over Peal's own.")
  @Nullable Path conf;

  @Option(
      names = "--exchange",
      paramLabel = "NAME",
      description = "Publish there, or bind all queues to it, whatever is configured.")
  @Nullable String exchange;

  @Option(
      names = "--routing-key",
      paramLabel = "KEY",
      description =
          "Take these topics, with * and #, instead of those of the bindings; repeatable.")
  List<String> routingKeys = new ArrayList<>();

  @Option(
      names = "--queue-name",
      paramLabel = "NAME",
      description =
          "Take from this queue instead of the configured ones; one that is not configured is"
              + " temporary.")
  @Nullable String queueName;

  @Option(
      names = "--app-name",
      paramLabel = "NAME",
      description = "What the broker is told we are.")
  @Nullable String appName;

  @Option(
      names = {"--count", "--limit"},
      paramLabel = "N",
      description = "End after N messages.")
  @Nullable Long count;

  @Option(
      names = "--callback",
      paramLabel = "NAME",
      description =
          "With consume: run this handler (a section handlers.NAME, or a type) for the messages,"
              + " and end as the original does. With reconsume: hand the message to it.")
  @Nullable String callback;

  @Option(
      names = "--callback-file",
      paramLabel = "FILE",
      description = "Understood and refused: Python is not run.")
  @Nullable String callbackFile;

  @Option(
      names = "--datagrepper-url",
      paramLabel = "URL",
      defaultValue = "https://apps.fedoraproject.org/datagrepper",
      description = "The archive. Default: ${DEFAULT-VALUE}.")
  String datagrepperUrl = "";

  private final NodeRun node = new NodeRun(this, this::setup);

  AmqpCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal amqp";
  }

  @Override
  boolean isOnAmqp() {
    return true;
  }

  @Override
  Optional<Path> fedoraMessagingFile() {
    return Optional.ofNullable(conf);
  }

  @Override
  ExitCode run() throws Exception {
    if (callbackFile != null) {
      throw new CommandException(
          ExitCode.USAGE,
          "--callback-file: Python files are not run; see docs/handlers.md for handlers");
    }
    if (count != null) {
      Options.atLeast("--count", count, 1);
    }
    if (callback != null) {
      return callBack(callback);
    }
    AmqpConfig config = Setup.load(this, overrides()).config().amqp();
    return switch (action) {
      case publish -> new AmqpPublishing(this, config).file(required("a file, or -"));
      case consume -> new AmqpConsuming(this, QueueChoice.of(this, config)).print();
      case record ->
          new AmqpConsuming(this, QueueChoice.of(this, config)).record(required("a file"));
      case replay -> new AmqpPublishing(this, config).replay(required("the id of a message"));
      case reconsume -> AmqpArchive.print(this, config, required("the id of a message"));
    };
  }

  private ExitCode callBack(String handler) throws Exception {
    if (count != null || action != Action.consume && action != Action.reconsume) {
      throw new CommandException(
          ExitCode.USAGE, "--callback goes with consume, without --count, and with reconsume");
    }
    if (action == Action.reconsume) {
      Setup setup = Setup.load(this, overrides());
      Schemas schemas = setup.config().amqp().readSchemas();
      return Reconsuming.of(this, setup, handler)
          .hand(AmqpArchive.forHandler(datagrepperUrl, schemas, required("the id of a message")));
    }
    requireKnown(handler);
    return node.run();
  }

  private void requireKnown(String handler) {
    boolean isSection = Setup.load(this, overrides()).config().handlers().containsKey(handler);
    if (!isSection && HandlerTypes.in(List.of()).find(handler).isEmpty()) {
      throw new CommandException(
          ExitCode.NEGATIVE,
          "--callback: neither a section handlers.NAME nor a type: \""
              + SafeText.line(handler, 100)
              + "\" (peal handlers --types)");
    }
  }

  /**
   * A configuration that is wrong has another number in the original program than elsewhere here.
   */
  @Override
  int exitStatus(int status) {
    int asked = node.exitStatus(status);
    return asked == ExitCode.CONFIGURATION.status() ? ExitCode.USAGE.status() : asked;
  }

  /** Returns what the process of the handler is told. */
  private NodeSetup setup() {
    Map<String, Object> options = overrides();
    options.put("amqp.end-on-failure", true);
    return new RunSetup(List.of(String.valueOf(callback)), false)
        .load(
            this,
            options,
            handler ->
                queueName == null
                    ? handler.with(List.of(Bus.AMQP), false)
                    : handler.onQueuesOfAmqp(),
            config -> config.withAmqp(QueueChoice.of(this, config.amqp())));
  }

  private String required(String what) {
    if (argument == null || argument.isEmpty()) {
      throw new CommandException(ExitCode.USAGE, action + " needs " + what);
    }
    return argument;
  }

  private Map<String, Object> overrides() {
    Map<String, Object> values = new LinkedHashMap<>();
    if (exchange != null && action == Action.publish) {
      values.put("amqp.publish-exchange", exchange);
    }
    String app = appName == null && action == Action.record ? "recorder" : appName;
    if (app != null) {
      values.put("amqp.client-properties.app", app);
    }
    return values;
  }
}
