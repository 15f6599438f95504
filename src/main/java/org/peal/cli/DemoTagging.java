package org.peal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.peal.json.CanonicalJson;

/** The module build of the demo, and the rules for it. Immutable. */
final class DemoTagging {

  static final String BODY =
      "{\"id\":3721,\"name\":\"nodejs\",\"stream\":\"18\",\"version\":\"20190318115634\","
          + "\"context\":\"c2c572ec\",\"state_name\":\"ready\"}";

  private static final String RULES =
      """
      - id: For the platform that it needs
        type: module
        rule:
          name: '^nodejs$'
          dependencies: {requires: {platform: '^(?P<platform>f\\d+)$'}}
        destinations: '\\g<platform>-modular-candidate'
      """;

  private static final String MODULEMD =
      """
      document: modulemd
      version: 2
      data:
        name: nodejs
        stream: "18"
        version: 20190318115634
        context: c2c572ec
        dependencies:
        - requires: {platform: [f43]}
      """;

  private final Path folder;

  DemoTagging(Path folder) {
    this.folder = folder;
  }

  /** Writes the rules and the metadata. */
  void writeFiles() throws IOException {
    Files.writeString(folder.resolve("rules.yaml"), RULES);
    Files.writeString(folder.resolve("modulemd.yaml"), MODULEMD);
  }

  /** Writes what came over the bus. */
  void writeMessage(JsonNode body) throws IOException {
    Files.write(folder.resolve("message.json"), CanonicalJson.write(body));
  }

  /** Tells whether a line is the last that {@code peal tagging explain} prints. */
  static boolean isLast(String line) {
    return line.startsWith("would call:") && line.contains("-devel-");
  }
}
