package org.peal.handler.tagging;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.peal.config.ConfigException;
import org.peal.config.Place;
import org.peal.config.Problem;
import org.peal.config.PythonTree;
import org.peal.config.PythonTree.Entry;
import org.peal.config.PythonTree.Mapping;
import org.peal.config.PythonTree.Scalar;
import org.peal.config.PythonTree.Sequence;
import org.peal.config.Suggestion;

/** Reads cases for rules from a file. For one file, one thread. */
public final class RuleCases {

  private static final Set<String> CASE =
      new LinkedHashSet<>(List.of("name", "modulemd", "nsvc", "state", "expect"));
  private static final Set<String> EXPECT = new LinkedHashSet<>(List.of("rule", "tags"));

  private final Path folder;
  private final String state;
  private final BiFunction<String, String, BuildSample> named;

  private RuleCases(Path folder, String state, BiFunction<String, String, BuildSample> named) {
    this.folder = folder;
    this.state = state;
    this.named = named;
  }

  /**
   * Reads the cases of a file.
   *
   * @param state the state of builds whose case names none
   * @param named finds a build by name:stream:version:context, for a state
   * @throws ConfigException with all that is wrong in it
   */
  public static List<RuleCase> read(
      Path file, String state, BiFunction<String, String, BuildSample> named) {
    PythonTree tree = PythonTree.parse(PythonTree.bytes(file), Place.of(file));
    if (!(tree instanceof Sequence list)) {
      throw new ConfigException(tree.place(), "", "file must be a list of cases");
    }
    RuleCases reader = new RuleCases(Place.of(file).folder(), state, named);
    List<RuleCase> cases = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < list.items().size(); i++) {
      try {
        cases.add(reader.one(i + 1, list.items().get(i)));
      } catch (ConfigException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return cases;
  }

  private RuleCase one(int number, PythonTree tree) {
    Mapping mapping = mapping(tree, CASE);
    Mapping expect = mapping(required(mapping, "expect"), EXPECT);
    PythonTree name = mapping.get("name");
    PythonTree given = mapping.get("state");
    String tried = given == null ? state : text(given);
    return new RuleCase(
        name == null ? "case " + number : text(name),
        build(mapping, tried),
        Optional.ofNullable(expect.get("rule")),
        tags(expect.get("tags")));
  }

  private BuildSample build(Mapping mapping, String tried) {
    PythonTree nsvc = mapping.get("nsvc");
    if (nsvc == null) {
      return BuildSample.of(modulemd(required(mapping, "modulemd")), tried);
    } else if (mapping.get("modulemd") != null) {
      throw new ConfigException(nsvc.place(), "", "give either \"modulemd\" or \"nsvc\"");
    }
    return named.apply(text(nsvc), tried);
  }

  private Modulemd modulemd(PythonTree tree) {
    if (tree instanceof Mapping) {
      return Modulemd.of(tree);
    }
    Path file = folder.resolve(text(tree));
    return Modulemd.parse(PythonTree.bytes(file), Place.of(file));
  }

  private static Optional<List<String>> tags(@Nullable PythonTree tree) {
    if (tree == null) {
      return Optional.empty();
    }
    if (!(tree instanceof Sequence list)) {
      throw new ConfigException(tree.place(), "", "tags must be a list");
    }
    return Optional.of(list.items().stream().map(RuleCases::text).toList());
  }

  private static String text(PythonTree tree) {
    if (tree instanceof Scalar scalar && scalar.value() != null) {
      return scalar.text();
    }
    throw new ConfigException(tree.place(), "", "must be text");
  }

  private static PythonTree required(Mapping mapping, String key) {
    PythonTree found = mapping.get(key);
    if (found == null) {
      throw new ConfigException(mapping.place(), "", "\"" + key + "\" is missing");
    }
    return found;
  }

  private static Mapping mapping(PythonTree tree, Set<String> known) {
    if (!(tree instanceof Mapping mapping)) {
      throw new ConfigException(tree.place(), "", "must be a map");
    }
    for (Entry entry : mapping.entries().values()) {
      String key = PythonText.of(entry.key());
      if (!known.contains(key)) {
        throw new ConfigException(entry.key().place(), key, Suggestion.unknownKey(key, known));
      }
    }
    return mapping;
  }
}
