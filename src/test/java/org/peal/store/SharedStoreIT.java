package org.peal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who may commit what in a database that nodes share. */
class SharedStoreIT {

  private final TestLease lease = new TestLease();

  @AfterEach
  void close() {
    lease.close();
  }

  private static CompletableFuture<Boolean> put(StateStore store, String key, String value) {
    return store.write(
        t -> {
          t.memory().put(TestLease.NAME, key, value);
          return true;
        });
  }

  private List<String> kept() {
    return lease.sql("SELECT key || '=' || value FROM peal.handler_memory ORDER BY key");
  }

  @Test
  void contend_leaseThatAnotherHas_isHeldUntilItIsReleased() {
    SharedDatabase first = lease.node();
    SharedDatabase second = lease.node();
    Fence fence = TestLease.taken(first.contend("a", "node-1", TestLease.LONG));
    assertThat(fence.number()).isEqualTo(1);
    assertThat(second.contend("a", "node-2", TestLease.LONG))
        .isInstanceOfSatisfying(
            Contention.Held.class,
            held -> {
              assertThat(held.holder()).isEqualTo("node-1");
              assertThat(held.number()).isEqualTo(1);
              assertThat(held.left()).isPositive().isLessThanOrEqualTo(TestLease.LONG);
            });
    assertThat(TestLease.taken(second.contend("b", "node-2", TestLease.LONG)).number())
        .isEqualTo(1);
    first.release(fence);
    assertThat(TestLease.taken(second.contend("a", "node-2", TestLease.LONG)).number())
        .isEqualTo(2);
  }

  @Test
  void contend_sameHolderAgain_takesItWithANewNumber() {
    SharedStore before = lease.open();
    Fence again = TestLease.taken(lease.node().contend(TestLease.NAME, "node-1", TestLease.LONG));
    assertThat(again.number()).isEqualTo(before.fence().number() + 1);
    assertThatThrownBy(() -> put(before, "k", "late").join()).hasMessageContaining("is lost");
    assertThat(kept()).isEmpty();
  }

  @Test
  void contend_manyAtOnce_oneGetsIt() {
    List<CompletableFuture<Contention>> all =
        List.of("1", "2", "3", "4", "5", "6").stream()
            .map(
                n -> {
                  SharedDatabase node = lease.node();
                  return CompletableFuture.supplyAsync(
                      () -> node.contend("c", "node-" + n, TestLease.LONG));
                })
            .toList();
    assertThat(all.stream().map(CompletableFuture::join))
        .filteredOn(Contention.Taken.class::isInstance)
        .hasSize(1);
  }

  @Test
  void write_afterAnotherTookOver_isRefusedAndChangesNothing() {
    SharedStore old = lease.open();
    put(old, "a", "1").join();
    lease.expire();
    SharedDatabase other = lease.node();
    Fence fence = TestLease.taken(other.contend(TestLease.NAME, "node-2", TestLease.LONG));
    SharedStore fresh = lease.keep(other.open(fence));
    assertThatThrownBy(() -> put(old, "a", "late").join())
        .hasMessageContaining("lease tagger with number 1 is lost");
    assertThat(old.isFenced()).isTrue();
    put(fresh, "b", "2").join();
    assertThat(kept()).containsExactly("a=1", "b=2");
    assertThatThrownBy(() -> put(old, "c", "later").join()).hasMessageContaining("is lost");
  }

  @Test
  void write_afterItsTime_isRefusedThoughNobodyTookOver() {
    SharedStore store = lease.open();
    lease.expire();
    assertThatThrownBy(() -> put(store, "a", "late").join()).hasMessageContaining("is lost");
    assertThat(kept()).isEmpty();
  }

  @Test
  void write_each_renewsTheLease() {
    SharedStore store = lease.open();
    lease.sql("UPDATE peal.lease SET expires = clock_timestamp() + interval '30 s'");
    store.write(t -> true).join();
    assertThat(lease.sql("SELECT expires > clock_timestamp() + interval '60 s' FROM peal.lease"))
        .containsExactly("t");
  }

