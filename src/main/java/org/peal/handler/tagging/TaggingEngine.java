package org.peal.handler.tagging;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.peal.Deadline;
import org.peal.config.ConfigException;

/**
 * Decides about messages: whether they are looked at, which rule matches, what Koji is asked for.
 * Thread-safe.
 *
 * <p>It does nothing itself. What it needs besides the message it asks its {@link Inputs} for, and
 * only when it gets so far: rules first, then the modulemd.
 */
public final class TaggingEngine {

  /** All rules together; beyond it somebody has made them to take long. */
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final TaggingSettings settings;

  /** Makes an engine. */
  public TaggingEngine(TaggingSettings settings) {
    this.settings = settings;
  }

  /** Where a decision's inputs come from. */
  public interface Inputs {

    /**
     * Returns the rules in force.
     *
     * @throws ConfigException if there are none
     */
    Rules rules();

    /**
     * Returns the metadata of the build that a message is about.
     *
     * @throws ConfigException if there is none that can be used
     */
    Modulemd modulemd(JsonNode body);
  }

  /** Decides about the body of a message. */
  public Decision decide(JsonNode body, Inputs inputs) {
    if (isFalsy(body)) {
      return Decision.of(TaggingOutcome.IGNORED_EMPTY_BODY);
    } else if (!body.isObject()) {
      return Decision.failed(unhandled(), "message body must be an object");
    } else if (body.has("scratch") && !isFalsy(body.get("scratch"))) {
      return Decision.of(TaggingOutcome.IGNORED_SCRATCH);
    }
    JsonNode state = body.path("state_name");
    if (!state.isTextual() || !settings.states().contains(state.textValue())) {
      return Decision.of(TaggingOutcome.IGNORED_STATE);
    }
    Rules rules;
    try {
      rules = inputs.rules();
    } catch (ConfigException e) {
      return Decision.failed(noRules(), e.getMessage());
    }
    return decide(body, state.textValue(), rules, inputs);
  }

  private Decision decide(JsonNode body, String state, Rules rules, Inputs inputs) {
    ModuleBuild build;
    try {
      build = ModuleBuild.of(body);
    } catch (MatchException e) {
      return Decision.failed(unhandled(), e.getMessage());
    }
    if (rules.isNone()) {
      return Decision.of(TaggingOutcome.NO_RULES);
    }
    try {
      List<Rule> group = rules.forState(state);
      if (group.isEmpty()) {
        return Decision.of(TaggingOutcome.NO_RULE_FOR_STATE);
      } else if (!body.has("id")) {
        return Decision.failed(TaggingOutcome.HANDLER_ERROR, "message has no \"id\"");
      }
      return match(group, rules, build, inputs.modulemd(body));
    } catch (ConfigException | MatchException e) {
      return Decision.failed(TaggingOutcome.HANDLER_ERROR, String.valueOf(e.getMessage()));
    }
  }

  private Decision match(List<Rule> group, Rules rules, ModuleBuild build, Modulemd modulemd) {
    List<String> notes = new ArrayList<>();
    List<RuleCheck> checks = new ArrayList<>();
    RuleMatcher matcher =
        new RuleMatcher(
            rules.expressions(), modulemd, build, settings, notes, Deadline.after(LIMIT));
    for (Rule rule : group) {
      if (rule.defect().isPresent()) {
        return decision(TaggingOutcome.HANDLER_ERROR, checks, notes)
            .withProblem(TaggingOutcome.HANDLER_ERROR, rule.defect().get().getMessage());
      }
      RuleCheck check = matcher.check(rule);
      checks.add(check);
      if (check.error() != null) {
        return decision(TaggingOutcome.HANDLER_ERROR, checks, notes)
            .withProblem(TaggingOutcome.HANDLER_ERROR, check.error());
      } else if (check.matches()) {
        return matched(rule, checks, notes, matcher.groups(), build);
      }
    }
    return decision(TaggingOutcome.UNMATCHED, checks, notes);
  }

  private static Decision decision(
      TaggingOutcome outcome, List<RuleCheck> checks, List<String> notes) {
    return new Decision(
        outcome,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        checks,
        List.of(),
        notes,
        Optional.empty());
  }

  private Decision matched(
      Rule rule, List<RuleCheck> checks, List<String> notes, Groups groups, ModuleBuild build) {
    RuleCheck check = checks.get(checks.size() - 1);
    List<String> tags;
    try {
      tags =
          settings.compat() == Compat.ORIGINAL
              ? TagChoice.original(rule.destinations(), groups)
              : TagChoice.ours(rule.destinations(), groups, notes);
    } catch (MatchException e) {
      return unchosen(rule, checks, notes, groups, e.getMessage());
    }
    return new Decision(
        TaggingOutcome.TAGGED,
        Optional.of(check),
        tags,
        Optional.empty(),
        checks,
        settings.dryRun() ? List.of() : calls(tags, build),
        notes,
        Optional.empty());
  }

  /** Without groups the original makes no tags of destinations, and fails later at Koji. */
  private static Decision unchosen(
      Rule rule, List<RuleCheck> checks, List<String> notes, Groups groups, String why) {
    RuleCheck check = checks.get(checks.size() - 1);
    if (groups.isEmpty()) {
      return new Decision(
          TaggingOutcome.HANDLER_ERROR,
          Optional.of(check),
          List.of(),
          Optional.of(PythonJson.of(rule.destinations())),
          checks,
          List.of(),
          notes,
          Optional.of(why));
    }
    List<RuleCheck> failed = new ArrayList<>(checks);
    failed.set(failed.size() - 1, new RuleCheck(check.index(), check.id(), check.criteria(), why));
    return decision(TaggingOutcome.HANDLER_ERROR, failed, notes)
        .withProblem(TaggingOutcome.HANDLER_ERROR, why);
  }

  private static List<TagCall> calls(List<String> tags, ModuleBuild build) {
    List<TagCall> calls = new ArrayList<>();
    for (String nvr : build.nvrs()) {
      tags.forEach(tag -> calls.add(new TagCall(tag, nvr)));
    }
    return calls;
  }

  private TaggingOutcome noRules() {
    return settings.compat() == Compat.ORIGINAL
        ? TaggingOutcome.CONSUMER_EXCEPTION
        : TaggingOutcome.RULES_UNAVAILABLE;
  }

  private TaggingOutcome unhandled() {
    return settings.compat() == Compat.ORIGINAL
        ? TaggingOutcome.CONSUMER_EXCEPTION
        : TaggingOutcome.HANDLER_ERROR;
  }

  /** Tells whether Python takes a value for false. */
  private static boolean isFalsy(JsonNode value) {
    return value.isContainerNode()
        ? value.isEmpty()
        : value.isTextual()
            ? value.textValue().isEmpty()
            : value.isNumber() ? value.doubleValue() == 0 : !value.asBoolean();
  }
}
