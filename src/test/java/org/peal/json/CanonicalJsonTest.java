package org.peal.json;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CanonicalJsonTest {

  static List<JsonNode> vectors() {
    return Vectors.read("canonical.jsonl");
  }

  static List<JsonNode> messages() {
    return Vectors.read("messages.jsonl");
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void write_vector_asPython(JsonNode vector) {
    String input = vector.get("input").textValue();
    if (vector.has("error")) {
      assertThatThrownBy(() -> canonical(input)).isInstanceOf(MalformedJsonException.class);
    } else {
      assertThat(canonical(input)).isEqualTo(vector.get("canonical").textValue());
    }
  }

  @ParameterizedTest
  @MethodSource("messages")
  void write_messageWithoutCredentials_isWhatWasSigned(JsonNode vector) {
    ObjectNode message = (ObjectNode) parse(vector.get("wire").textValue());
    byte[] signed = CanonicalJson.write(message, Set.of("signature", "certificate"));
    assertThat(new String(signed, US_ASCII)).isEqualTo(vector.get("canonical").textValue());
  }

  @Test
  void write_deepestTreeOnSmallStack_isNoProblem() throws InterruptedException {
    String deep = "[{\"a\":".repeat(500) + "1" + "}]".repeat(500);
    JsonNode tree =
        StrictJson.parse(deep.getBytes(UTF_8), new JsonLimits(1 << 20, 1000, 4300, 10_000));
    AtomicReference<Object> result = new AtomicReference<>();
    Thread small =
        new Thread(
            null,
            () -> result.set(new String(CanonicalJson.write(tree), US_ASCII)),
            "small-stack",
            160 << 10);
    small.setUncaughtExceptionHandler((thread, problem) -> result.set(problem));
    small.start();
    small.join();
    assertThat(result.get()).isEqualTo(deep);
  }

  @Test
  void write_withoutMembers_leavesThemOutAtTheTopOnly() {
    ObjectNode object =
        (ObjectNode) parse("{\"a\":{\"a\":1},\"b\":{\"a\":1,\"b\":[{\"b\":2}]},\"c\":3}");
    assertThat(CanonicalJson.write(object, Set.of("a", "x")))
        .asString()
        .isEqualTo("{\"b\":{\"a\":1,\"b\":[{\"b\":2}]},\"c\":3}");
    assertThat(CanonicalJson.write(object, Set.of("a", "b", "c"))).asString().isEqualTo("{}");
    assertThat(object.size()).isEqualTo(3);
  }

  @Test
  void write_nodeThatIsNoJson_throws() {
    JsonNode binary = JsonNodeFactory.instance.arrayNode().add(new byte[1]);
    assertThatThrownBy(() -> CanonicalJson.write(binary))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("BINARY");
  }

  @Test
  void write_longString_isWrittenAsItsPartsAre() {
    List<String> parts =
        List.of(
            "plain ~ text",
            "?",
            "\"",
            "\\",
            "\n",
            "\u007f",
            "\u00e9",
            "\ud83d\ude00",
            "\ud83d",
            "?\ude00");
    for (String part : parts) {
      for (String other : parts) {
        String text = "x".repeat(60) + part + "y".repeat(60) + other;
        String expected =
            "\"" + "x".repeat(60) + inside(part) + "y".repeat(60) + inside(other) + "\"";
        assertThat(CanonicalJson.write(TextNode.valueOf(text))).asString().isEqualTo(expected);
      }
    }
  }

  /** Returns what is written of a short text, without the quotes. */
  private static String inside(String text) {
    String written = new String(CanonicalJson.write(TextNode.valueOf(text)), US_ASCII);
    return written.substring(1, written.length() - 1);
  }

  @Test
  void write_longText_growsAsNeeded() {
    String array = IntStream.range(0, 100_000).mapToObj(String::valueOf).collect(joining(","));
    String escapes = "\\u00e9".repeat(100_000);
    String text = "{\"a\":[" + array + "],\"b\":\"" + escapes + "\",\"c\":\"" + array + "\"}";
    assertThat(canonical(text)).isEqualTo(text);
  }

  @Test
  void write_nodesMadeByHand_asThoseRead() {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("short", (short) 1).put("float", 0.5f).put("decimal", new BigDecimal("1.50"));
    object.put("min", Long.MIN_VALUE).putNull("null").put("a", true);
    assertThat(new String(CanonicalJson.write(object), US_ASCII))
        .isEqualTo(
            "{\"a\":true,\"decimal\":1.5,\"float\":0.5,\"min\":-9223372036854775808,"
                + "\"null\":null,\"short\":1}");
  }

  private static String canonical(String input) {
    return new String(CanonicalJson.write(parse(input)), US_ASCII);
  }

  private static JsonNode parse(String text) {
    return StrictJson.parse(text.getBytes(UTF_8), JsonLimits.DEFAULT);
  }

  @Test
  void insert_anyMemberIntoAnyObject_asIfWrittenWithIt() {
    List<String> names = List.of("", "a", "b", "ba", "z", "é", "\uFFFF", "\uD83D\uDE00", "\"");
    for (int present = 0; present < 1 << names.size(); present++) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      for (int i = 0; i < names.size(); i++) {
        if ((present >> i & 1) != 0) {
          object.put(names.get(i), i);
        }
      }
      for (String name : names) {
        if (!object.has(name)) {
          byte[] inserted =
              CanonicalJson.insert(CanonicalJson.write(object), object, name, new byte[] {'7'});
          assertThat(inserted).isEqualTo(CanonicalJson.write(object.deepCopy().put(name, 7)));
        }
      }
    }
  }
}
