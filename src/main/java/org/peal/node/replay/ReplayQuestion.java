package org.peal.node.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.peal.json.CanonicalJson;
import org.peal.json.JsonLimits;
import org.peal.json.MalformedJsonException;
import org.peal.json.StrictJson;
import org.peal.store.ReplayQuery;

/**
 * A question to a replay server as it goes over the wire. Immutable.
 *
 * @param paging our extension, if the asker knows it
 * @see <a href="../../../../../../docs/wire-format.md">wire format, replay</a>
 */
record ReplayQuestion(ReplayQuery query, Optional<Paging> paging) {

  private static final String ID = "seq_id";
  private static final String IDS = "seq_ids";
  private static final String RANGE = "seq_id_range";
  private static final String MESSAGE_ID = "msg_id";
  private static final String MESSAGE_IDS = "msg_ids";
  private static final String TIME = "time";

  private static final int MAX_DEPTH = 10;
  private static final int MAX_DIGITS = 400;

  /** The last second of the year 9999, where Python's calendar ends. */
  private static final double END_OF_TIME = 253_402_300_799.0;

  /** Reads a question. */
  static ReplayQuestion read(byte[] text) throws ReplayQueryException {
    if (!(parse(text) instanceof ObjectNode object)) {
      throw new ReplayQueryException(ReplayError.NOT_JSON);
    }
    List<ReplayQuery> queries = new ArrayList<>();
    Optional<Paging> paging = Optional.empty();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (field.getKey().equals(Paging.MEMBER)) {
        paging = Optional.of(Paging.read(field.getValue()));
      } else {
        queries.add(query(field.getKey(), field.getValue()));
      }
    }
    return new ReplayQuestion(joined(queries), paging);
  }

  private static JsonNode parse(byte[] text) throws ReplayQueryException {
    int size = Math.max(1, text.length);
    try {
      return StrictJson.parse(text, new JsonLimits(size, MAX_DEPTH, MAX_DIGITS, size));
    } catch (MalformedJsonException e) {
      throw new ReplayQueryException(ReplayError.NOT_JSON);
    }
  }

  private static ReplayQuery joined(List<ReplayQuery> queries) {
    return switch (queries.size()) {
      case 0 -> new ReplayQuery.Everything();
      case 1 -> queries.get(0);
      default -> new ReplayQuery.AnyOf(queries);
    };
  }

  private static ReplayQuery query(String field, JsonNode value) throws ReplayQueryException {
    return switch (field) {
      case ID -> ids(field, List.of(value));
      case IDS -> ids(field, items(field, value));
      case RANGE -> range(pair(value, RANGE, ReplayError.BAD_RANGE));
      case MESSAGE_ID -> messageIds(field, List.of(value));
      case MESSAGE_IDS -> messageIds(field, items(field, value));
      case TIME -> time(pair(value, TIME, ReplayError.BAD_TIME));
      default -> throw new ReplayQueryException(ReplayError.UNSUPPORTED);
    };
  }

  private static Iterable<JsonNode> items(String field, JsonNode value)
      throws ReplayQueryException {
    if (!value.isArray()) {
      throw wrong(field);
    }
    return value;
  }

  /** Returns the two items of a list; a text of two characters has the right length only. */
  private static JsonNode pair(JsonNode value, String field, ReplayError error)
      throws ReplayQueryException {
    int size = value.isTextual() ? value.textValue().length() : value.size();
    if (size != 2) {
      throw new ReplayQueryException(error);
    }
    if (!value.isArray()) {
      throw wrong(field);
    }
    return value;
  }

  private static ReplayQuery ids(String field, Iterable<JsonNode> values)
      throws ReplayQueryException {
    List<Long> ids = new ArrayList<>();
    for (JsonNode value : values) {
      double number = number(field, value);
      // What is no whole number is nobody's id.
      if (number == Math.rint(number) && Math.abs(number) < Long.MAX_VALUE) {
        ids.add(value.isIntegralNumber() ? value.longValue() : (long) number);
      }
    }
    return new ReplayQuery.Ids(ids);
  }

  private static ReplayQuery range(JsonNode ends) throws ReplayQueryException {
    double first = number(RANGE, ends.get(0));
    double last = number(RANGE, ends.get(1));
    if (Double.isNaN(first) || Double.isNaN(last)) {
      return new ReplayQuery.Range(1, 0);
    }
    return new ReplayQuery.Range(
        end(ends.get(0), Math.ceil(first)), end(ends.get(1), Math.floor(last)));
  }

  /** Returns an end of a range: exact where it can be, else the nearest that there is. */
  private static long end(JsonNode value, double number) {
    return value.isIntegralNumber() && value.canConvertToLong() ? value.longValue() : (long) number;
  }

  /** Returns a number as a database would compare it; NaN for what equals nothing. */
  private static double number(String field, JsonNode value) throws ReplayQueryException {
    if (value.isNumber()) {
      return value.doubleValue();
    } else if (value.isBoolean()) {
      return value.booleanValue() ? 1 : 0;
    } else if (value.isTextual()) {
      return number(value.textValue());
    } else if (value.isNull()) {
      return Double.NaN;
    }
    throw wrong(field);
  }

  private static double number(String text) {
    String digits = text.strip();
    // Java takes more for a number than a database does: hexadecimal, names, a type behind it.
    if (!digits.matches("[-+]?[0-9.]+([eE][-+]?[0-9]+)?")) {
      return Double.NaN;
    }
    try {
      return Double.parseDouble(digits);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static ReplayQuery messageIds(String field, Iterable<JsonNode> values)
      throws ReplayQueryException {
    List<String> ids = new ArrayList<>();
    for (JsonNode value : values) {
      if (value.isContainerNode()) {
        throw wrong(field);
      }
      if (!value.isNull()) {
        ids.add(value.asText());
      }
    }
    return new ReplayQuery.MessageIds(ids);
  }

  private static ReplayQuery time(JsonNode ends) throws ReplayQueryException {
    return new ReplayQuery.Time(seconds(ends.get(0)), seconds(ends.get(1)));
  }

  private static double seconds(JsonNode value) throws ReplayQueryException {
    double seconds = value.isNumber() ? value.doubleValue() : Double.NaN;
    if (!(Math.abs(seconds) <= END_OF_TIME)) {
      throw wrong(TIME);
    }
    return seconds;
  }

  private static ReplayQueryException wrong(String field) {
    return new ReplayQueryException(ReplayError.wrong(field));
  }

  /**
   * Returns the text that asks this.
   *
   * @throws IllegalArgumentException if the protocol has no words for it: two queries of one kind
   *     joined, or a time that is no number
   */
  byte[] write() {
    ObjectNode question = JsonNodeFactory.instance.objectNode();
    write(question, query);
    paging.ifPresent(extension -> extension.write(question));
    return CanonicalJson.write(question);
  }

  private static void write(ObjectNode question, ReplayQuery query) {
    if (query instanceof ReplayQuery.AnyOf any) {
      any.queries().forEach(each -> write(question, each));
    } else if (query instanceof ReplayQuery.Ids ids) {
      ids.ids().forEach(list(question, IDS)::add);
    } else if (query instanceof ReplayQuery.MessageIds ids) {
      ids.ids().forEach(list(question, MESSAGE_IDS)::add);
    } else if (query instanceof ReplayQuery.Range range) {
      list(question, RANGE).add(range.first()).add(range.last());
    } else if (query instanceof ReplayQuery.Time time) {
      if (!Double.isFinite(time.from()) || !Double.isFinite(time.until())) {
        throw new IllegalArgumentException("a time must be a number of seconds: " + time);
      }
      list(question, TIME).add(time.from()).add(time.until());
    }
  }

  private static ArrayNode list(ObjectNode question, String field) {
    if (question.has(field)) {
      throw new IllegalArgumentException("a question can have only one " + field);
    }
    return question.putArray(field);
  }
}
