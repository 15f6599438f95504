package org.peal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.peal.bus.Origin;
import org.peal.bus.zmq.PeerCounters;
import org.peal.bus.zmq.SubscriptionStatus;
import org.peal.crypto.Reason;
import org.peal.crypto.x509.CrlLife;
import org.peal.http.Answer;
import org.peal.metrics.Metrics;

class NodeWatchTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private Instant now = START;
  private boolean connected = true;
  private long messages;
  private Instant last = START;
  private LinkFacts facts = LinkFacts.NONE;
  private Optional<String> problem = Optional.empty();
  private final List<KeyLife> keys = new ArrayList<>();
  private final List<CrlLife> lists = new ArrayList<>();
  private final NodeWatch watch =
      new NodeWatch("peal x", this::status, () -> keys, at -> lists, () -> now);

  private NodeStatus status() {
    SubscriptionStatus link =
        new SubscriptionStatus(
            new Origin("bodhi.app01", "tcp://192.0.2.1:3000"),
            "192.0.2.1:3000",
            connected,
            false,
            "",
            START,
            messages == 0 ? Optional.empty() : Optional.of(last),
            messages,
            0,
            0,
            0,
            new PeerCounters(0, 0, 0, 0, 0, 0));
    PartStatus part =
        new PartStatus(
                List.of("tcp://127.0.0.1:9940 (out)"),
                problem,
                "received " + messages,
                Map.of("received", messages, "refused_stale", 2L, "replay_questions", 3L),
                List.of(link))
            .with(Map.of("tcp://192.0.2.1:3000", facts));
    return new NodeStatus("peal.x", START, new TreeMap<>(Map.of(PartName.GATEWAY, part)));
  }

  private Answer page(String path) {
    return watch.pages(new Metrics()).get(path).get();
  }

  private Answer readyAfterLook() {
    watch.look();
    return page("/readyz");
  }

  @Test
  void readyz_healthyNode_isReady() {
    assertThat(page("/readyz").status()).isEqualTo(503);
    assertThat(readyAfterLook()).isEqualTo(Answer.text(200, "ready\n"));
    assertThat(page("/livez").status()).isEqualTo(200);
    assertThat(page("/version").text()).isEqualTo("peal x\n");
  }

  @Test
  void readyz_publisherSilentBeyondItsRhythm_isDegradedWithItsName() {
    for (int i = 0; i < 100; i++) {
      now = now.plusSeconds(60);
      messages++;
      last = now;
      assertThat(readyAfterLook().text()).isEqualTo("ready\n");
    }
    now = now.plus(Duration.ofMinutes(5));
    assertThat(readyAfterLook().text()).isEqualTo("ready\n");
    now = now.plus(Duration.ofMinutes(5));
    assertThat(readyAfterLook().status()).isEqualTo(200);
    assertThat(readyAfterLook().text())
        .startsWith("degraded\nwarning: gateway: publisher bodhi.app01")
        .contains("silent since " + last);
    messages++;
    last = now;
    assertThat(readyAfterLook().text()).isEqualTo("ready\n");
  }

  @Test
  void readyz_linkDown_isDegraded() {
    connected = false;
    assertThat(readyAfterLook().text()).contains("degraded", "bodhi.app01", "not connected");
  }

  @Test
  void readyz_partFailed_isNotReady() {
    problem = Optional.of("forwarding ended: planted");
    assertThat(readyAfterLook().status()).isEqualTo(503);
    assertThat(page("/readyz").text()).contains("not-ready", "gateway: forwarding ended: planted");
    assertThat(page("/status").text()).contains("\"state\":\"not-ready\"");
  }

  @Test
  void readyz_certificateEnds_isDegraded() {
    keys.add(new KeyLife("shell-x.crt", START.plus(Duration.ofDays(3))));
    assertThat(readyAfterLook().text()).contains("degraded", "shell-x.crt ends at");
    now = now.plus(Duration.ofDays(4));
    assertThat(readyAfterLook().text()).contains("shell-x.crt ended at");
  }

  @Test
  void livez_nobodyLooked_isStuck() {
    watch.look();
    now = now.plus(NodeWatch.STUCK).plusSeconds(1);
    assertThat(page("/livez").status()).isEqualTo(503);
    assertThat(page("/readyz").status()).isEqualTo(503);
  }

  @Test
  void samples_counters_haveTheirPartAndReason() {
    messages = 5;
    List<String> told =
        NodeSamples.of(status(), Health.STARTING, keys, lists, now).stream()
            .map(s -> s.name() + s.labels() + (long) s.value())
            .toList();
    assertThat(told)
        .contains(
            "peal_ready{}0",
            "peal_received{part=gateway}5",
            "peal_refused{part=gateway, reason=stale}2",
            "peal_link_up{endpoint=tcp://192.0.2.1:3000, part=gateway, publisher=bodhi.app01}1");
  }

  @Test
  void samples_replayCounters_sayWhatTheyCount() {
    assertThat(NodeSamples.of(status(), Health.STARTING, keys, lists, now))
        .filteredOn(s -> s.name().equals("peal_replay_questions"))
        .singleElement()
        .satisfies(
            s -> {
              assertThat(s.value()).isEqualTo(3);
              assertThat(s.help()).isEqualTo("questions for messages that were missed");
            });
  }

  @Test
  void samplesAndStatus_factsOfALink_nameThePublisher() {
    facts = new LinkFacts(Map.of(Reason.UNSIGNED, 4L), Optional.of(false));
    watch.look();
    assertThat(page("/status").text())
        .contains("\"refused\":{\"UNSIGNED\":4}", "\"numbered\":false");
    assertThat(NodeSamples.of(status(), Health.STARTING, keys, lists, now))
        .anyMatch(
            s ->
                s.name().equals("peal_link_refused")
                    && s.value() == 4
                    && "unsigned".equals(s.labels().get("reason"))
                    && "bodhi.app01".equals(s.labels().get("publisher")))
        .anyMatch(s -> s.name().equals("peal_link_numbered") && s.value() == 0);
    facts = LinkFacts.NONE;
    watch.look();
    assertThat(page("/status").text()).contains("\"refused\":{}", "\"numbered\":null");
  }

  @Test
  void revocationList_nearItsEnd_isAWarningWithItsDaysInMetricsAndStatus() {
    Instant end = START.plus(Duration.ofDays(3));
    lists.add(new CrlLife("Site CA", end, end.minus(Duration.ofDays(7)), end));
    assertThat(readyAfterLook().text())
        .startsWith("degraded\n")
        .contains("warning: revocation list of Site CA ends at " + end);
    assertThat(page("/status").text())
        .contains("\"revocation_lists\":[{\"authority\":\"Site CA\"", "\"days_left\":3");
    assertThat(NodeSamples.of(status(), new Health(List.of(), List.of()), List.of(), lists, START))
        .anyMatch(s -> s.name().equals("peal_crl_days_left") && s.value() == 3.0);
  }
}
