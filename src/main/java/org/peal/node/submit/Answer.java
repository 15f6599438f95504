package org.peal.node.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.OptionalLong;
import org.peal.PealException.Category;
import org.peal.bus.PublishException;
import org.peal.bus.Published;
import org.peal.json.CanonicalJson;
import org.peal.json.JsonLimits;
import org.peal.json.MalformedJsonException;
import org.peal.json.StrictJson;
import org.peal.message.MessageId;

/** What a node says of a draft. Immutable. */
public sealed interface Answer {

  /** Returns the number of the draft; 0 if the node could not read that. */
  long number();

  /** The draft is a message now. */
  record Accepted(long number, Published published) implements Answer {}

  /**
   * The draft is not a message.
   *
   * @param kind why, in one word
   * @param why the same for people
   * @param retry whether the same draft may be accepted later
   */
  record Refused(long number, String kind, String why, boolean retry) implements Answer {

    /** Tells of a failure; what somebody can mend is worth another try. */
    static Refused of(long number, PublishException failure) {
      return new Refused(
          number,
          failure.kind().name().toLowerCase(Locale.ROOT),
          String.valueOf(failure.getMessage()),
          failure.category() != Category.PERMANENT);
    }
  }

  /** Returns the line for an answer, without its end. */
  static byte[] toLine(Answer answer) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("n", answer.number());
    if (answer instanceof Accepted accepted) {
      json.put("msg_id", accepted.published().id().value());
      accepted.published().sequenceId().ifPresent(id -> json.put("seq_id", id));
    } else if (answer instanceof Refused refused) {
      json.put("error", refused.why());
      json.put("kind", refused.kind());
      json.put("retry", refused.retry());
    }
    return CanonicalJson.write(json);
  }

  /**
   * Reads a line.
   *
   * @throws MalformedDraftException if it is no answer
   */
  static Answer read(byte[] line) {
    JsonNode json;
    try {
      json = StrictJson.parse(line, JsonLimits.DEFAULT);
    } catch (MalformedJsonException e) {
      throw new MalformedDraftException("the node's answer is not JSON: " + e.getMessage(), e);
    }
    long number = json.path("n").asLong();
    if (json.hasNonNull("error")) {
      return new Refused(
          number,
          json.path("kind").asText(),
          json.path("error").asText(),
          json.path("retry").asBoolean());
    }
    String id = json.path("msg_id").asText();
    if (id.isEmpty()) {
      throw new MalformedDraftException("the node's answer has neither msg_id nor error");
    }
    JsonNode sequenceId = json.path("seq_id");
    return new Accepted(
        number,
        new Published(
            new MessageId(id),
            sequenceId.isIntegralNumber()
                ? OptionalLong.of(sequenceId.longValue())
                : OptionalLong.empty()));
  }
}
