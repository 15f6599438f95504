package org.peal.endpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.peal.config.ConfigException;
import org.peal.config.Problem;
import org.peal.config.Suggestion;
import org.peal.config.YamlTree;

/** Understands one endpoint file and gathers what is wrong with it. For one file, one thread. */
final class EndpointFileParser {

  private static final String ENDPOINTS = "endpoints";
  private static final String REPLAY = "replay_endpoints";
  private static final String DOMAINS = "srv_endpoints";
  private static final List<String> KEYS = List.of(ENDPOINTS, REPLAY, DOMAINS);

  // fedmsg-config prints its whole configuration; any of these tells such a file from one of ours,
  // and its other keys are then none of our business.
  private static final Set<String> MARKS_OF_A_DUMP =
      Set.of("topic_prefix", "environment", "io_threads");

  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, List<KnownEndpoint>> places = new LinkedHashMap<>();

  /** The publishers that a file lists, each with its line, and the domains that list more. */
  record Listing(Map<String, List<KnownEndpoint>> endpoints, List<String> domains) {}

  private EndpointFileParser() {}

  /**
   * Returns what a file says; an empty file says nothing.
   *
   * @throws ConfigException with every problem of the file
   */
  static EndpointMap parse(YamlTree tree) {
    return new EndpointFileParser().good(tree);
  }

  /**
   * Returns the publishers of a file with their lines.
   *
   * @throws ConfigException with every problem of the file
   */
  static Listing list(YamlTree tree) {
    EndpointFileParser parser = new EndpointFileParser();
    EndpointMap map = parser.good(tree);
    parser.places.keySet().retainAll(map.subscribable().keySet());
    return new Listing(parser.places, map.domains());
  }

  private EndpointMap good(YamlTree tree) {
    EndpointMap map = file(tree);
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return map;
  }

  private EndpointMap file(YamlTree tree) {
    if (isNothing(tree)) {
      return EndpointMap.EMPTY;
    }
    if (!(tree instanceof YamlTree.Mapping mapping)) {
      report(tree, "", "file must be a map with the keys " + String.join(", ", KEYS));
      return EndpointMap.EMPTY;
    }
    if (mapping.fields().keySet().stream().noneMatch(MARKS_OF_A_DUMP::contains)) {
      mapping.fields().values().forEach(this::requireKnown);
    }
    return new EndpointMap(
        services(ENDPOINTS, mapping.get(ENDPOINTS)),
        services(REPLAY, mapping.get(REPLAY)),
        domains(mapping.get(DOMAINS)));
  }

  private void requireKnown(YamlTree.Field field) {
    if (!KEYS.contains(field.name())) {
      String text = Suggestion.unknownKey(field.name(), KEYS);
      problems.add(new Problem(field.place(), field.name(), text));
    }
  }

  private Map<String, List<Endpoint>> services(String key, @Nullable YamlTree said) {
    Map<String, List<Endpoint>> result = new LinkedHashMap<>();
    if (said instanceof YamlTree.Mapping mapping) {
      mapping
          .fields()
          .forEach((name, field) -> result.put(name, addresses(key, name, field.value())));
    } else if (said != null && !isNothing(said)) {
      report(said, key, "must be a map of names to addresses, but is " + said.describe());
    }
    return result;
  }

  private List<Endpoint> addresses(String key, String name, YamlTree said) {
    List<Endpoint> result = new ArrayList<>();
    List<KnownEndpoint> listed = new ArrayList<>();
    for (YamlTree item : items(said)) {
      try {
        Endpoint address = address(item);
        result.add(address);
        listed.add(new KnownEndpoint(name, address.forConnecting(), item.place().withoutColumn()));
      } catch (IllegalArgumentException e) {
        report(item, key + "." + name, String.valueOf(e.getMessage()));
      }
    }
    if (key.equals(ENDPOINTS)) {
      places.put(name, listed);
    }
    return result;
  }

  private Endpoint address(YamlTree said) {
    Endpoint address = Endpoint.parse(text(said));
    if (address.port() == 0) {
      throw new IllegalArgumentException(
          "port must be 1 to 65535 for others to connect to: \"" + address + "\"");
    }
    return address;
  }

  private List<String> domains(@Nullable YamlTree said) {
    List<String> result = new ArrayList<>();
    if (said != null && !isNothing(said)) {
      for (YamlTree item : items(said)) {
        try {
          result.add(domain(item));
        } catch (IllegalArgumentException e) {
          report(item, DOMAINS, String.valueOf(e.getMessage()));
        }
      }
    }
    return result;
  }

  private static String domain(YamlTree said) {
    if (said instanceof YamlTree.Scalar scalar && scalar.value() instanceof String text) {
      return Domains.check(text);
    }
    throw new IllegalArgumentException(
        "must be a list of domain names, but has " + said.describe());
  }

  private static List<YamlTree> items(YamlTree said) {
    return said instanceof YamlTree.Sequence list ? list.items() : List.of(said);
  }

  private static String text(YamlTree said) {
    if (said instanceof YamlTree.Scalar scalar && scalar.value() instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(
        "address must look like tcp://host:port, but is " + said.describe());
  }

  private static boolean isNothing(YamlTree tree) {
    return tree instanceof YamlTree.Scalar scalar && scalar.value() == null;
  }

  private void report(YamlTree said, String key, String text) {
    problems.add(new Problem(said.place(), key, text));
  }
}
