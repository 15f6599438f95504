package org.peal.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.crypto.Signer;
import org.peal.json.JsonLimits;
import org.peal.message.Topic;
import org.peal.node.PealConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code peal announce}: publishes an announcement for people. */
@Command(
    name = "peal announce",
    sortOptions = false,
    description =
        "Publish the text on standard input as an announcement, on the topic"
            + " announce.announcement. White space at both ends of its lines goes.",
    footer = {
      "",
      "Exit status: 0; 65 there is no text, or too much of it; 66 a file is missing; 73 the address"
          + " of --bind is in use; 75 nobody listened, or it could not be sent in time; 78 the"
          + " configuration or the key pair is wrong.",
      "",
      "Examples:",
      "  echo 'The build system is down until noon' | peal announce",
      "  peal announce --link https://status.example.org < notice.txt"
    })
class AnnounceCommand extends PealCommand {

  @Option(names = "--link", paramLabel = "URL", description = "Where to read more.")
  @Nullable String link;

  @Mixin PublishOptions publishing = new PublishOptions();

  AnnounceCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal announce";
  }

  /** Returns configuration values that options stand for. */
  Map<String, Object> overrides() {
    return new LinkedHashMap<>();
  }

  /** Tells whether an announcement without any text may go out. */
  boolean isEmptyTextMeant() {
    return false;
  }

  @Override
  ExitCode run() throws Exception {
    publishing.check();
    PealConfig config = Setup.load(this, overrides()).config();
    Topic topic = config.topic().naming().full("announce", "announcement");
    Optional<Signer> signer = publishing.signer(this, config, "announce");
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("message", text());
    body.put("link", link);
    return publishing.publishOne(this, config, signer, topic, body);
  }

  private String text() throws IOException {
    int most = JsonLimits.DEFAULT.maxBytes();
    byte[] all = TextStream.open(this, null).readNBytes(most + 1);
    if (all.length > most) {
      throw new CommandException(
          ExitCode.BAD_DATA, "the announcement is longer than " + most + " bytes");
    }
    String text =
        new String(all, StandardCharsets.UTF_8)
            .lines()
            .map(String::strip)
            .collect(Collectors.joining("\n"));
    if (text.isBlank() && !isEmptyTextMeant()) {
      throw new CommandException(
          ExitCode.BAD_DATA, "there is nothing to announce on standard input");
    }
    return text;
  }
}
