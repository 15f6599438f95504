package org.peal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peal.config.ConfigException;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;
import org.peal.message.Severity;

class SchemasTest {

  private static final ObjectNode NO_HEADERS = JsonNodeFactory.instance.objectNode();

  @TempDir Path folder;

  @Test
  void load_file_declaresAKind() throws IOException {
    write(
        "git.push.v1.yaml",
        """
        package-name: git_messages
        topic: git.push
        severity: warning
        deprecated: true
        summary: "{body.user} pushed to {body.repo}: {body.commits[].id}"
        usernames: [body.user, "body.commits[].author", body.watchers]
        packages: body.repo
        body-schema:
          $schema: http://json-schema.org/draft-04/schema#
          type: object
          properties: {user: {type: string}}
          required: [user]
        """);

    MessageSchema schema = Schemas.load(folder).find("git.push.v1").orElseThrow();

    ObjectNode body =
        json(
            """
            {"user": "ann", "repo": "bash", "watchers": ["bob", "ann", {"no": 1}],
             "commits": [{"id": 1, "author": "cy"}, {"id": 2}]}
            """);
    assertThat(schema.packageName()).contains("git_messages");
    assertThat(schema.topic()).isEqualTo("git.push");
    assertThat(schema.severity()).isEqualTo(Severity.WARNING);
    assertThat(schema.isDeprecated()).isTrue();
    assertThat(schema.filterHeaders(body))
        .containsExactly(
            "fedora_messaging_user_ann",
            "fedora_messaging_user_cy",
            "fedora_messaging_user_bob",
            "fedora_messaging_rpm_bash");
    assertThat(schema.summary("t", body)).isEqualTo("ann pushed to bash: 1, 2");
    assertThat(schema.problem(NO_HEADERS, body)).isEmpty();
    assertThat(schema.problem(NO_HEADERS, json("{}")))
        .hasValueSatisfying(text -> assertThat(text).contains("git.push.v1").contains("user"));
  }

  @Test
  void load_nothingSaid_isAKindThatTakesEveryObject() throws IOException {
    write("a.json", "{}");

    MessageSchema schema = Schemas.load(folder).find("a").orElseThrow();

    assertThat(schema.problem(NO_HEADERS, json("{\"x\": 1}"))).isEmpty();
    assertThat(schema.severity()).isEqualTo(Severity.INFO);
    assertThat(schema.summary("the.topic", json("{}"))).isEqualTo("the.topic");
    assertThat(schema.filterHeaders(json("{}"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://json-schema.org/draft-04/schema#,1.0,false",
    "http://json-schema.org/draft-06/schema#,1.0,true",
    "http://json-schema.org/draft-07/schema#,1.0,true",
    "https://json-schema.org/draft/2020-12/schema,1.0,true",
    "http://example.org/unknown,1.0,true",
    "http://json-schema.org/draft-04/schema#,1,true",
    "http://json-schema.org/draft-04/schema#,true,false"
  })
  void problem_wholeNumber_isWhatTheDraftSays(String draft, String number, boolean fits)
      throws IOException {
    write(
        "n.yaml",
        """
        body-schema: {"$schema": "%s", properties: {n: {type: integer}}}
        """
            .formatted(draft));

    MessageSchema schema = Schemas.load(folder).find("n").orElseThrow();

    assertThat(schema.problem(NO_HEADERS, json("{\"n\": " + number + "}")).isEmpty())
        .isEqualTo(fits);
  }

  @Test
  void load_badFiles_reportsAllOfThem() throws IOException {
    write("a.yaml", "usernames: [who]\n");
    write("b.yaml", "sumary: x\n");
    write("c.yaml", "summary: '{body.x'\n");
    write("d.yaml", "name: e\n");
    write("e.yaml", "{}\n");

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> Schemas.load(folder))
        .withMessageContaining("path \"who\"")
        .withMessageContaining("did you mean \"summary\"?")
        .withMessageContaining("a brace is not closed")
        .withMessageContaining("is there twice: \"e\"");
  }

  @Test
  void builtIn_base_checksHeaders() {
    MessageSchema base = Schemas.builtIn().find("base.message").orElseThrow();

    assertThat(base.problem(NO_HEADERS, json("{}"))).isEmpty();
    assertThat(base.problem(json("{\"fedora_messaging_severity\": 20.0}"), json("{}"))).isEmpty();
    assertThat(base.problem(json("{\"fedora_messaging_severity\": 25}"), json("{}"))).isPresent();
    assertThat(base.problem(json("{\"sent-at\": 5}"), json("{}"))).isPresent();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) StrictJson.parse(text.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
  }
}
