package org.peal.handler.tagging.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peal.bus.Draft;
import org.peal.handler.Message;
import org.peal.handler.StableId;
import org.peal.handler.tagging.Compat;
import org.peal.handler.tagging.ModuleBuild;
import org.peal.handler.tagging.RuleCheck;
import org.peal.handler.tagging.TaggingOutcome;
import org.peal.message.Topic;

/** Makes the messages that tell everybody what became of a module build. Immutable. */
final class Announcements {

  private static final String REQUESTED = "build.tag.requested";
  private static final String UNMATCHED = "build.tag.unmatched";
  private static final String SOURCE = "mbs";
  private static final String SERVICE = "mts";
  private static final List<String> FIELDS = List.of("id", "name", "stream", "version", "context");

  private final @Nullable String prefix;
  private final boolean extra;

  /**
   * Makes announcements.
   *
   * @param prefix of their topics; null takes that of the message
   * @param compat the original's have no members besides those that it has
   */
  Announcements(@Nullable String prefix, Compat compat) {
    this.prefix = prefix;
    this.extra = compat != Compat.ORIGINAL;
  }

  /**
   * Returns what is to be announced, in order: nothing unless rules were tried.
   *
   * @param now when that is, for messages that do not say when they were made
   */
  List<Draft> of(Message message, TaggingReport report, Instant now) {
    Topic cause = message.topic();
    JsonNode body = message.body();
    Instant at = message.sentAt().orElse(now);
    String state = body.path("state_name").asText("");
    if (report.decision().outcome() == TaggingOutcome.UNMATCHED) {
      ObjectNode unmatched = JsonNodeFactory.instance.objectNode();
      unmatched.set("build", build(body, null));
      String build = ModuleBuild.in(body).map(ModuleBuild::toString).orElse("");
      return List.of(draft(topic(cause, UNMATCHED), unmatched, at, List.of(build, state)));
    }
    List<Draft> drafts = new ArrayList<>();
    for (AskedBuild asked : report.asked()) {
      ObjectNode requested = JsonNodeFactory.instance.objectNode();
      requested.set("build", build(body, asked.name()));
      requested.put("nvr", asked.nvr());
      ArrayNode tags = requested.putArray("destination_tags");
      asked.tags().forEach(tag -> tag.writeTo(tags.addObject(), extra));
      if (extra) {
        report.decision().matched().map(RuleCheck::name).ifPresent(r -> requested.set("rule", r));
      }
      List<String> said = new ArrayList<>(List.of(asked.nvr(), state));
      asked.tags().forEach(tag -> said.add(tag.tag() + (tag.error().isPresent() ? " no" : "")));
      drafts.add(draft(topic(cause, REQUESTED), requested, at, said));
    }
    return drafts;
  }

  /**
   * Returns a draft whose id stands for the build, its state, the tags and which of them were
   * refused: whichever node says it, and by whichever message it learned of the build.
   */
  private static Draft draft(Topic topic, ObjectNode body, Instant at, List<String> said) {
    List<String> parts = new ArrayList<>(List.of("peal tagging", topic.value()));
    parts.addAll(said);
    return Draft.of(topic, body).withId(StableId.of(at, parts.toArray(String[]::new)));
  }

  private static ObjectNode build(JsonNode body, @Nullable String name) {
    ObjectNode build = JsonNodeFactory.instance.objectNode();
    FIELDS.forEach(field -> build.set(field, body.get(field)));
    return name == null ? build : build.put("name", name);
  }

  private Topic topic(Topic cause, String kind) {
    if (prefix != null) {
      return new Topic(prefix + "." + kind);
    }
    List<String> start = new ArrayList<>();
    for (String segment : cause.segments()) {
      if (segment.equals(SOURCE)) {
        break;
      }
      start.add(segment);
    }
    start.add(SERVICE);
    return new Topic(String.join(".", start) + "." + kind);
  }
}
