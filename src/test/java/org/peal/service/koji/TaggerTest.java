package org.peal.service.koji;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.peal.testing.FakeHub;
import org.peal.testing.HubTrouble;

class TaggerTest {

  private static final String NVR = "virt-el8-1.c1";

  private final FakeHub hub = new FakeHub();
  private final KojiSession session =
      new KojiSession(Profiles.of(hub.address(), new Login.Password("peter", "secret")));
  private final Koji koji = new Koji(session);
  private final Tagger tagger = new Tagger(koji, InstantSource.system());

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
  void request_again_asksTheHubOnce() {
    assertThat(tagger.request("f29", NVR)).isEqualTo(new TagRequest.Requested(1, false));
    assertThat(tagger.request("f29", NVR)).isEqualTo(new TagRequest.Pending(1));
    assertThat(tagger.request("f28", NVR)).isEqualTo(new TagRequest.Requested(2, false));
    hub.state().runTasks();
    assertThat(tagger.request("f29", NVR)).isEqualTo(new TagRequest.AlreadyTagged());
    assertThat(hub.state().tasks()).isEqualTo(2);
    assertThat(hub.state().tagsOf(NVR)).containsExactly("f29", "f28");
  }

  @Test
  void request_replyLost_findsItsTask() {
    hub.trouble("tagBuild", new HubTrouble.Cut(true));
    assertThat(tagger.request("f29", NVR)).isEqualTo(new TagRequest.Requested(1, true));
    assertThat(hub.state().tasks()).isEqualTo(1);
  }

  @Test
  void request_replyAndSessionLost_findsItsTask() {
    hub.trouble("tagBuild", new HubTrouble.Cut(true), new HubTrouble.Amnesia());
    assertThat(tagger.request("f29", NVR)).isEqualTo(new TagRequest.Requested(1, true));
    assertThat(hub.state().tasks()).isEqualTo(1);
  }

  @Test
  void request_lostWithoutATask_isNotTakenForAnOlderOne() {
    tagger.request("f29", NVR);
    hub.state().runTasks();
    koji.untagBuild("f29", NVR);
    hub.trouble("tagBuild", new HubTrouble.Cut(false), new HubTrouble.Amnesia());
    assertThatExceptionOfType(KojiLostReplyException.class)
        .isThrownBy(() -> tagger.request("f29", NVR));
    assertThat(tagger.request("f29", NVR)).isEqualTo(new TagRequest.Requested(2, false));
  }

  @Test
  void request_refused_passesTheFaultOn() {
    hub.state().lock("f29");
    assertThatExceptionOfType(KojiFaultException.class)
        .isThrownBy(() -> tagger.request("f29", NVR))
        .matches(e -> e.text().equals("tag is locked"));
    assertThatExceptionOfType(KojiFaultException.class)
        .isThrownBy(() -> tagger.request("nosuch", NVR))
        .matches(e -> e.text().equals("No such tagInfo: 'nosuch'"));
  }
}
