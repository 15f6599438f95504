package org.peal.handler.tagging.action;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.peal.handler.Handler;
import org.peal.handler.HandlerContext;
import org.peal.handler.Message;
import org.peal.handler.Outcome;
import org.peal.handler.tagging.ModuleBuild;
import org.peal.handler.tagging.RuleSource;
import org.peal.message.MessageId;
import org.peal.message.TopicPattern;
import org.peal.metrics.Sample;

/** Tags module builds as the rules say, and announces it. */
final class TaggingHandler implements Handler {

  static final TopicPattern TOPIC =
      TopicPattern.parse("org.fedoraproject.*.mbs.module.state.change");

  private final RuleSource rules;
  private final TaggingWorkflow workflow;
  private final Announcements announcements;
  private final TaggingCounters counters;
  private final boolean isDryRun;
  private final KojiHub hub;

  /**
   * Makes a handler.
   *
   * @param rules those that the workflow goes by
   * @param isDryRun whether nothing may be changed outside, whatever else is said
   * @param hub closed by this
   */
  TaggingHandler(
      RuleSource rules,
      TaggingWorkflow workflow,
      Announcements announcements,
      TaggingCounters counters,
      boolean isDryRun,
      KojiHub hub) {
    this.rules = rules;
    this.workflow = workflow;
    this.announcements = announcements;
    this.counters = counters;
    this.isDryRun = isDryRun;
    this.hub = hub;
  }

  @Override
  public List<TopicPattern> topics() {
    return List.of(TOPIC);
  }

  /** One build in one state is handled once, whichever bus or message tells of it. */
  @Override
  public Optional<String> key(Message message) {
    JsonNode body = message.body();
    return ModuleBuild.in(body)
        .map(build -> DecisionRecord.label(build, body.path("state_name").asText("")));
  }

  @Override
  public Outcome handle(Message message, HandlerContext context) {
    boolean isDry = isDryRun || context.isDryRun();
    Instant now = context.clock().instant();
    TaggingReport report =
        workflow.handle(
            new TaggingWorkflow.Request(
                message.body(),
                Duration.between(message.sentAt().orElse(now), now),
                context.attempt(),
                context.isRedelivered(),
                isDry));
    counters.count(report);
    explain(report, context);
    // Of a message that is to come again nothing is announced; its record counts if it is the last.
    List<MessageId> published = new ArrayList<>();
    if (!isDry && !report.outcome().isPutOff()) {
      announcements
          .of(message, report, now)
          .forEach(draft -> published.add(context.publish(draft)));
    }
    DecisionRecord record = DecisionRecord.of(message, report, published, isDry);
    context.record(record.json(), record.labels());
    return report.outcome();
  }

  private static void explain(TaggingReport report, HandlerContext context) {
    context.explain("decision: " + report.decision().outcome());
    report.decision().matched().ifPresent(rule -> context.explain("rule: " + rule.label()));
    report.decision().problem().ifPresent(why -> context.explain("problem: " + why));
    report.decision().notes().forEach(note -> context.explain("note: " + note));
    if (report.asked().isEmpty() && !report.decision().tags().isEmpty()) {
      context.explain("not asked for: " + String.join(" ", report.decision().tags()));
    }
    for (AskedBuild build : report.asked()) {
      build.tags().forEach(tag -> context.explain(build.nvr() + " " + line(tag)));
    }
  }

  private static String line(AskedTag tag) {
    if (tag.error().isPresent()) {
      return tag.tag() + ": refused: " + tag.error().get();
    }
    String task = tag.task().isPresent() ? "task " + tag.task().getAsLong() : "";
    return tag.tag() + ": " + (tag.isThere() ? "there already " + task : task).strip();
  }

  @Override
  public void reload() {
    rules.reload();
  }

  @Override
  public List<String> troubles() {
    return hub.outage().trouble().stream().toList();
  }

  @Override
  public List<Sample> samples() {
    return counters.samples(hub.outage());
  }

  @Override
  public void close() {
    hub.close();
  }
}
