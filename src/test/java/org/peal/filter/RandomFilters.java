package org.peal.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.peal.message.TopicPattern;

/** Expressions and messages of a small world, so that they have to do with each other. */
final class RandomFilters {

  private static final List<String> NAMES = List.of("a", "b", "not", "odd key", "c-d");
  private static final List<String> TEXTS =
      List.of("", "a", "b", "ab", "a.b", "A\"'\\\n", "\u20ac", "\ud83d\udd14", "\ue000", "\ud800");
  private static final List<JsonNode> NUMBERS =
      List.of(
          IntNode.valueOf(0),
          IntNode.valueOf(1),
          IntNode.valueOf(-1),
          LongNode.valueOf(Long.MAX_VALUE),
          BigIntegerNode.valueOf(BigInteger.ONE.shiftLeft(63)),
          DoubleNode.valueOf(1.0),
          DoubleNode.valueOf(-0.5),
          DoubleNode.valueOf(0x1p63),
          DoubleNode.valueOf(1e300));

  private final SplittableRandom random;

  RandomFilters(SplittableRandom random) {
    this.random = random;
  }

  Expression expression(int depth) {
    return switch (depth == 0 ? 3 : random.nextInt(5)) {
      case 0 -> new Expression.And(expression(depth - 1), expression(depth - 1));
      case 1 -> new Expression.Or(expression(depth - 1), expression(depth - 1));
      case 2 -> new Expression.Not(expression(depth - 1));
      default -> new Expression.Test(path(), condition());
    };
  }

  private Path path() {
    Field field = random.nextBoolean() ? Field.BODY : one(List.of(Field.values()));
    return new Path(field, field.hasMembers() ? some(3, this::step) : List.of());
  }

  private Step step() {
    return switch (random.nextInt(4)) {
      case 0 -> new Step.Element(random.nextInt(3));
      case 1 -> new Step.Each();
      default -> new Step.Member(one(NAMES));
    };
  }

  private Condition condition() {
    return switch (random.nextInt(8)) {
      case 0 -> new Condition.Exists();
      case 1 -> new Condition.Equal(literal());
      case 2 ->
          new Condition.Ordered(
              one(List.of(Order.values())),
              random.nextBoolean() ? new Literal(one(NUMBERS)) : Literal.of(one(TEXTS)));
      case 3 ->
          new Condition.In(
              Stream.concat(Stream.of(literal()), some(3, this::literal).stream()).toList());
      case 4 -> new Condition.Contains(literal());
      case 5 -> new Condition.Like(Glob.compile(one(List.of("", "*", "?", "a*", "*.b", "?*b"))));
      case 6 ->
          new Condition.Under(
              TopicPattern.parse(one(List.of("a", "#", "*", "a.*", "#.b", "*.#.*.a"))));
      default ->
          new Condition.Matches(Regex.compile(one(List.of("", "a", "^b", "a|\\.", "[^a]$"))));
    };
  }

  private Literal literal() {
    return new Literal(scalar());
  }

  private JsonNode scalar() {
    return switch (random.nextInt(5)) {
      case 0 -> NullNode.instance;
      case 1 -> BooleanNode.valueOf(random.nextBoolean());
      case 2 -> one(NUMBERS);
      default -> TextNode.valueOf(one(TEXTS));
    };
  }

  Subject subject() {
    ObjectNode envelope = JsonNodeFactory.instance.objectNode();
    sometimes(envelope, "topic", TextNode.valueOf(String.join(".", some(7, () -> one(TEXTS)))));
    sometimes(envelope, "msg", value(4));
    for (String member : List.of("topic", "msg_id", "username", "timestamp", "headers")) {
      if (!envelope.has(member)) {
        sometimes(envelope, member, value(1));
      }
    }
    Optional<String> signer = random.nextBoolean() ? Optional.of(one(TEXTS)) : Optional.empty();
    return new Subject(random.nextInt(50) == 0 ? value(2) : envelope, signer);
  }

  private void sometimes(ObjectNode envelope, String member, JsonNode value) {
    if (random.nextInt(8) > 0) {
      envelope.set(member, value);
    }
  }

  private JsonNode value(int depth) {
    switch (depth == 0 ? 2 : random.nextInt(4)) {
      case 0 -> {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        some(4, () -> value(depth - 1)).forEach(array::add);
        return array;
      }
      case 1 -> {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        NAMES.forEach(name -> sometimes(object, name, value(depth - 1)));
        return object;
      }
      default -> {
        return scalar();
      }
    }
  }

  private <T> T one(List<T> choice) {
    return choice.get(random.nextInt(choice.size()));
  }

  private <T> List<T> some(int bound, Supplier<T> supplier) {
    return Stream.generate(supplier).limit(random.nextInt(bound)).toList();
  }
}
