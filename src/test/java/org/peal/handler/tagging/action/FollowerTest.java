package org.peal.handler.tagging.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the tasks end that were announced. */
class FollowerTest {

  private static final String REQUESTED = "org.fedoraproject.prod.mts.build.tag.requested";

  @TempDir Path folder;

  private TaggingSite site;
  private JsonNode announced;

  @BeforeEach
  void announce() throws Exception {
    site = new TaggingSite(folder);
    site.rules("- {id: all, type: module, destinations: [f29, f30]}\n");
    site.hub.state().addTag("f29");
    site.hub.state().addTag("f30");
    site.hub.state().lock("f30");
    ObjectNode body = site.build(7, "virt");
    site.start("tagging", site.settings(), Map.of());
    site.take(body, TaggingSite.START);
    announced = TaggingSite.json(site.outbox().get(0).message().body());
    site.clearOutbox();
    site.startFollower("results");
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void handle_tasksUnderWay_waitsThenAnnouncesTheirEnd() {
    site.take(REQUESTED, announced, TaggingSite.START);
    assertThat(site.waiting()).isEqualTo(1);
    site.retry();
    assertThat(site.outbox()).isEmpty();
    site.hub.state().runTasks();
    site.retry();
    assertThat(site.outbox())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.message().topic())
                  .hasToString("org.fedoraproject.prod.mts.build.tag.finished");
              JsonNode body = TaggingSite.json(row.message().body());
              assertThat(body.get("build")).isEqualTo(announced.get("build"));
              assertThat(body.get("destination_tags")).hasSize(1);
              assertThat(body.at("/destination_tags/0/task_state").textValue()).isEqualTo("closed");
              assertThat(body.at("/destination_tags/0/tagged").booleanValue()).isTrue();
            });
    assertThat(site.decisions(Map.of("tag", "f29"))).hasSize(1);
  }

  @Test
  void handle_taskFailedButTagIsThere_isSuccess() {
    site.hub.state().runTasks();
    ObjectNode second = announced.deepCopy();
    site.hub.state().repeatTask(1);
    site.hub.state().runTasks();
    ((ObjectNode) second.at("/destination_tags/0")).put("task_id", site.hub.state().tasks());
    site.take(REQUESTED, second, TaggingSite.START);
    JsonNode tag =
        TaggingSite.json(site.outbox().get(0).message().body()).at("/destination_tags/0");
    assertThat(tag.get("task_state").textValue()).isEqualTo("failed");
    assertThat(tag.get("tagged").booleanValue()).isTrue();
    assertThat(site.handler().samples().get(0).value()).isZero();
  }

  @Test
  void handle_numberThatNoTaskHas_isNotAskedFor() {
    ObjectNode odd = announced.deepCopy();
    // The low bits are those of a task that there is.
    BigInteger huge = BigInteger.ONE.shiftLeft(64).add(BigInteger.ONE);
    ((ArrayNode) odd.get("destination_tags")).addObject().put("tag", "f31").put("task_id", huge);
    site.hub.state().runTasks();
    site.take(REQUESTED, odd, TaggingSite.START);
    JsonNode body = TaggingSite.json(site.outbox().get(0).message().body());
    assertThat(body.get("destination_tags")).hasSize(1);
    assertThat(body.at("/destination_tags/0/tag").textValue()).isEqualTo("f29");
  }

  @Test
  void handle_somethingElse_isPutAside() {
    site.take(REQUESTED, TaggingSite.json("{\"a\":1}"), TaggingSite.START);
    assertThat(site.counts()).containsEntry("drop", 1L);
  }
}
