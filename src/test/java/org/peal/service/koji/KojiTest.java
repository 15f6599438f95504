package org.peal.service.koji;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.peal.testing.FakeHub;
import org.peal.testing.HubTrouble;
import org.peal.testing.XmlRpcDom;

class KojiTest {

  private static final String NVR = "virt-el8-1.c1";

  private final FakeHub hub = new FakeHub();
  private final KojiSession session =
      new KojiSession(Profiles.of(hub.address(), new Login.Password("peter", "secret")));
  private final Koji koji = new Koji(session);

  @BeforeEach
  void fill() {
    hub.state().addUser("peter", "secret");
    hub.state().addTag("f28");
    hub.state().addTag("f29");
    hub.state().addBuild(NVR);
  }

  @AfterEach
  void stop() {
    session.close();
    hub.close();
  }

  @Test
  void tagBuild_andItsTask_canBeFollowed() {
    long task = koji.tagBuild("f29", NVR);
    assertThat(hub.seen("tagBuild").get(0).params()).containsExactly("f29", NVR);
    Task asked = koji.task(task).orElseThrow();
    assertThat(asked.method()).isEqualTo("tagBuild");
    assertThat(asked.state()).isEqualTo(TaskState.FREE);
    assertThat(asked.state().finished()).isFalse();
    assertThat(asked.request()).containsExactly(2L, 1L, false, null);
    assertThat(asked.created()).isPresent();
    assertThat(asked.completed()).isEmpty();
    assertThat(koji.tagsOf(NVR)).isEmpty();
    long second = koji.tagBuild("f29", NVR);
    hub.state().runTasks();
    assertThat(koji.tagsOf(NVR)).extracting(Tag::name).containsExactly("f29");
    assertThat(koji.taskResult(task)).isEqualTo(new Outcome.Value(null));
    assertThat(koji.task(second).orElseThrow().state()).isEqualTo(TaskState.FAILED);
    assertThat(koji.taskResult(second))
        .isEqualTo(new Outcome.Fault(1003, "build " + NVR + " already tagged"));
    assertThat(koji.tasks(List.of(task, 77L))).hasSize(2).element(1).isEqualTo(Optional.empty());
    assertThat(koji.tagged("f29", null, false, false)).extracting(Build::nvr).containsExactly(NVR);
    koji.untagBuild("f29", NVR);
    assertThat(koji.tagsOf(NVR)).isEmpty();
  }

  @Test
  void calls_thatRead_giveTypedResults() {
    assertThat(koji.tag("f29")).contains(new Tag(2, "f29", false, Optional.empty()));
    assertThat(koji.tag("nosuch")).isEmpty();
    Build build = koji.build(NVR).orElseThrow();
    assertThat(build)
        .isEqualTo(
            new Build(
                1,
                NVR,
                "virt",
                "el8",
                "1.c1",
                BuildState.COMPLETE,
                Optional.of("mbs"),
                OptionalLong.empty(),
                Optional.of(Instant.parse("2026-11-21T06:24:22.534321Z")),
                Map.of()));
    assertThat(koji.build("nosuch-1-1")).isEmpty();
    assertThat(koji.task(99)).isEmpty();
    assertThat(koji.loggedInUser()).contains(new User(1, "peter"));
    assertThat(koji.apiVersion()).isEqualTo(1);
    assertThat(koji.kojiVersion()).isEqualTo("1.35.3");
    assertThat(koji.hello()).isEqualTo("Hello World");
  }

  @Test
  void all_severalCalls_succeedAndFailAlone() {
    List<Outcome> results =
        koji.all(
            List.of(
                KojiCall.reading("getTag", "nosuch"),
                KojiCall.changing("tagBuild", "nosuch", NVR),
                KojiCall.changing("tagBuild", "f29", NVR),
                KojiCall.reading("echo", 1L << 40, true, null, "x")));
    assertThat(results)
        .containsExactly(
            new Outcome.Value(null),
            new Outcome.Fault(1000, "No such tagInfo: 'nosuch'"),
            new Outcome.Value(1L),
            new Outcome.Value(Arrays.asList(1L << 40, true, null, "x")));
    assertThat(hub.seen("multiCall")).hasSize(1);
    assertThat(koji.all(List.of())).isEmpty();
  }

  @Test
  void all_replyOfAChangeLost_isNotRepeatedUnderANewNumber() {
    hub.trouble("multiCall", new HubTrouble.Cut(true));
    assertThatExceptionOfType(KojiLostReplyException.class)
        .isThrownBy(() -> koji.all(List.of(KojiCall.changing("tagBuild", "f29", NVR))));
    assertThat(hub.state().tasks()).isEqualTo(1);
  }

  @Test
  void tagHistory_rowsOfTheHub_areRead() {
    Map<String, Object> row =
        Map.of("tag.name", "f29", "active", 1L, "create_ts", 1795242262.5, "creator_name", "peter");
    hub.trouble(
        "queryHistory",
        new HubTrouble.Garbage(XmlRpcDom.result(Map.of("tag_listing", List.of(row))), false));
    assertThat(koji.tagHistory(NVR, "f29"))
        .containsExactly(
            new TagChange(
                "f29",
                true,
                Optional.of(Instant.ofEpochMilli(1795242262500L)),
                Optional.of("peter"),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void calls_resultOfAnotherForm_areRefusedAndNotRepeated() {
    for (Object result : List.of("text", Map.of("id", "x"), Map.of("id", 1L, "name", 2L))) {
      hub.trouble("getTag", new HubTrouble.Garbage(XmlRpcDom.result(result), false));
      assertThatExceptionOfType(KojiReplyException.class)
          .isThrownBy(() -> koji.tag("f29"))
          .withMessageContaining("getTag");
    }
    assertThat(hub.seen("getTag")).hasSize(3);
  }

  @Test
  void tasks_query_namesWhatIsWanted() {
    koji.tagBuild("f29", NVR);
    koji.tagBuild("f28", NVR);
    TaskQuery newest =
        new TaskQuery(
            OptionalLong.of(1),
            Optional.of("tagBuild"),
            Set.of(TaskState.FREE, TaskState.OPEN),
            Optional.of(Instant.EPOCH),
            1);
    assertThat(koji.tasks(newest)).extracting(Task::id).containsExactly(2L);
    assertThat(hub.seen("listTasks").get(0).params())
        .containsExactly(
            Map.of(
                "owner",
                1L,
                "method",
                "tagBuild",
                "state",
                List.of(0L, 1L),
                "createdAfter",
                0.0,
                "decode",
                true),
            Map.of("limit", 1L, "order", "-id"));
  }

  @Test
  void moment_textOfAnOldHub_isTakenForUtc() {
    Members old = Members.of("build", Map.of("completion_time", "2019-03-18 11:56:34.123456"));
    assertThat(old.moment("completion")).contains(Instant.parse("2019-03-18T11:56:34.123456Z"));
    Members zone = Members.of("build", Map.of("completion_time", "2019-03-18 11:56:34+02:00"));
    assertThat(zone.moment("completion")).contains(Instant.parse("2019-03-18T09:56:34Z"));
  }
}
