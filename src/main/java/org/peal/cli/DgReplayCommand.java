package org.peal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
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

/** {@code peal dg-replay}: publishes again what an archive holds. */
@Command(
    name = "peal dg-replay",
    sortOptions = false,
    description =
        "Fetch a message from a datagrepper archive and publish its body again, under the same"
            + " service and topic, with an id, a time and a signature of its own. The archive is"
            + " believed: what it answers is signed by this host.",
    footer = {
      "",
      "Exit status: 0; 2 no --msg-id; 65 the answer is no message; 66 the archive does not have it,"
          + " or a file is missing; 69 the archive cannot be reached or fails; 73 the address of"
          + " --bind is in use; 75 nobody listened, or it could not be sent in time; 78 the"
          + " configuration or the key pair is wrong.",
      "",
      "Examples:",
      "  peal dg-replay --msg-id 2014-f1c49f0b-5caf-49e6-b79a-cc54bcfac602",
      "  peal dg-replay --datagrepper-url https://archive.example.org --msg-id ID"
    })
class DgReplayCommand extends PealCommand {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Where a topic's service stands, and how many parts a topic has at least. */
  private static final int SERVICE = 3;

  @Option(names = "--msg-id", paramLabel = "ID", description = "Which message.")
  @Nullable String msgId;

  @Option(
      names = "--datagrepper-url",
      paramLabel = "URL",
      defaultValue = "https://apps.fedoraproject.org/datagrepper",
      description = "The archive. Default: ${DEFAULT-VALUE}.")
  String datagrepperUrl = "";

  @Mixin PublishOptions publishing = new PublishOptions();

  DgReplayCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal dg-replay";
  }

  /** Returns configuration values that options stand for. */
  Map<String, Object> overrides() {
    return new LinkedHashMap<>();
  }

  /** Is told how far the command is. */
  void progress(String text) {}

  /** Is told that the archive answered with another status than 200. */
  void archiveRefused() {}

  @Override
  ExitCode run() throws Exception {
    publishing.check();
    String id = requireId();
    URI address = address(id);
    PealConfig config = Setup.load(this, overrides()).config();
    Optional<Signer> signer = publishing.signer(this, config, "shell");
    progress("Retrieving '" + id + "'");
    JsonNode message = message(Archive.fetch(address, id, PATIENCE, this::archiveRefused), id);
    Topic topic = topic(config, message);
    progress("Broadcasting '" + id + "'");
    ExitCode code = publishing.publishOne(this, config, signer, topic, message.path("msg"));
    if (code == ExitCode.OK) {
      progress("OK.");
    }
    return code;
  }

  private String requireId() {
    if (msgId == null || msgId.isEmpty()) {
      throw new CommandException(ExitCode.USAGE, "give the id of a message with --msg-id");
    }
    return msgId;
  }

  private URI address(String id) {
    String text = datagrepperUrl.replaceFirst("/+$", "") + "/id?id=";
    try {
      URI address = URI.create(text + URLEncoder.encode(id, StandardCharsets.UTF_8));
      // Makes the same checks as the request later.
      HttpRequest.newBuilder(address);
      return address;
    } catch (IllegalArgumentException e) {
      throw new CommandException(
          ExitCode.USAGE,
          "--datagrepper-url must look like https://host/path: \"" + datagrepperUrl + "\"");
    }
  }

  private static JsonNode message(byte[] answer, String id) {
    JsonNode message;
    try {
      message = StrictJson.parse(answer, JsonLimits.DEFAULT);
    } catch (MalformedJsonException e) {
      throw new CommandException(
          ExitCode.BAD_DATA, "the archive's answer is not JSON: " + e.getMessage());
    }
    if (!message.path("topic").isTextual() || !message.has("msg")) {
      throw new CommandException(
          ExitCode.BAD_DATA, "the archive's answer is no message: it lacks topic or msg");
    }
    String found = message.path("msg_id").asText();
    if (!found.equals(id)) {
      throw new CommandException(
          ExitCode.BAD_DATA,
          "the archive answers with another message: \"" + SafeText.line(found, 100) + "\"");
    }
    return message;
  }

  private static Topic topic(PealConfig config, JsonNode message) {
    List<String> parts = new Topic(message.path("topic").asText("?")).segments();
    if (parts.size() <= SERVICE) {
      throw new CommandException(
          ExitCode.BAD_DATA,
          "the message's topic has fewer than "
              + (SERVICE + 1)
              + " parts: \""
              + SafeText.line(message.path("topic").asText(), 200)
              + "\"");
    }
    String rest = String.join(".", parts.subList(SERVICE + 1, parts.size()));
    return config.topic().naming().full(parts.get(SERVICE), rest);
  }
}
