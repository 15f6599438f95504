package org.peal.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A second evaluator that makes lists of everything, and has the JDK compare and search. */
final class NaiveFilter {

  private final Subject subject;

  NaiveFilter(Subject subject) {
    this.subject = subject;
  }

  boolean holds(Expression expression) {
    if (expression instanceof Expression.And and) {
      return holds(and.left()) & holds(and.right());
    } else if (expression instanceof Expression.Or or) {
      return holds(or.left()) | holds(or.right());
    } else if (expression instanceof Expression.Not not) {
      return !holds(not.operand());
    }
    Expression.Test test = (Expression.Test) expression;
    return values(test.path()).stream().filter(v -> meets(v, test.condition())).count() > 0;
  }

  private List<JsonNode> values(Path path) {
    List<JsonNode> values = field(path.field().word()).toList();
    for (Step step : path.steps()) {
      values = values.stream().flatMap(value -> step(value, step)).toList();
    }
    return values;
  }

  private static Stream<JsonNode> step(JsonNode value, Step step) {
    if (step instanceof Step.Member member) {
      return value.isObject() ? Stream.ofNullable(value.get(member.name())) : Stream.of();
    } else if (step instanceof Step.Element element) {
      return elements(value).skip(element.index()).limit(1);
    }
    return elements(value);
  }

  private static Stream<JsonNode> elements(JsonNode value) {
    return value.isArray() ? StreamSupport.stream(value.spliterator(), false) : Stream.of();
  }

  private Stream<JsonNode> field(String name) {
    JsonNode envelope = subject.envelope();
    Stream<JsonNode> topic = texts(envelope, "topic");
    return switch (name) {
      case "topic" -> topic;
      case "environment" -> topic.flatMap(t -> parts(t).skip(2).limit(1));
      case "service" -> topic.flatMap(t -> parts(t).skip(3).limit(1));
      case "object" -> topic.flatMap(t -> parts(t).count() < 6 ? null : parts(t).skip(4).limit(1));
      case "event" -> topic.flatMap(t -> parts(t).skip(4).reduce((a, b) -> b).stream());
      case "id" -> texts(envelope, "msg_id");
      case "user" -> texts(envelope, "username");
      case "timestamp" -> Stream.ofNullable(envelope.get("timestamp")).filter(JsonNode::isNumber);
      case "signer" -> subject.signer().map(s -> Literal.of(s).value()).stream();
      case "body" -> Stream.ofNullable(envelope.get("msg"));
      case "headers" -> Stream.ofNullable(envelope.get("headers"));
      case "envelope" -> Stream.of(envelope);
      default -> throw new AssertionError(name);
    };
  }

  private static Stream<JsonNode> texts(JsonNode envelope, String member) {
    return Stream.ofNullable(envelope.get(member)).filter(JsonNode::isTextual);
  }

  private static Stream<JsonNode> parts(JsonNode topic) {
    return Stream.of(topic.textValue().split("\\.", -1)).map(part -> Literal.of(part).value());
  }

  private static boolean meets(JsonNode value, Condition condition) {
    if (condition instanceof Condition.Equal equal) {
      return equal(value, equal.literal());
    } else if (condition instanceof Condition.In in) {
      return in.literals().stream().anyMatch(literal -> equal(value, literal));
    } else if (condition instanceof Condition.Ordered ordered) {
      return ordered(value, ordered.order(), ordered.literal().value());
    } else if (condition instanceof Condition.Contains contains) {
      return contains(value, contains.literal());
    } else if (condition instanceof Condition.Exists) {
      return true;
    }
    return value.isTextual() && covers(value.textValue(), condition);
  }

  private static boolean covers(String text, Condition condition) {
    if (condition instanceof Condition.Like like) {
      String regex = like.glob().pattern().replace(".", "\\.").replace("?", ".").replace("*", ".*");
      return Pattern.compile(regex, Pattern.DOTALL).matcher(text).matches();
    } else if (condition instanceof Condition.Under under) {
      return covers(under.pattern().segments(), List.of(text.split("\\.", -1)));
    }
    return Pattern.compile(((Condition.Matches) condition).regex().pattern()).matcher(text).find();
  }

  private static boolean covers(List<String> pattern, List<String> topic) {
    if (pattern.isEmpty()) {
      return topic.isEmpty();
    }
    List<String> rest = pattern.subList(1, pattern.size());
    if (pattern.get(0).equals("#")) {
      return covers(rest, topic)
          || !topic.isEmpty() && covers(pattern, topic.subList(1, topic.size()));
    }
    return !topic.isEmpty()
        && (pattern.get(0).equals("*") || pattern.get(0).equals(topic.get(0)))
        && covers(rest, topic.subList(1, topic.size()));
  }

  private static boolean contains(JsonNode value, Literal literal) {
    if (value.isTextual() && literal.value().isTextual()) {
      return value.textValue().indexOf(literal.value().textValue()) >= 0;
    }
    return elements(value).anyMatch(element -> equal(element, literal));
  }

  private static boolean equal(JsonNode value, Literal literal) {
    return ordered(value, Order.AT_MOST, literal.value())
            && ordered(value, Order.AT_LEAST, literal.value())
        || !value.isNumber() && value.equals(literal.value());
  }

  private static boolean ordered(JsonNode value, Order order, JsonNode literal) {
    if (value.isNumber() && literal.isNumber()) {
      return order.accepts(exact(value).compareTo(exact(literal)));
    }
    return value.isTextual()
        && literal.isTextual()
        && order.accepts(value.textValue().compareTo(literal.textValue()));
  }

  private static BigDecimal exact(JsonNode number) {
    return number.isDouble()
        ? new BigDecimal(number.doubleValue())
        : new BigDecimal(number.asText());
  }
}
