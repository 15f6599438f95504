package org.peal.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.peal.message.Topic;

/** Numbered module builds, as messages and the Module Build Service show them. Stateless. */
final class ModuleMessages {

  static final Topic TOPIC = new Topic("org.fedoraproject.dev.mbs.module.state.change");

  /** By these rules each build and its twin get one tag. */
  static final String RULES =
      """
      - id: by platform
        type: module
        rule:
          name: ^module-
          dependencies: {requires: {platform: '^f(?P<release>[0-9]+)$'}}
        destinations: 'f\\g<release>-modular-candidate'
      """;

  private ModuleMessages() {}

  /** Returns what is said about a build, owned by the caller. */
  static ObjectNode body(long number) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("id", number).put("name", "module-" + number).put("stream", "rolling");
    body.put("version", "4320261124120000").put("context", "6c81f848");
    return body.put("state", 5).put("state_name", "ready").put("scratch", false);
  }

  static String modulemd(long number) {
    return """
    document: modulemd
    version: 2
    data:
      name: module-%d
      stream: rolling
      version: 4320261124120000
      context: 6c81f848
      dependencies:
      - requires: {platform: [f43]}
    """
        .formatted(number);
  }
}
