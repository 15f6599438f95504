package org.peal.node.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Our extension of a replay question: an answer in pages. Immutable.
 *
 * @param after only messages with a greater sequence id
 * @param messages the most messages of a page; empty for what the server likes
 * @param topics only topics that begin so; empty for all
 * @see <a href="../../../../../../docs/wire-format.md">wire format, replay</a>
 */
record Paging(long after, OptionalInt messages, List<String> topics) {

  static final String MEMBER = "peal";

  /** Topics of one question. */
  static final int MAX_TOPICS = 500;

  private static final String VERSION = "version";
  private static final String AFTER = "after";
  private static final String MESSAGES = "messages";
  private static final String TOPICS = "topics";

  Paging {
    topics = List.copyOf(topics);
  }

  static Paging after(long after) {
    return new Paging(after, OptionalInt.empty(), List.of());
  }

  void write(ObjectNode question) {
    ObjectNode member = question.putObject(MEMBER).put(VERSION, 1).put(AFTER, after);
    messages.ifPresent(most -> member.put(MESSAGES, most));
    if (!topics.isEmpty()) {
      topics.forEach(member.putArray(TOPICS)::add);
    }
  }

  static Paging read(JsonNode member) throws ReplayQueryException {
    if (!member.isObject() || member.path(VERSION).asInt(0) < 1) {
      throw wrong();
    }
    return new Paging(whole(member, AFTER), messages(member), topics(member));
  }

  private static OptionalInt messages(JsonNode member) throws ReplayQueryException {
    long most = whole(member, MESSAGES);
    return most == 0 ? OptionalInt.empty() : OptionalInt.of((int) Math.min(most, 1 << 20));
  }

  private static long whole(JsonNode member, String name) throws ReplayQueryException {
    JsonNode value = member.path(name);
    if (value.isMissingNode()) {
      return 0;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw wrong();
    }
    return value.longValue();
  }

  private static List<String> topics(JsonNode member) throws ReplayQueryException {
    JsonNode list = member.path(TOPICS);
    List<String> topics = new ArrayList<>();
    if (!list.isMissingNode() && !list.isArray() || list.size() > MAX_TOPICS) {
      throw wrong();
    }
    for (JsonNode topic : list) {
      if (!topic.isTextual()) {
        throw wrong();
      }
      topics.add(topic.textValue());
    }
    return topics;
  }

  private static ReplayQueryException wrong() {
    return new ReplayQueryException(ReplayError.wrong(MEMBER));
  }

  /** Returns whether a topic is asked for. */
  boolean wants(String topic) {
    return topics.isEmpty() || topics.stream().anyMatch(topic::startsWith);
  }
}
