package org.peal.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.peal.ExitCode;
import org.peal.bus.Bus;
import org.peal.bus.Origin;
import org.peal.handler.HandlerConfig;
import org.peal.handler.HandlerRequest;
import org.peal.handler.Message;
import org.peal.handler.tagging.ModuleBuild;
import org.peal.handler.tagging.action.DecisionRecord;
import org.peal.handler.tagging.action.TaggingHandlerSettings;
import org.peal.message.MessageId;
import org.peal.message.Severity;
import org.peal.message.Topic;
import org.peal.message.TopicConfig;
import org.peal.node.Folders;
import org.peal.service.mbs.Mbs;
import org.peal.service.mbs.MbsException;
import org.peal.service.mbs.ModuleBuildPage;
import org.peal.store.DecisionQuery;
import org.peal.store.Decisions;

/**
 * {@code peal tagging catch-up}: hands builds to the handler that changed while it was away, as the
 * Module Build Service lists them, less those that are on record.
 */
final class TaggingCatchUp {

  private static final String TYPE = "tagging";
  private static final int MOST_PAGES = 1000;

  private final TaggingCommand command;

  TaggingCatchUp(TaggingCommand command) {
    this.command = command;
  }

  ExitCode run() throws IOException {
    Instant since =
        command
            .since()
            .orElseThrow(() -> new CommandException(ExitCode.USAGE, "catch-up needs --since"));
    Setup setup = Setup.load(command, Map.of());
    Map.Entry<String, HandlerConfig> handler = handler(setup.config().handlers());
    TaggingHandlerSettings settings =
        handler
            .getValue()
            .settings()
            .bind(TaggingHandlerSettings.class, "handlers." + handler.getKey() + ".settings");
    HandlerStore store = store(setup, handler.getKey());
    Topic topic = topic(setup.config().topic());
    Mbs mbs = TaggingSubject.mbs(settings.mbsApiUrl());
    Map<String, ObjectNode> missing = new LinkedHashMap<>();
    try {
      collect(mbs, settings.buildStateMsgFilter(), since, store, handler.getKey(), missing);
    } catch (MbsException e) {
      throw TaggingSubject.unreachable(e);
    }
    int number = 0;
    Output out = new Output(command.io.out());
    for (Map.Entry<String, ObjectNode> build : missing.entrySet()) {
      out.line(SafeText.line(build.getKey(), 500));
      out.flush();
      if (!command.dryRun) {
        Message message = message(topic, build.getKey(), build.getValue());
        store.ask(new HandlerRequest.Handle(handler.getKey(), message));
        if (++number % 100 == 0) {
          command.say(number + " of " + missing.size() + " handed over");
        }
      }
    }
    command.say(
        missing.size()
            + (command.dryRun ? " builds are missing" : " builds handed to " + handler.getKey()));
    return ExitCode.OK;
  }

  private static Map.Entry<String, HandlerConfig> handler(Map<String, HandlerConfig> handlers) {
    return handlers.entrySet().stream()
        .filter(entry -> entry.getValue().typeOf(entry.getKey()).equals(TYPE))
        .findFirst()
        .orElseThrow(
            () ->
                new CommandException(
                    ExitCode.CONFIGURATION,
                    "no handler of the type tagging: add handlers.tagging"));
  }

  private HandlerStore store(Setup setup, String handler) {
    List<HandlerStore> all = HandlerStore.all(setup.config(), Folders.of(command.io.environment()));
    return all.stream()
        .filter(store -> store.<Boolean>read(s -> knows(s, handler)))
        .findFirst()
        .orElseThrow(
            () ->
                new CommandException(
                    ExitCode.NEGATIVE,
                    "handler " + handler + " has not run on this host yet: start it first"));
  }

  private static boolean knows(org.peal.store.Snapshot snapshot, String handler) {
    return snapshot.outcomes().count(handler) > 0 || !snapshot.cursors().list(handler).isEmpty();
  }

  private void collect(
      Mbs mbs,
      List<String> states,
      Instant since,
      HandlerStore store,
      String handler,
      Map<String, ObjectNode> missing) {
    int pages = 1;
    for (int number = 1; number <= Math.min(pages, MOST_PAGES); number++) {
      ModuleBuildPage page = mbs.modified(states, since, number);
      pages = page.pages();
      for (org.peal.service.mbs.ModuleBuild build : page.builds()) {
        ObjectNode body = TaggingSubject.body(build, build.state());
        String label = DecisionRecord.label(ModuleBuild.in(body).orElseThrow(), build.state());
        if (!build.scratch()
            && states.contains(build.state())
            && !isHandled(store, handler, label)) {
          missing.put(label, body);
        }
        if (missing.size() >= command.limit) {
          command.say("stopped at " + command.limit + " builds, see --limit");
          return;
        }
      }
      command.say("page %d of %d: %d missing so far".formatted(number, pages, missing.size()));
    }
  }

  private static boolean isHandled(HandlerStore store, String handler, String label) {
    DecisionQuery query =
        new DecisionQuery(
            Optional.of(handler), Map.of("build", label), Optional.empty(), Long.MAX_VALUE, 1);
    return store.<Boolean>read(s -> isDecided(s.decisions(), query));
  }

  /** What was only tried as often as allowed, while a service was away, may be tried again. */
  private static boolean isDecided(Decisions decisions, DecisionQuery query) {
    return decisions.find(query).stream()
        .map(row -> TaggingHistory.tree(row.decision()).path("ending").asText())
        .anyMatch(ending -> !ending.equals(DecisionRecord.FAILED));
  }

  private static Topic topic(TopicConfig config) {
    return new Topic(config.prefix() + "." + config.environment() + ".mbs.module.state.change");
  }

  /** Returns the message that did not come; under the same id whenever it is made. */
  private static Message message(Topic topic, String label, ObjectNode body) {
    return new Message(
        Bus.ZMQ,
        new MessageId("catch-up " + label),
        topic,
        body,
        JsonNodeFactory.instance.objectNode(),
        Severity.INFO,
        Optional.of(Instant.now()),
        Optional.empty(),
        new Origin("catch-up", "mbs"));
  }
}
