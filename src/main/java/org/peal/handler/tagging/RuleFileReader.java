package org.peal.handler.tagging;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.peal.config.Place;
import org.peal.config.PythonTree;
import org.peal.config.PythonTree.Entry;
import org.peal.config.PythonTree.Mapping;
import org.peal.config.PythonTree.Scalar;
import org.peal.config.PythonTree.Sequence;
import org.peal.config.Suggestion;
import org.peal.handler.tagging.Finding.Severity;

/**
 * Reads all rules of a file and notices all that is wrong with them. For one file, one thread.
 *
 * <p>The original looks at a rule only when it gets to it. So that its behaviour can be had, what
 * makes it fail is kept with the rule, or with all of them, as a defect.
 */
final class RuleFileReader {

  private static final Set<String> KEYS =
      new LinkedHashSet<>(List.of("id", "type", "description", "rule", "destinations"));

  private static final Optional<MatchException> NO_DEFECT = Optional.empty();

  private final TaggingSettings settings;
  private final RuleVersion version;
  private final Expressions expressions = new Expressions();
  private final List<Finding> findings = new ArrayList<>();
  private final CriterionLint criteriaLint = new CriterionLint(this::add, expressions);
  private final Reachability reachability = new Reachability();

  /** Why every message fails, if that is wanted as it was. */
  private Optional<MatchException> fileDefect = NO_DEFECT;

  /** The rule that is being read, for the findings. */
  private String current = "";

  RuleFileReader(TaggingSettings settings, RuleVersion version) {
    this.settings = settings;
    this.version = version;
  }

  RuleFile read(PythonTree tree) {
    List<Rule> rules = new ArrayList<>();
    boolean none = tree instanceof Scalar scalar && scalar.value() == null;
    if (tree instanceof Sequence list) {
      for (int i = 0; i < list.items().size(); i++) {
        rule(i + 1, list.items().get(i)).ifPresent(rules::add);
      }
    } else if (none) {
      add(Severity.WARNING, tree.place(), "file is empty: no build is tagged");
    } else {
      spoils(tree.place(), "AttributeError", "file must be a list of rules");
    }
    current = "";
    return new RuleFile(new Rules(none, rules, expressions, fileDefect, version), findings);
  }

  private Optional<Rule> rule(int index, PythonTree tree) {
    current = "rule " + index;
    if (!(tree instanceof Mapping mapping)) {
      spoils(tree.place(), "AttributeError", "rule must be a map");
      return Optional.empty();
    }
    PythonTree id = mapping.get("id");
    if (id instanceof Scalar scalar && scalar.value() != null) {
      current += " \"" + PythonText.of(scalar) + "\"";
    }
    keys(mapping);
    Optional<MatchException> defect = missing(mapping);
    type(mapping.get("type"));
    Mapping body = body(mapping);
    Set<String> states = states(body);
    List<Criterion> criteria = criteria(body);
    PythonTree destinations = mapping.get("destinations");
    if (destinations != null) {
      new DestinationLint(this::add, criteria, expressions).check(destinations);
    }
    reachability
        .after(index, states, criteria.isEmpty() && defect.isEmpty())
        .ifPresent(text -> add(Severity.WARNING, tree.place(), text));
    Scalar nothing = Scalar.of(null, tree.place());
    return Optional.of(
        new Rule(
            index,
            id == null ? nothing : id,
            states,
            criteria,
            destinations == null ? nothing : destinations,
            defect));
  }

  private void keys(Mapping mapping) {
    duplicates(mapping);
    for (Entry entry : mapping.entries().values()) {
      String name = PythonText.of(entry.key());
      if (!KEYS.contains(name)) {
        add(
            Severity.WARNING,
            entry.key().place(),
            "\"" + name + "\" is ignored: " + Suggestion.unknownKey(name, KEYS));
      }
    }
  }

  private void duplicates(Mapping mapping) {
    for (Scalar key : mapping.duplicates()) {
      add(
          Severity.WARNING,
          key.place(),
          "\"" + PythonText.of(key) + "\" is written twice, only the later one counts");
    }
  }

