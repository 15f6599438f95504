package org.peal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.crypto.Signer;
import org.peal.json.JsonLimits;
import org.peal.json.MalformedJsonException;
import org.peal.json.StrictJson;
import org.peal.message.Topic;
import org.peal.node.PealConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code peal logger}: publishes messages from the shell. */
@Command(
    name = "peal logger",
    sortOptions = false,
    description =
        "Publish messages: the one given, or each line of standard input as {\"log\": LINE}. They"
            + " go to the relay, or are published from an address of this command's own. The"
            + " command waits until somebody listens.",
    footer = {
      "",
      "Exit status: 0; 65 bad JSON, nothing was sent from that line on; 66 a file is missing; 73"
          + " the address of --bind is in use; 75 nobody listened, or not all could be sent in"
          + " time; 78 the configuration or the key pair is wrong.",
      "",
      "Examples:",
      "  peal logger --message 'deployment done'",
      "  peal logger --topic build.done --json-input --message '{\"build\": 4711}'",
      "  peal logger --bus amqp --message 'deployment done'",
      "  generate-events | peal logger --json-lines --cert me.crt --key me.key"
    })
class LoggerCommand extends PealCommand {

  @Option(
      names = "--message",
      paramLabel = "TEXT",
      description = "Publish this instead of reading.")
  @Nullable String message;

  @Option(
      names = "--json-input",
      description = "The message, or all of standard input, is one JSON text.")
  boolean jsonInput;

  @Option(names = "--json-lines", description = "Each line of standard input is a JSON text.")
  boolean jsonLines;

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      defaultValue = "log",
      description = "The topic's last segments, object and event. Default: ${DEFAULT-VALUE}.")
  String topic = "log";

  @Option(
      names = "--modname",
      paramLabel = "SERVICE",
      defaultValue = "logger",
      description = "The topic's segment for the service. Default: ${DEFAULT-VALUE}.")
  String modname = "logger";

  @Mixin BusOption bus = new BusOption();

  @Mixin PublishOptions publishing = new PublishOptions();

  LoggerCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal logger";
  }

  @Override
  boolean isOnAmqp() {
    return bus.isAmqp();
  }

  /** Returns configuration values that options stand for. */
  Map<String, Object> overrides() {
    return bus.isAmqp() ? publishing.amqpOverrides() : new LinkedHashMap<>();
  }

  @Override
  ExitCode run() throws Exception {
    publishing.check();
    if (jsonInput && jsonLines) {
      throw new CommandException(
          ExitCode.USAGE, "--json-input and --json-lines exclude each other");
    }
    if (message != null && jsonLines) {
      throw new CommandException(ExitCode.USAGE, "--json-lines reads input, --message is given");
    }
    PealConfig config = Setup.load(this, overrides()).config();
    if (bus.isAmqp()) {
      return publishOnAmqp(config);
    }
    Topic full = config.topic().naming().full(modname, topic);
    Optional<Signer> signer = publishing.signer(this, config, "shell");
    // A mistake in a single message is told before anything is opened.
    Optional<JsonNode> single = single();
    try (Outlet outlet = publishing.open(this, config, signer, full)) {
      return publish(outlet, full, single);
    }
  }

  /** The prefix of fedora-messaging takes the place of fedmsg's where it is set. */
  private ExitCode publishOnAmqp(PealConfig config) throws Exception {
    Topic full =
        config
            .amqp()
            .topicPrefix()
            .map(prefix -> new Topic(prefix + "." + modname + "." + topic))
            .orElseGet(() -> config.topic().naming().full(modname, topic));
    Optional<JsonNode> single = single();
    try (Outlet outlet = publishing.openForAmqp(this, config)) {
      return publish(outlet, full, single);
    }
  }

  private Optional<JsonNode> single() throws IOException {
    if (message != null) {
      return Optional.of(jsonInput ? json(utf8(message), 1, true) : log(message));
    }
    if (jsonInput) {
      byte[] all = in().readNBytes(JsonLimits.DEFAULT.maxBytes() + 1);
      return Optional.of(json(all, 1, true));
    }
    return Optional.empty();
  }

  private InputStream in() throws IOException {
    return TextStream.open(this, null);
  }

  private ExitCode publish(Outlet outlet, Topic full, Optional<JsonNode> single) throws Exception {
    Optional<CommandException> bad = Optional.empty();
    if (single.isPresent()) {
      outlet.send(full, single.get());
    } else {
      bad = sendLines(outlet, full);
    }
    Optional<String> undelivered = outlet.finish();
    bad.ifPresent(problem -> say(problem.getMessage()));
    undelivered.ifPresent(this::say);
    return undelivered.isPresent()
        ? ExitCode.TEMPORARY
        : bad.isPresent() ? ExitCode.BAD_DATA : ExitCode.OK;
  }

  /** Sends each line; a bad one ends the reading, and what came before it is still sent. */
  private Optional<CommandException> sendLines(Outlet outlet, Topic full) throws Exception {
    TextReader reader = new TextReader(in(), (byte) '\n', JsonLimits.DEFAULT.maxBytes());
    byte[] line;
    for (int number = 1; !outlet.isStopped() && (line = reader.next()) != null; number++) {
      try {
        outlet.send(full, jsonLines ? json(line, number, false) : logLine(line));
      } catch (CommandException e) {
        return Optional.of(e);
      }
    }
    return Optional.empty();
  }

  private static JsonNode logLine(byte[] line) {
    return log(new String(line, StandardCharsets.UTF_8).strip());
  }

  private static JsonNode log(String text) {
    return JsonNodeFactory.instance.objectNode().put("log", text);
  }

  /** Reads a body; {@code whole} tells that the text's own line numbers count. */
  private static JsonNode json(byte[] text, int line, boolean whole) {
    try {
      return StrictJson.parse(text, JsonLimits.DEFAULT);
    } catch (MalformedJsonException e) {
      int place = whole ? Math.max(1, e.line()) : line;
      throw new CommandException(
          ExitCode.BAD_DATA,
          "bad JSON at line "
              + place
              + (e.column() < 1 ? "" : ", column " + e.column())
              + ": "
              + e.getMessage());
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
