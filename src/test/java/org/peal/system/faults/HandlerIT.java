package org.peal.system.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;
import org.peal.store.Database;
import org.peal.store.OutcomeCount;
import org.peal.store.Snapshot;
import org.peal.store.StoreException;
import org.peal.testing.HandlerTemplate;

/** A node is killed whose handler counts messages and publishes each count. */
class HandlerIT extends Staged {

  private static final int KILLS = 100;
  private static final int MESSAGES = 20_000;
  private static final String TOPIC = "org.fedoraproject.dev.logger.log";
  private static final String COUNTED = "org.fedoraproject.dev.count.reached";
  private static final long MILLISECOND = 1_000_000;

  /** One in so many kills comes at a moment of the start, not of the work. */
  private static final int EARLY_ONE_IN = 5;

  private static final int LONGEST_START = 1500;

  @Test
  void shouldCommitOneOutcomeForEachMessageThoughTheNodeIsKilled() throws Exception {
    Campaign campaign = Campaign.start("handler-killed");
    int kills = campaign.scaled(KILLS);
    int messages = campaign.scaled(MESSAGES);
    HandlerTemplate.jar(folder);
    stage.handlers("handlers: {count: {jars: count.jar, settings: {every: 1}}}\n");
    Path store = stage.path("store.db");
    try (Feed feed =
        new Feed(
                stage.path("node.sock"),
                messages,
                TOPIC,
                i -> JsonNodeFactory.instance.objectNode().put("n", i),
                campaign.derived())
            .started()) {
      stage.runNode();
      for (int kill = 1; kill <= kills; kill++) {
        int before = feed.count();
        feed.allow(messages * kill / kills);
        awaitMoment(campaign, feed, before, store, messages / kills);
        stage.killNode();
        stage.startNode();
        campaign.progress(kill, kills);
      }
      feed.awaitAccepted(messages);
      awaitProgress(store, messages);
      stage.terminateNode();
      assertThat(feed.violations()).as(campaign.toString()).isEmpty();
      requireOneOutcomeForEach(campaign, feed.accepted(), stage.log());
      requireOneCountForEach(campaign, messages);
      campaign.say(
          "%d kills, %d accepted, each with one outcome and one count that was published"
              .formatted(kills, messages));
    }
  }

  /** Waits until some of what may be published has an outcome, or for no reason at all. */
  private static void awaitMoment(Campaign campaign, Feed feed, int before, Path store, int share) {
    if (campaign.random().nextInt(EARLY_ONE_IN) == 0) {
      LockSupport.parkNanos(campaign.random().nextInt(LONGEST_START) * MILLISECOND);
      return;
    }
    feed.awaitAccepted(before + 1 + campaign.random().nextInt(share));
    int more = 1 + campaign.random().nextInt(share);
    long enough = Math.min(feed.count(), outcomes(store) + more);
    await().atMost(5, TimeUnit.MINUTES).until(() -> outcomes(store) >= enough);
    LockSupport.parkNanos(campaign.random().nextInt(20) * MILLISECOND);
  }

  /** Waits for the end, with a limit on the time in which nothing happens. */
  private static void awaitProgress(Path store, int messages) {
    long left = left(store, messages);
    while (left > 0) {
      long before = left;
      await().atMost(5, TimeUnit.MINUTES).until(() -> left(store, messages) < before);
      left = left(store, messages);
    }
  }

  private static long left(Path store, int messages) {
    return messages - outcomes(store) + read(store, snapshot -> snapshot.outbox().size("zmq"));
  }

  private static long outcomes(Path store) {
    return read(
        store,
        snapshot -> snapshot.outcomes().counts().stream().mapToLong(OutcomeCount::count).sum());
  }

  /** Reads the store of a node that may be starting, and putting in order what its kill left. */
  private static long read(Path store, Function<Snapshot, Long> number) {
    return await()
        .atMost(5, TimeUnit.MINUTES)
        .ignoreExceptionsInstanceOf(StoreException.class)
        .until(() -> Database.<Long>inspect(store, number), found -> true);
  }

  private static void requireOneOutcomeForEach(
      Campaign campaign, Map<String, Long> accepted, Records log) {
    Map<String, Integer> expected = new HashMap<>();
    accepted.keySet().forEach(id -> expected.put(id, 1));
    assertThat(log.outcomes()).as("%s: outcomes by message", campaign).isEqualTo(expected);
    assertThat(log.log()).as("%s: log against answers", campaign).containsAllEntriesOf(accepted);
    assertThat(log.losses()).as("%s: lost", campaign).isEmpty();
  }

  private void requireOneCountForEach(Campaign campaign, int messages) throws Exception {
    Set<String> ids = new HashSet<>();
    long[] counts = new long[messages];
    List<String> logged = stage.logged(COUNTED);
    assertThat(logged).as("%s: counts that were published", campaign).hasSize(messages);
    for (int i = 0; i < messages; i++) {
      JsonNode one =
          StrictJson.parse(logged.get(i).getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
      counts[i] = one.at("/msg/count").longValue();
      ids.add(one.path("msg_id").asText());
    }
    assertThat(counts)
        .as("%s: counts in order", campaign)
        .isEqualTo(LongStream.rangeClosed(1, messages).toArray());
    assertThat(ids).as("%s: ids of counts", campaign).hasSize(messages);
  }
}
