package org.peal.sentence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.peal.config.ConfigException;
import org.peal.config.YamlTree;
import org.peal.config.YamlTree.Mapping;
import org.peal.config.YamlTree.Scalar;
import org.peal.config.YamlTree.Sequence;
import org.peal.message.TopicPattern;

/** Reads rules; every complaint is a {@link ConfigException} that names the place. */
final class RuleReader {

  private static final Set<String> FILE = Set.of("default", "services");
  private static final Set<String> COMMON = Set.of("let", "link", "users", "packages");
  private static final Set<String> SERVICE = with(COMMON, "rules");
  private static final Set<String> DEFAULT = with(COMMON, "say");
  private static final Set<String> RULE = with(DEFAULT, "topic", "when");
  private static final Set<String> CHOICE = Set.of("of", "words", "otherwise");

  private static final Operand NOTHING = subject -> List.of();

  private final Mapping last;
  private final Scope outer;
  private final Map<String, List<Rule>> services = new LinkedHashMap<>();
  private final Map<String, Rule> fallbacks = new LinkedHashMap<>();

  private RuleReader(Mapping last) {
    this.last = last;
    this.outer = new Scope(Map.of(), NOTHING, List.of(), List.of()).within(last);
  }

  /** Reads one or more files; the rules and the default of an earlier one come first. */
  static Sentences read(List<YamlTree> trees) {
    List<Mapping> files = trees.stream().map(tree -> mapping(tree, FILE)).toList();
    Mapping first =
        files.stream().filter(file -> file.get("default") != null).findFirst().orElse(files.get(0));
    RuleReader reader = new RuleReader(mapping(required(first, "default"), DEFAULT));
    files.forEach(reader::addServices);
    return reader.sentences();
  }

  private void addServices(Mapping file) {
    YamlTree all = file.get("services");
    if (all != null) {
      mapping(all, null).fields().forEach((name, field) -> addService(name, field.value()));
    }
  }

  private void addService(String name, YamlTree tree) {
    Mapping service = mapping(tree, SERVICE);
    if (!(required(service, "rules") instanceof Sequence list)) {
      throw problem(service, "\"rules\" must be a list");
    }
    Scope scope = outer.within(service);
    List<Rule> rules = services.computeIfAbsent(name, none -> new ArrayList<>());
    for (YamlTree item : list.items()) {
      Mapping rule = mapping(item, RULE);
      rules.add(rule(rule, scope.within(rule)));
    }
    Template say = template(required(last, "say"), outer.variables());
    fallbacks.put(
        name, scope.withNamesOf(outer).rule(List.of(TopicPattern.parse("#")), List.of(), say));
  }

  /** Puts the default sentence with the service's names behind the rules of each service. */
  private Sentences sentences() {
    fallbacks.forEach(
        (name, fallback) ->
            services.computeIfPresent(name, (n, rules) -> with(rules, List.of(fallback))));
    return new Sentences(services, rule(last, outer));
  }

  private static Rule rule(Mapping rule, Scope scope) {
    return scope.rule(
        topics(rule), conditions(rule, scope), template(required(rule, "say"), scope.variables()));
  }

  private static List<TopicPattern> topics(Mapping rule) {
    YamlTree topic = rule.get("topic");
    return topic == null
        ? List.of(TopicPattern.parse("#"))
        : texts(topic).stream().map(TopicPattern::parse).toList();
  }

  private static List<Condition> conditions(Mapping rule, Scope scope) {
    YamlTree when = rule.get("when");
    if (when == null) {
      return List.of();
    }
    List<Condition> conditions = new ArrayList<>();
    for (YamlTree.Field field : mapping(when, null).fields().values()) {
      conditions.add(
          new Condition(
              parsed(field.name(), field.value(), scope.variables(), ExpressionParser::parse),
              new LinkedHashSet<>(texts(field.value()))));
    }
    return conditions;
  }

