package org.peal.handler.tagging.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.peal.PealException.Category;
import org.peal.bus.Draft;
import org.peal.handler.Handler;
import org.peal.handler.HandlerContext;
import org.peal.handler.Message;
import org.peal.handler.Outcome;
import org.peal.json.CanonicalJson;
import org.peal.message.Topic;
import org.peal.message.TopicPattern;
import org.peal.metrics.Sample;
import org.peal.service.koji.KojiException;
import org.peal.service.koji.Task;
import org.peal.service.koji.TaskState;

/** Waits for the end of the tasks that one announcement names, and announces that. */
final class Follower implements Handler {

  private static final TopicPattern TOPIC =
      TopicPattern.parse("org.fedoraproject.*.mts.build.tag.requested");
  private static final String REQUESTED = ".requested";
  private static final String FINISHED = ".finished";
  private static final String TAG = "tag";
  private static final String TASK = "task_id";
  private static final String TAGS = "destination_tags";

  private final String name;
  private final KojiHub hub;
  private final Duration interval;
  private final AtomicLong failed = new AtomicLong();

  /** Makes one; the hub is closed by it. */
  Follower(String name, KojiHub hub, Duration interval) {
    this.name = name;
    this.hub = hub;
    this.interval = interval;
  }

  @Override
  public List<TopicPattern> topics() {
    return List.of(TOPIC);
  }

  @Override
  public Outcome handle(Message message, HandlerContext context) {
    String topic = message.topic().value();
    String nvr = message.body().path("nvr").asText("");
    List<Long> ids = new ArrayList<>();
    message.body().path(TAGS).forEach(tag -> id(tag).ifPresent(ids::add));
    if (nvr.isEmpty() || !topic.endsWith(REQUESTED)) {
      return new Outcome.Drop("not an announcement of requested tags");
    } else if (ids.isEmpty()) {
      return new Outcome.Ignored("no task was asked for");
    }
    try {
      List<Optional<Task>> tasks = hub.tasks(ids);
      Optional<Task> open =
          tasks.stream().flatMap(Optional::stream).filter(t -> !t.state().finished()).findFirst();
      if (open.isPresent()) {
        return new Outcome.Retry(interval, "task " + open.get().id() + " is not finished");
      }
      finish(message, nvr, tasks, context);
      return new Outcome.Done();
    } catch (HubAwayException e) {
      return new Outcome.Wait(e.after(), e.getMessage());
    } catch (KojiException e) {
      String why = String.valueOf(e.getMessage());
      return e.category() == Category.PERMANENT
          ? new Outcome.Drop(why)
          : new Outcome.Retry(interval, why);
    }
  }

  private static Optional<Long> id(JsonNode tag) {
    JsonNode id = tag.path(TASK);
    return id.isIntegralNumber() && id.canConvertToLong()
        ? Optional.of(id.longValue())
        : Optional.empty();
  }

  private void finish(
      Message message, String nvr, List<Optional<Task>> tasks, HandlerContext context) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("build", message.body().path("build"));
    body.put("nvr", nvr);
    ArrayNode tags = body.putArray(TAGS);
    Set<String> names = new TreeSet<>();
    int next = 0;
    int missed = 0;
    for (JsonNode asked : message.body().path(TAGS)) {
      if (id(asked).isEmpty()) {
        continue;
      }
      Optional<Task> task = tasks.get(next++);
      String tag = asked.path(TAG).asText("");
      String state =
          task.map(found -> found.state().name().toLowerCase(Locale.ROOT)).orElse("unknown");
      boolean isClosed = task.filter(found -> found.state() == TaskState.CLOSED).isPresent();
      // A second task for one tag fails, and the build has the tag all the same.
      boolean isTagged = isClosed || hub.hasTag(nvr, tag);
      missed += isTagged ? 0 : 1;
      names.add(tag);
      tags.addObject()
          .put(TAG, tag)
          .put(TASK, id(asked).get())
          .put("task_state", state)
          .put("tagged", isTagged);
      context.explain(nvr + " " + tag + ": " + state + (isTagged ? ", tagged" : ", not tagged"));
    }
    String topic = message.topic().value();
    String stem = topic.substring(0, topic.length() - REQUESTED.length());
    context.publish(Draft.of(new Topic(stem + FINISHED), body));
    context.record(
        new String(CanonicalJson.write(body), StandardCharsets.UTF_8),
        Map.of("nvr", Set.of(nvr), TAG, names));
    // Here, since all of it comes again if the hub does not answer for one tag.
    failed.addAndGet(missed);
  }

  @Override
  public List<String> troubles() {
    return hub.outage().trouble().stream().toList();
  }

  @Override
  public List<Sample> samples() {
    return List.of(
        Sample.counter(
            "peal_tagging_failed_tasks",
            "tasks that ended and left the build without the tag",
            Map.of("handler", name),
            failed.get()));
  }

  @Override
  public void close() {
    hub.close();
  }
}
