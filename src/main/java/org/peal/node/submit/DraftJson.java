package org.peal.node.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peal.bus.Draft;
import org.peal.message.MessageId;
import org.peal.message.Severity;
import org.peal.message.Topic;

/** Writes drafts as JSON objects and reads them. Stateless. */
final class DraftJson {

  /** Longer ones fit neither a subscription nor the other bus. */
  private static final int MOST_CHARS = 255;

  private DraftJson() {}

  static ObjectNode write(Draft draft) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("topic", draft.topic().value());
    json.set("msg", draft.body());
    if (!draft.headers().isEmpty()) {
      json.set("headers", draft.headers());
    }
    draft.id().ifPresent(id -> json.put("msg_id", id.value()));
    draft.username().ifPresent(name -> json.put("username", name));
    draft.certPrefix().ifPresent(prefix -> json.put("cert_prefix", prefix));
    return json;
  }

  /**
   * Reads a draft; members of other names do not count.
   *
   * @throws MalformedDraftException if it is none
   */
  static Draft read(ObjectNode json) {
    JsonNode body = json.get("msg");
    if (body == null) {
      throw new MalformedDraftException("a draft must have a member \"msg\"");
    }
    return new Draft(
        new Topic(
            text(json, "topic")
                .orElseThrow(
                    () -> new MalformedDraftException("a draft must have a member \"topic\""))),
        body,
        headers(json.get("headers")),
        Severity.INFO,
        text(json, "msg_id").map(MessageId::new),
        text(json, "username"),
        text(json, "cert_prefix"));
  }

  private static ObjectNode headers(@Nullable JsonNode headers) {
    if (headers == null || headers.isNull()) {
      return JsonNodeFactory.instance.objectNode();
    }
    if (headers instanceof ObjectNode table) {
      for (JsonNode value : table) {
        if (!value.isTextual()) {
          throw new MalformedDraftException("member \"headers\" must be an object of strings");
        }
      }
      return table;
    }
    throw new MalformedDraftException("member \"headers\" must be an object of strings");
  }

  private static Optional<String> text(ObjectNode json, String name) {
    JsonNode value = json.get(name);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    String text = value.textValue();
    if (text == null || text.isEmpty() || text.length() > MOST_CHARS) {
      throw new MalformedDraftException(
          "member \"%s\" must be a string of 1 to %d characters".formatted(name, MOST_CHARS));
    }
    return Optional.of(text);
  }
}
