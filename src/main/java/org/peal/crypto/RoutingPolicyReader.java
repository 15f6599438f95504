package org.peal.crypto;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads routing policies from trees. Stateless.
 *
 * <p>Two shapes are understood: an object of topics to signers, and an object that has such an
 * object as {@code routing_policy}, as {@code fedmsg-config} prints it. The signers of a topic are
 * a list of names, or one name.
 */
public final class RoutingPolicyReader {

  private static final String POLICY = "routing_policy";
  private static final String NITPICKY = "routing_nitpicky";

  private RoutingPolicyReader() {}

  /**
   * Reads a policy; nitpicky only if the tree says so.
   *
   * @param source names the file in error messages
   * @throws TrustException if the tree is not a policy, naming the topic at fault
   */
  public static RoutingPolicy read(JsonNode tree, String source) {
    if (!tree.isObject()) {
      throw problem(source, "a routing policy must be a map of topics to signers");
    }
    boolean wrapped = tree.has(POLICY) || tree.has(NITPICKY);
    JsonNode topics = wrapped ? tree.path(POLICY) : tree;
    return build(rules(topics, source), wrapped && nitpicky(tree, source), source);
  }

  private static RoutingPolicy build(
      List<RoutingPolicy.Rule> rules, boolean nitpicky, String source) {
    try {
      return new RoutingPolicy(rules, nitpicky);
    } catch (IllegalArgumentException e) {
      throw problem(source, String.valueOf(e.getMessage()));
    }
  }

  private static boolean nitpicky(JsonNode tree, String source) {
    JsonNode value = tree.path(NITPICKY);
    if (value.isMissingNode() || value.isNull()) {
      return false;
    }
    if (!value.isBoolean()) {
      throw problem(source, NITPICKY + " must be true or false: " + value);
    }
    return value.booleanValue();
  }

  private static List<RoutingPolicy.Rule> rules(JsonNode topics, String source) {
    if (topics.isMissingNode() || topics.isNull()) {
      return List.of();
    }
    if (!topics.isObject()) {
      throw problem(source, POLICY + " must be a map of topics to signers");
    }
    List<RoutingPolicy.Rule> rules = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : topics.properties()) {
      rules.add(rule(entry.getKey(), entry.getValue(), source));
    }
    return rules;
  }

  private static RoutingPolicy.Rule rule(String topic, JsonNode value, String source) {
    if (topic.isEmpty()) {
      throw problem(source, "a topic must not be empty");
    }
    return new RoutingPolicy.Rule(topic, signers(topic, value, source));
  }

  private static Set<String> signers(String topic, JsonNode value, String source) {
    if (value.isTextual()) {
      return Set.of(value.textValue());
    }
    if (!value.isArray()) {
      throw notSigners(topic, value, source);
    }
    Set<String> names = new HashSet<>();
    for (JsonNode name : value) {
      if (!name.isTextual()) {
        throw notSigners(topic, name, source);
      }
      names.add(name.textValue());
    }
    return names;
  }

  private static TrustException notSigners(String topic, JsonNode value, String source) {
    return problem(
        source, "the signers of \"" + topic + "\" must be a name or a list of names: " + value);
  }

  private static TrustException problem(String source, String text) {
    return new TrustException(source + ": " + text, null);
  }
}
