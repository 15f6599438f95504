package org.peal.handler.tagging.action;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.peal.PealException;
import org.peal.PealException.Category;
import org.peal.config.ConfigException;
import org.peal.config.Place;
import org.peal.handler.Outcome;
import org.peal.handler.tagging.Decision;
import org.peal.handler.tagging.ModuleBuild;
import org.peal.handler.tagging.Modulemd;
import org.peal.handler.tagging.RuleVersion;
import org.peal.handler.tagging.Rules;
import org.peal.handler.tagging.TaggingEngine;
import org.peal.handler.tagging.TaggingOutcome;
import org.peal.handler.tagging.TaggingSettings;

/**
 * The way of one message: a decision by the rules, then what Koji says to it. It publishes and
 * stores nothing itself. As thread-safe as what it works with.
 */
public final class TaggingWorkflow {

  /** After this, rules and builds that were not there are looked for again. */
  private static final Duration LATER = Duration.ofSeconds(10);

  private static final Place MODULEMD = Place.named("modulemd", Path.of(""));

  private final TaggingEngine engine;
  private final Supplier<Rules> rules;
  private final ModuleSource modules;
  private final Supplier<TagHub> hub;
  private final DevelTwin devel;
  private final Duration buildGrace;

  /**
   * What is handled. Immutable.
   *
   * @param body of the message
   * @param age how long ago the message was made
   * @param attempt 1 for the first
   * @param isAgain whether it may have been handled before, wholly or in part
   * @param isDryRun whether Koji is left alone
   */
  public record Request(
      JsonNode body, Duration age, int attempt, boolean isAgain, boolean isDryRun) {}

  /**
   * Makes a workflow.
   *
   * @param rules gives the rules in force, or throws {@link ConfigException}
   * @param hub asked for only when there is something to be tagged
   * @param buildGrace so long after a message a build may be missing in Koji
   */
  public TaggingWorkflow(
      TaggingSettings settings,
      Supplier<Rules> rules,
      ModuleSource modules,
      Supplier<TagHub> hub,
      DevelTwin devel,
      Duration buildGrace) {
    this.engine = new TaggingEngine(settings);
    this.rules = rules;
    this.modules = modules;
    this.hub = hub;
    this.devel = devel;
    this.buildGrace = buildGrace;
  }

  /** Notes how far a decision got. */
  private final class Inputs implements TaggingEngine.Inputs {
    private @Nullable RuleVersion version;
    private boolean areRulesMissing;
    private @Nullable PealException unreachable;

    @Override
    public Rules rules() {
      try {
        Rules found = rules.get();
        version = found.version();
        return found;
      } catch (ConfigException e) {
        areRulesMissing = true;
        throw e;
      }
    }

    @Override
    public Modulemd modulemd(JsonNode body) {
      try {
        return modules.modulemd(body);
      } catch (ConfigException e) {
        throw e;
      } catch (PealException e) {
        unreachable = e;
        throw new ConfigException(MODULEMD, "", String.valueOf(e.getMessage()));
      }
    }
  }

  /** Handles a message. */
  TaggingReport handle(Request request) {
    Inputs inputs = new Inputs();
    Decision decision = engine.decide(request.body(), inputs);
    Optional<RuleVersion> version = Optional.ofNullable(inputs.version);
    if (decision.outcome() != TaggingOutcome.TAGGED || request.isDryRun()) {
      return new TaggingReport(decision, version, List.of(), ending(decision, inputs));
    }
    ModuleBuild build = ModuleBuild.in(request.body()).orElseThrow();
    TagRequests requests = new TagRequests(hub.get(), request, buildGrace);
    requests.ask(build, decision.tags(), devel);
    Outcome outcome = requests.again().orElseGet(Outcome.Done::new);
    return new TaggingReport(decision, version, requests.asked(), outcome);
  }

  private static Outcome ending(Decision decision, Inputs inputs) {
    String problem = decision.problem().orElse(decision.outcome().toString());
    PealException unreachable = inputs.unreachable;
    return switch (decision.outcome()) {
      case TAGGED, UNMATCHED -> new Outcome.Done();
      case IGNORED_EMPTY_BODY -> new Outcome.Ignored("the message has no body");
      case IGNORED_SCRATCH -> new Outcome.Ignored("scratch builds are not tagged");
      case IGNORED_STATE -> new Outcome.Ignored("builds in this state are not looked at");
      case NO_RULES -> new Outcome.Ignored("the rule file is empty");
      case NO_RULE_FOR_STATE -> new Outcome.Ignored("no rule is for builds in this state");
      case RULES_UNAVAILABLE -> new Outcome.Retry(LATER, problem);
      case HANDLER_ERROR, CONSUMER_EXCEPTION -> {
        boolean mayPass =
            inputs.areRulesMissing
                || unreachable != null && unreachable.category() == Category.TRANSIENT;
        yield mayPass ? new Outcome.Retry(LATER, problem) : new Outcome.Drop(problem);
      }
    };
  }
}