  @Test
  void write_workThatThrows_undoesOnlyItself() {
    SharedStore store = lease.open();
    CompletableFuture<Boolean> bad =
        store.write(
            t -> {
              t.memory().put(TestLease.NAME, "bad", "x");
              throw new IllegalStateException("no");
            });
    CompletableFuture<Boolean> good = put(store, "good", "y");
    assertThat(good.join()).isTrue();
    assertThatThrownBy(bad::join).hasMessageContaining("no");
    assertThat(kept()).containsExactly("good=y");
  }

  @Test
  void write_textsThatPostgresqlCannotHold_areKeptWithReplacements() {
    SharedStore store = lease.open();
    put(store, "k", "a\u0000b\ud800c\ud83d\ude00").join();
    assertThat(store.<Optional<String>>read(s -> s.memory().get(TestLease.NAME, "k")))
        .contains("a\ufffdb\ufffdc\ud83d\ude00");
  }

  /** Whoever takes over must not wait for one that was stopped in the middle of a commit. */
  @Test
  void write_holderStandsStillWithinACommit_losesItAndTheLease() throws Exception {
    Duration shortly = Duration.ofSeconds(2);
    SharedDatabase node = lease.node(shortly);
    SharedStore stopped =
        lease.keep(node.open(TestLease.taken(node.contend(TestLease.NAME, "node-1", shortly))));
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<Boolean> late =
        stopped.write(
            t -> {
              t.memory().put(TestLease.NAME, "k", "late");
              return await(goOn);
            });
    SharedDatabase other = lease.node();
    Fence[] fence = new Fence[1];
    Awaitility.await()
        .until(
            () -> {
              if (attempt(other) instanceof Contention.Taken taken) {
                fence[0] = taken.fence();
              }
              return fence[0] != null;
            });
    SharedStore fresh = lease.keep(other.open(fence[0]));
    put(fresh, "k", "new").join();
    goOn.countDown();
    assertThatThrownBy(late::join).hasCauseInstanceOf(StoreException.class);
    assertThat(kept()).containsExactly("k=new");
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Contention attempt(SharedDatabase node) {
    try {
      return node.contend(TestLease.NAME, "node-2", TestLease.LONG);
    } catch (StoreException e) {
      return new Contention.Held("locked: " + e.getMessage(), 0, Duration.ZERO);
    }
  }

  @Test
  void write_connectionCutWithinTheCommit_failsAndIsNotThere() throws Exception {
    SharedStore store = lease.open();
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch written = new CountDownLatch(1);
    CompletableFuture<Boolean> cut =
        store.write(
            t -> {
              t.memory().put(TestLease.NAME, "k", "v");
              written.countDown();
              return await(goOn);
            });
    assertThat(written.await(60, TimeUnit.SECONDS)).isTrue();
    lease.sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND state = 'idle in transaction'");
    goOn.countDown();
    assertThatThrownBy(cut::join).hasCauseInstanceOf(StoreException.class);
    assertThat(store.failure()).isPresent();
    assertThat(kept()).isEmpty();
    SharedDatabase again = lease.node();
    Fence next = TestLease.taken(again.contend(TestLease.NAME, "node-1", TestLease.LONG));
    put(lease.keep(again.open(next)), "k", "w").join();
    assertThat(kept()).containsExactly("k=w");
  }

  @Test
  void writeAside_anybody_changesRowsWithoutTheLease() {
    SharedStore store = lease.open();
    lease
        .node()
        .writeAside(
            TestLease.NAME,
            t -> {
              t.memory().put(TestLease.NAME, "aside", "1");
              return true;
            });
    assertThat(store.<Optional<String>>read(s -> s.memory().get(TestLease.NAME, "aside")))
        .contains("1");
    assertThat(put(store, "own", "2").join()).isTrue();
  }
}