  private Optional<MatchException> missing(Mapping mapping) {
    Optional<MatchException> defect = NO_DEFECT;
    for (String key : List.of("id", "type", "destinations")) {
      if (mapping.get(key) == null) {
        add(Severity.REFUSED, mapping.place(), "\"" + key + "\" is missing");
        defect = Optional.of(new MatchException("ValueError", "\"" + key + "\" is missing"));
      }
    }
    return defect;
  }

  private void type(@Nullable PythonTree type) {
    if (type != null && !(type instanceof Scalar scalar && "module".equals(scalar.value()))) {
      add(Severity.WARNING, type.place(), "type should be module; nothing looks at it");
    }
  }

  /** Returns the criteria's mapping, an empty one when there is none. */
  private Mapping body(Mapping mapping) {
    PythonTree body = mapping.get("rule");
    if (body instanceof Mapping found) {
      duplicates(found);
      return found;
    }
    if (body instanceof Scalar scalar && scalar.value() == null) {
      add(Severity.WARNING, body.place(), "\"rule\" is empty: the rule matches every build");
      spoils("AttributeError", "\"rule\" is empty");
    } else if (body != null) {
      spoils(body.place(), "AttributeError", "\"rule\" must be a map of criteria");
    }
    return new Mapping(Map.of(), List.of(), mapping.place());
  }

  private Set<String> states(Mapping body) {
    PythonTree given = body.get("build_state");
    if (given == null) {
      return Set.of(settings.buildState());
    }
    Set<String> states = new LinkedHashSet<>();
    if (given instanceof Sequence list) {
      list.items().forEach(item -> state(item).ifPresent(states::add));
      spoils("TypeError", "\"build_state\" is a list");
    } else {
      state(given).ifPresent(states::add);
    }
    return states;
  }

  private Optional<String> state(PythonTree tree) {
    if (!(tree instanceof Scalar scalar && scalar.value() instanceof String state)) {
      add(Severity.REFUSED, tree.place(), "build_state must be text, such as ready");
      return Optional.empty();
    }
    if (!TaggingSettings.KNOWN_STATES.contains(state)) {
      String hint =
          Suggestion.nearest(state, TaggingSettings.KNOWN_STATES)
              .map(near -> "; did you mean \"" + near + "\"?")
              .orElse("");
      add(
          Severity.ERROR,
          tree.place(),
          "no build is ever in state \"" + state + "\", the rule is never tried" + hint);
    } else if (!settings.states().contains(state)) {
      add(
          Severity.WARNING,
          tree.place(),
          "builds in state "
              + state
              + " are not looked at, unless build_state_msg_filter lets them through");
    }
    return Optional.of(state);
  }

  private List<Criterion> criteria(Mapping body) {
    List<Criterion> criteria = new ArrayList<>();
    Entry scratch = null;
    for (Entry entry : body.entries().values()) {
      Object key = entry.key().value();
      if ("scratch".equals(key)) {
        scratch = entry;
      } else if (!"build_state".equals(key)) {
        Criterion criterion = new Criterion(entry.key(), entry.value());
        criteriaLint.check(criterion);
        criteria.add(criterion);
      }
    }
    if (scratch != null) {
      boolean alone = criteria.isEmpty();
      add(
          alone ? Severity.ERROR : Severity.WARNING,
          scratch.key().place(),
          "\"scratch\" is ignored, scratch builds are never tagged"
              + (alone ? "; without it the rule matches every build" : ""));
    }
    return criteria;
  }

  private void spoils(Place place, String type, String text) {
    add(Severity.REFUSED, place, text);
    spoils(type, text);
  }

  private void spoils(String type, String text) {
    if (settings.compat() == Compat.ORIGINAL && fileDefect.isEmpty()) {
      fileDefect = Optional.of(new MatchException(type, current + ": " + text));
    }
  }

  private void add(Severity severity, Place place, String text) {
    findings.add(new Finding(severity, place, current, text));
  }

  /** Takes what is noticed about the current rule. */
  interface Notice {
    void add(Severity severity, Place place, String text);
  }
}
