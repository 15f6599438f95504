package org.peal.bus.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.bus.Draft;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;
import org.peal.message.MessageId;
import org.peal.message.Topic;
import org.peal.schema.Schemas;

/** The recorded messages whose kinds are declared by files. */
class SchemaVectorsTest {

  private static final Map<String, String> KEYS =
      Map.of(
          "user", "usernames",
          "group", "groups",
          "rpm", "packages",
          "container", "containers",
          "module", "modules",
          "flatpak", "flatpaks");

  @TempDir Path folder;
  private Schemas schemas;

  @BeforeEach
  void declareKinds() throws IOException {
    String text = String.join("\n", AmqpVectors.lines("test-schemas.json"));
    JsonNode kinds = StrictJson.parse(text.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
    for (Map.Entry<String, JsonNode> kind : kinds.properties()) {
      Files.writeString(
          folder.resolve(kind.getKey() + ".json"), declaration(kind.getValue()).toString());
    }
    schemas = Schemas.load(folder);
  }

  private static ObjectNode declaration(JsonNode kind) {
    ObjectNode file = JsonNodeFactory.instance.objectNode();
    file.set("package-name", kind.path("package"));
    file.set("topic", kind.path("class_topic"));
    file.set("deprecated", kind.path("deprecated"));
    file.set("body-schema", kind.path("body_schema"));
    for (Map.Entry<String, JsonNode> family : kind.path("filters_from_body").properties()) {
      String member = family.getValue().textValue();
      if (!member.contains(" ")) { // the other one tells that the property raises an error
        ArrayNode paths = file.putArray(KEYS.get(family.getKey()));
        paths.add("body." + member + "[]");
      }
    }
    if (kind.has("summary")) {
      file.put("summary", kind.path("summary").textValue().replace("{", "{body."));
    }
    return file;
  }

  @Test
  void make_recordedBody_hasTheFilterHeadersInTheirOrder() {
    for (String name : List.of("schema-everything", "schema-deprecated")) {
      JsonNode row = row("publish.jsonl", name);
      AmqpMessage expected = AmqpVectors.message(row);
      ObjectNode own = JsonNodeFactory.instance.objectNode();
      own.put(HeaderNames.SCHEMA, expected.schema());
      MessageMaker maker =
          new MessageMaker(
              schemas,
              Optional.empty(),
              InstantSource.fixed(expected.sentAt().orElseThrow()),
              UUID::randomUUID);

      AmqpMessage made =
          maker.make(
              new Draft(
                  new Topic(expected.topic()),
                  expected.body(),
                  own,
                  expected.severity(),
                  expected.id().map(MessageId::new),
                  Optional.empty(),
                  Optional.empty()));

      assertThat(List.copyOf(made.headers().properties()))
          .as(name)
          .isEqualTo(List.copyOf(expected.headers().properties()));
    }
  }

  @Test
  void decode_knownSchema_isChecked() {
    AmqpCodec codec = new AmqpCodec(schemas, JsonLimits.DEFAULT);

    assertThat(decode(codec, "schema-body-invalid")).isInstanceOf(Received.Invalid.class);
    Received valid = decode(codec, "schema-body-valid");
    assertThat(valid).isInstanceOf(Received.Valid.class);
    assertThat(((Received.Valid) valid).schema().name()).isEqualTo("catalogue.everything.v1");
  }

  @Test
  void summary_recordedBody_isThatOfPython() {
    JsonNode row = row("publish.jsonl", "schema-everything");
    AmqpMessage message = AmqpVectors.message(row);

    assertThat(
            schemas.find(message.schema()).orElseThrow().summary(message.topic(), message.body()))
        .isEqualTo(row.path("api").path("summary").textValue());
  }

  @Test
  void read_recordedLineOfAKnownKind_keepsItAndItsHeaders() {
    for (String line : AmqpVectors.lines("record.txt")) {
      byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
      JsonNode said = StrictJson.parse(utf8, JsonLimits.DEFAULT);
      if (said.path("headers").path(HeaderNames.SCHEMA).asText().startsWith("catalogue.")) {
        assertThat(RecordLine.read(utf8, schemas).headers()).isEqualTo(said.path("headers"));
      }
    }
  }

  private static Received decode(AmqpCodec codec, String name) {
    JsonNode row = row("receive.jsonl", name);
    return codec.decode(
        row.path("routing_key").textValue(),
        AmqpVectors.properties(AmqpVectors.bytes(row, "property_list_b64")),
        AmqpVectors.body(row),
        "q");
  }

  private static JsonNode row(String file, String name) {
    return AmqpVectors.rows(file).stream()
        .filter(row -> row.path("name").textValue().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