  /** What rules within a service, or within the file, have in common. */
  private record Scope(
      Map<String, Operand> variables, Operand link, List<Operand> users, List<Operand> packages) {

    /** Returns what holds inside a mapping; what it says itself replaces what is around it. */
    Scope within(Mapping mapping) {
      Map<String, Operand> inner = new LinkedHashMap<>(variables);
      if (mapping.get("let") != null) {
        mapping(required(mapping, "let"), null)
            .fields()
            .forEach((name, field) -> inner.put(name, variable(field.value(), inner)));
      }
      YamlTree address = mapping.get("link");
      return new Scope(
          inner,
          address == null ? link : template(address, inner),
          names(mapping.get("users"), inner, users),
          names(mapping.get("packages"), inner, packages));
    }

    /** Returns the same with the other's users and packages added. */
    Scope withNamesOf(Scope other) {
      return new Scope(
          variables, link, with(users, other.users()), with(packages, other.packages()));
    }

    Rule rule(List<TopicPattern> topics, List<Condition> conditions, Template say) {
      return new Rule(topics, conditions, say, link, users, packages);
    }
  }

  private static List<Operand> names(
      @Nullable YamlTree tree, Map<String, Operand> variables, List<Operand> inherited) {
    return tree == null
        ? inherited
        : texts(tree).stream()
            .map(text -> parsed(text, tree, variables, ExpressionParser::parse))
            .toList();
  }

  private static Operand variable(YamlTree tree, Map<String, Operand> variables) {
    if (!(tree instanceof Mapping)) {
      return template(tree, variables);
    }
    Mapping choice = mapping(tree, CHOICE);
    Map<String, Template> words = new LinkedHashMap<>();
    mapping(required(choice, "words"), null)
        .fields()
        .forEach((word, field) -> words.put(word, template(field.value(), variables)));
    YamlTree otherwise = choice.get("otherwise");
    return new Choice(
        template(required(choice, "of"), variables),
        words,
        otherwise == null ? NOTHING : template(otherwise, variables));
  }

  private static Template template(YamlTree tree, Map<String, Operand> variables) {
    if (!(tree instanceof Scalar scalar)) {
      throw problem(tree, "must be a text, not " + tree.describe());
    }
    return parsed(scalar.text(), tree, variables, TemplateParser::parse);
  }

  private static <T> T parsed(
      String text,
      YamlTree place,
      Map<String, Operand> variables,
      BiFunction<String, Map<String, Operand>, T> parser) {
    try {
      return parser.apply(text, variables);
    } catch (IllegalArgumentException e) {
      throw problem(place, e.getMessage() + ": " + text);
    }
  }

  /** Returns one or more texts; a null gives none. */
  private static List<String> texts(YamlTree tree) {
    if (tree instanceof Sequence list) {
      return list.items().stream().flatMap(item -> texts(item).stream()).toList();
    } else if (tree instanceof Scalar scalar) {
      return scalar.value() == null ? List.of() : List.of(String.valueOf(scalar.value()));
    }
    throw problem(tree, "must be a value or a list of values, not " + tree.describe());
  }

  private static YamlTree required(Mapping mapping, String name) {
    YamlTree value = mapping.get(name);
    if (value == null) {
      throw problem(mapping, "\"" + name + "\" is missing");
    }
    return value;
  }

  /** Returns a mapping that has no other than the known names; null allows all. */
  private static Mapping mapping(YamlTree tree, @Nullable Set<String> known) {
    if (!(tree instanceof Mapping mapping)) {
      throw problem(tree, "must be a map, not " + tree.describe());
    }
    for (YamlTree.Field field : mapping.fields().values()) {
      if (known != null && !known.contains(field.name())) {
        throw new ConfigException(
            field.place(),
            "",
            "unknown name \"" + field.name() + "\"; known are " + String.join(", ", sorted(known)));
      }
    }
    return mapping;
  }

  private static List<String> sorted(Set<String> names) {
    return names.stream().sorted().toList();
  }

  private static <T> List<T> with(List<T> list, List<T> more) {
    List<T> all = new ArrayList<>(list);
    all.addAll(more);
    return List.copyOf(all);
  }

  private static Set<String> with(Set<String> names, String... more) {
    Set<String> all = new LinkedHashSet<>(names);
    all.addAll(List.of(more));
    return Set.copyOf(all);
  }

  private static ConfigException problem(YamlTree tree, String text) {
    return new ConfigException(tree.place(), "", text);
  }
}
