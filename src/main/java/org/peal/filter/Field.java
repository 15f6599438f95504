package org.peal.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** What paths begin with. A field that is absent, or not of its type, is missing. */
enum Field {
  TOPIC(subject -> text(subject, "topic")),
  ENVIRONMENT(subject -> ofTopic(subject, topic -> segment(topic, 2))),
  SERVICE(subject -> ofTopic(subject, topic -> segment(topic, 3))),
  OBJECT(subject -> ofTopic(subject, Field::object)),
  EVENT(subject -> ofTopic(subject, Field::event)),
  ID(subject -> text(subject, "msg_id")),
  USER(subject -> text(subject, "username")),
  TIMESTAMP(subject -> number(subject, "timestamp")),
  SIGNER(subject -> textOrMissing(subject.signer())),
  BODY(subject -> subject.envelope().path("msg")),
  HEADERS(subject -> subject.envelope().path("headers")),
  ENVELOPE(Subject::envelope);

  private static final JsonNode MISSING = MissingNode.getInstance();

  private final Function<Subject, JsonNode> value;

  Field(Function<Subject, JsonNode> value) {
    this.value = value;
  }

  /** Returns the names of all fields. */
  static List<String> words() {
    return Arrays.stream(values()).map(Field::word).toList();
  }

  /** Returns the field of a name. */
  static Optional<Field> named(String word) {
    return Arrays.stream(values()).filter(field -> field.word().equals(word)).findFirst();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Tells whether there is a way further down. */
  boolean hasMembers() {
    return this == BODY || this == HEADERS || this == ENVELOPE;
  }

  /** Returns the value for a message, or the missing node. */
  JsonNode of(Subject subject) {
    return value.apply(subject);
  }

  private static JsonNode text(Subject subject, String member) {
    JsonNode node = subject.envelope().path(member);
    return node.isTextual() ? node : MISSING;
  }

  private static JsonNode number(Subject subject, String member) {
    JsonNode node = subject.envelope().path(member);
    return node.isNumber() ? node : MISSING;
  }

  private static JsonNode ofTopic(Subject subject, Function<String, Optional<String>> part) {
    return textOrMissing(Optional.ofNullable(text(subject, "topic").textValue()).flatMap(part));
  }

  private static JsonNode textOrMissing(Optional<String> text) {
    return text.<JsonNode>map(TextNode::valueOf).orElse(MISSING);
  }

  private static Optional<String> object(String topic) {
    int start = start(topic, 4);
    int end = start < 0 ? -1 : topic.indexOf('.', start);
    return end < 0 ? Optional.empty() : Optional.of(topic.substring(start, end));
  }

  private static Optional<String> event(String topic) {
    return start(topic, 4) < 0
        ? Optional.empty()
        : Optional.of(topic.substring(topic.lastIndexOf('.') + 1));
  }

  private static Optional<String> segment(String topic, int index) {
    int start = start(topic, index);
    if (start < 0) {
      return Optional.empty();
    }
    int end = topic.indexOf('.', start);
    return Optional.of(end < 0 ? topic.substring(start) : topic.substring(start, end));
  }

  /**
   * Returns where a segment begins, or -1; hostile topics may have millions, so nothing is split.
   */
  private static int start(String topic, int segment) {
    int start = 0;
    for (int i = 0; i < segment; i++) {
      start = topic.indexOf('.', start) + 1;
      if (start == 0) {
        return -1;
      }
    }
    return start;
  }
}
