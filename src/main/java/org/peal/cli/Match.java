package org.peal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.peal.bus.Delivery;
import org.peal.json.JsonText;

/**
 * A message for which a command is to run. The bytes belong to it; nobody may change them.
 *
 * @param json the envelope on one line, as received but for white space, with a line feed
 * @param variables what the command finds in its environment; only values that are harmless
 *     wherever a careless script puts them
 */
record Match(byte[] json, Map<String, String> variables) {

  static final String TOPIC = "PEAL_TOPIC";
  static final String MSG_ID = "PEAL_MSG_ID";
  static final String SIGNER = "PEAL_SIGNER";

  // No white space, no quotes, no slash, nothing that looks like an option.
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,254}");

  Match {
    variables = Map.copyOf(variables);
  }

  /** Returns the match for a message; empty for one that is not a JSON object. */
  static Optional<Match> of(Delivery delivery) {
    return delivery
        .tree()
        .filter(JsonNode::isObject)
        .map(tree -> new Match(line(delivery.raw().payload()), variables(tree, delivery)));
  }

  private static byte[] line(byte[] payload) {
    byte[] compact = JsonText.compact(payload);
    byte[] line = Arrays.copyOf(compact, compact.length + 1);
    line[compact.length] = '\n';
    return line;
  }

  private static Map<String, String> variables(JsonNode tree, Delivery delivery) {
    Map<String, String> values = new LinkedHashMap<>();
    String frame = new String(delivery.raw().topic(), StandardCharsets.UTF_8);
    // The one that the filters have seen, if the message itself says the same.
    if (tree.path("topic").asText().equals(frame)) {
      put(values, TOPIC, frame);
    }
    put(values, MSG_ID, tree.path("msg_id").asText());
    delivery
        .verdict()
        .ifPresent(
            verdict ->
                verdict
                    .fold(valid -> Optional.of(valid.signer()), invalid -> Optional.<String>empty())
                    .ifPresent(signer -> put(values, SIGNER, signer)));
    return values;
  }

  private static void put(Map<String, String> values, String name, String value) {
    if (HARMLESS.matcher(value).matches()) {
      values.put(name, value);
    }
  }

  /** Returns how to call the message in a line for people. */
  String describe() {
    return variables.getOrDefault(MSG_ID, "a message without a usable id")
        + " ("
        + variables.getOrDefault(TOPIC, "without a usable topic")
        + ")";
  }
}
