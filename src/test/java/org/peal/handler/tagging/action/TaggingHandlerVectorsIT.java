package org.peal.handler.tagging.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.peal.handler.tagging.Compat;
import org.peal.handler.tagging.TaggingVectors;
import org.peal.handler.tagging.TaggingVectors.Case;
import org.peal.json.CanonicalJson;
import org.peal.metrics.Sample;
import org.peal.store.OutboxRow;
import org.peal.testing.HubTrouble;

/**
 * The recorded behaviour of the original, message by message: what the handler asks of a hub over
 * HTTP, and what it announces.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TaggingHandlerVectorsIT {

  private TaggingSite site;
  private Path folder;

  @BeforeAll
  void open(@TempDir Path made) throws Exception {
    folder = made;
    site = new TaggingSite(made);
  }

  @AfterAll
  void close() {
    site.close();
  }

  static List<Case> parity() {
    return Stream.concat(TaggingVectors.cases().stream(), TaggingVectors.random().stream())
        .filter(Case::parity)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("parity")
  void handle_likeTheOriginal_asksAndAnnouncesTheSame(Case row) {
    site.rules(row.rules());
    JsonNode id = row.body().path("id");
    if (id.canConvertToLong()) {
      site.module(id.longValue(), "any", row.modulemd());
    }
    List<JsonNode> expected = withoutRepetitions(row.expected().get("koji"));
    site.hub.state().forgetTasks();
    prepareHub(expected);
    int before = site.hub.seen("tagBuild").size();
    site.start(
        row.id(), settings(row), Map.of("MTS_DRY_RUN", row.config().path("dry_run").asText("")));
    site.clearOutbox();

    site.take(row.body(), TaggingSite.START.minus(Duration.ofDays(1)));

    List<String> asked = new ArrayList<>();
    site.hub
        .seen("tagBuild")
        .subList(before, site.hub.seen("tagBuild").size())
        .forEach(call -> asked.add(String.valueOf(call.params())));
    assertThat(asked).isEqualTo(expected.stream().map(TaggingHandlerVectorsIT::args).toList());
    assertThat(site.outbox().stream().map(TaggingHandlerVectorsIT::shape).toList())
        .isEqualTo(announced(row));
    assertThat(site.waiting()).isZero();
    assertThat(matched()).isEqualTo(row.expected().at("/metrics/matched_module_builds").asLong());
    assertThat(site.decisions())
        .singleElement()
        .satisfies(one -> assertThat(one.get("outcome")).isEqualTo(row.expected().get("outcome")));
  }

  private TaggingHandlerSettings settings(Case row) {
    TaggingHandlerSettings usual =
        site.settings(Compat.ORIGINAL, folder.resolve("rules.yaml").toString());
    List<String> filter = new ArrayList<>();
    row.config().path("build_state_msg_filter").forEach(state -> filter.add(state.textValue()));
    return new TaggingHandlerSettings(
        usual.rulesFileUrl(),
        usual.mbsApiUrl(),
        usual.requestsTimeout(),
        row.config().path("build_state").textValue(),
        row.config().has("build_state_msg_filter") ? filter : null,
        usual.compat(),
        null,
        null,
        null,
        null,
        null,
        null,
        usual.kojiConfig(),
        null,
        null,
        null);
  }

  private void prepareHub(List<JsonNode> calls) {
    for (JsonNode call : calls) {
      site.hub.state().addTag(call.get("args").get(0).textValue());
      site.hub.state().addBuild(call.get("args").get(1).textValue());
      JsonNode fault = call.get("fault");
      site.hub.trouble(
          "tagBuild",
          fault == null
              ? new HubTrouble.None()
              : new HubTrouble.Fault(
                  fault.get("code").intValue(), fault.get("string").textValue()));
    }
  }

  /** Leaves out what was asked for again after it was granted. */
  private static List<JsonNode> withoutRepetitions(JsonNode calls) {
    Set<JsonNode> seen = new LinkedHashSet<>();
    List<JsonNode> once = new ArrayList<>();
    for (JsonNode call : calls) {
      if (!seen.contains(call.get("args"))) {
        once.add(call);
      }
      if (!call.has("fault")) {
        seen.add(call.get("args"));
      }
    }
    return once;
  }

  private static String args(JsonNode call) {
    JsonNode args = call.get("args");
    return List.of(args.get(0).textValue(), args.get(1).textValue()).toString();
  }

  /** What the broker refused at first comes out later here, so that it is expected as well. */
  private static List<String> announced(Case row) {
    List<String> all = new ArrayList<>();
    for (JsonNode message : row.expected().get("published")) {
      all.add(
          "org.fedoraproject.prod.mts."
              + message.get("topic").textValue()
              + " "
              + plain(message.get("body")));
    }
    return all;
  }

  private static String shape(OutboxRow row) {
    return row.message().topic() + " " + plain(TaggingSite.json(row.message().body()));
  }

  /** Has a mark for the number of a task, which is the hub's affair, and each tag once. */
  private static String plain(JsonNode body) {
    ObjectNode copy = body.deepCopy();
    if (copy.get("destination_tags") instanceof ArrayNode tags) {
      Set<JsonNode> once = new LinkedHashSet<>();
      Set<String> seen = new LinkedHashSet<>();
      for (JsonNode tag : tags) {
        ObjectNode one = tag.deepCopy();
        one.put("task_id", one.get("task_id").isNumber() ? "a task" : "none");
        if (seen.add(one.get("tag").textValue())) {
          once.add(one);
        }
      }
      tags.removeAll();
      once.forEach(tags::add);
    }
    return new String(CanonicalJson.write(copy), StandardCharsets.UTF_8);
  }

  private long matched() {
    Optional<Sample> sample =
        site.handler().samples().stream()
            .filter(one -> one.name().equals("matched_module_builds"))
            .findFirst();
    return sample.map(one -> (long) one.value()).orElse(-1L);
  }
}
