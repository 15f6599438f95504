package org.peal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.bus.zmq.Publication;
import org.peal.bus.zmq.PublicationOptions;
import org.peal.bus.zmq.ZmqTransport;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.Signer;
import org.peal.endpoint.Endpoint;
import org.peal.json.JsonLimits;
import org.peal.json.MalformedJsonException;
import org.peal.json.StrictJson;
import org.peal.message.EnvelopeFactory;
import org.peal.message.Topic;
import org.peal.message.TopicNaming;
import org.peal.node.OwnKeys;
import org.peal.node.PealConfig;
import org.peal.node.Sender;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
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

  @Option(
      names = "--cert-prefix",
      paramLabel = "PREFIX",
      description = "Sign with the key pair of PREFIX on this host. Default: shell.")
  @Nullable String certPrefix;

  @ArgGroup(exclusive = true)
  @Nullable Target target;

  /** Where to publish. */
  static final class Target {
    @Option(
        names = "--endpoint",
        paramLabel = "ADDRESS",
        description = "Connect to this relay (tcp://HOST:PORT). Default: the first of relay.in.")
    @Nullable String endpoint;

    @Option(
        names = "--bind",
        paramLabel = "ADDRESS",
        description = "Publish from this address directly; subscribers connect to it.")
    @Nullable String bind;
  }

  @Option(
      names = "--wait",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Send when N subscriptions match the topic; equal ones of two peers count as two, a relay"
              + " as one. 0 sends at once. Default: ${DEFAULT-VALUE}.")
  int wait = 1;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description =
          "Give up after this time without progress in connecting, waiting, sending or flushing."
              + " Default: ${DEFAULT-VALUE}.")
  double timeout = 5;

  @Option(names = "--cert", paramLabel = "FILE", description = "Sign with this certificate..")
  @Nullable Path cert;

  @Option(names = "--key", paramLabel = "FILE", description = "..and this key, both PEM.")
  @Nullable Path key;

  @Option(names = "--no-sign", description = "Publish unsigned, whatever the configuration says.")
  boolean noSign;

  @Option(names = "--print", description = "Print the id of each message.")
  boolean print;

  LoggerCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal logger";
  }

  /** Returns configuration values that options stand for. */
  Map<String, Object> overrides() {
    return new LinkedHashMap<>();
  }

  @Override
  ExitCode run() throws Exception {
    Duration patience = Options.seconds("--timeout", timeout);
    Options.atLeast("--wait", wait, 0);
    if (jsonInput && jsonLines) {
      throw new CommandException(
          ExitCode.USAGE, "--json-input and --json-lines exclude each other");
    }
    if (message != null && jsonLines) {
      throw new CommandException(ExitCode.USAGE, "--json-lines reads input, --message is given");
    }
    PealConfig config = Setup.load(this, overrides()).config();
    Optional<Signer> signer = signer(config);
    Topic full = topic(config);
    // A mistake in a single message is told before anything is opened.
    Optional<JsonNode> single = single();
    try (ZmqTransport transport = Transports.open(this, config.zmq());
        Publication publication = publication(transport, config)) {
      return publish(publication, full, signer, config.zmq().maxMessage(), patience, single);
    }
  }

  private Topic topic(PealConfig config) {
    return new TopicNaming(config.topic().prefix(), config.topic().environment())
        .full(modname, topic);
  }

  private Optional<Signer> signer(PealConfig config) {
    if (noSign) {
      return Optional.empty();
    }
    Optional<Signer> signer =
        Options.signer(this, cert, key, CryptoProvider.JDK)
            .or(
                () ->
                    new OwnKeys(config.crypto(), Setup.hostName(io))
                        .signer(certPrefix, "shell", CryptoProvider.JDK));
    if (signer.isEmpty() && !Boolean.FALSE.equals(config.crypto().sign())) {
      say(
          "warning: publishing unsigned, there is no key pair (give --cert and --key, or set"
              + " crypto.directory; --no-sign silences this)");
    }
    return signer;
  }

  private Publication publication(ZmqTransport transport, PealConfig config) {
    PublicationOptions options = PublicationOptions.of(config.zmq().highWaterMark());
    if (target != null && target.bind != null) {
      Endpoint address = Options.address("--bind", target.bind);
      Publication bound = Transports.bind(() -> transport.bindPublication(address, options));
      say("listening on " + bound.boundAddress());
      return bound;
    }
    Endpoint relay =
        target != null && target.endpoint != null
            ? Options.remote("--endpoint", target.endpoint)
            : config.relay().in().get(0).forConnecting();
    return transport.connectPublication(relay, options);
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

  private ExitCode publish(
      Publication publication,
      Topic full,
      Optional<Signer> signer,
      int largest,
      Duration patience,
      Optional<JsonNode> single)
      throws Exception {
    byte[] topicBytes = utf8(full.value());
    if (wait > 0 && !publication.awaitSubscribers(topicBytes, wait, patience)) {
      return nobodyListens(publication, full);
    }
    Output out = new Output(io.out());
    EnvelopeFactory envelopes =
        new EnvelopeFactory(
            InstantSource.system(),
            ZoneId.systemDefault(),
            UUID::randomUUID,
            EnvelopeFactory.loginName(io.environment()));
    try (Sender sender =
        new Sender(publication, envelopes, signer, largest, patience, id -> printed(out, id))) {
      Optional<CommandException> bad = Optional.empty();
      if (single.isPresent()) {
        sender.send(full, single.get());
      } else {
        bad = sendLines(sender, full);
      }
      long unsent = sender.finish();
      rethrow(sender.failure());
      out.flush();
      bad.ifPresent(problem -> say(problem.getMessage()));
      if (unsent > 0) {
        say(
            unsent
                + " of "
                + sender.submitted()
                + " messages not sent: a reader does not keep up, or the link broke");
        return ExitCode.TEMPORARY;
      }
      return bad.isPresent() ? ExitCode.BAD_DATA : ExitCode.OK;
    }
  }

  private void printed(Output out, String id) {
    if (print) {
      out.line(id);
      out.flush();
    }
  }

  private static void rethrow(@Nullable Throwable failure) throws Exception {
    if (failure instanceof Exception e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
  }

  /** Sends each line; a bad one ends the reading, and what came before it is still sent. */
  private Optional<CommandException> sendLines(Sender sender, Topic full) throws Exception {
    TextReader reader = new TextReader(in(), (byte) '\n', JsonLimits.DEFAULT.maxBytes());
    byte[] line;
    for (int number = 1; !sender.isStopped() && (line = reader.next()) != null; number++) {
      try {
        sender.send(full, jsonLines ? json(line, number, false) : logLine(line));
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

  private ExitCode nobodyListens(Publication publication, Topic full) {
    String missing =
        wait == 1
            ? "nobody listens to " + full
            : "fewer than " + wait + " subscriptions match " + full;
    boolean bound = target != null && target.bind != null;
    String link = publication.status().connected() ? " (connected)" : " (not connected)";
    say(
        missing
            + " at "
            + publication.boundAddress()
            + (bound ? "" : link)
            + " within "
            + Options.plain(timeout)
            + " s; nothing was sent");
    return ExitCode.TEMPORARY;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
