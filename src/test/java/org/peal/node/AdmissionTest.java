package org.peal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.peal.Threads;

class AdmissionTest {

  private static final long BYTES = 1000;

  private static Admission admission(int messages, Duration patience) {
    return new Admission(new PublishLimits(messages, BYTES, WhenFull.WAIT, patience, 10_000));
  }

  private static List<Admission.Pass> fill(Admission admission, int messages) {
    List<Admission.Pass> passes = new ArrayList<>();
    for (int i = 0; i < messages; i++) {
      passes.add(admission.enter(1));
    }
    return passes;
  }

  private static CompletableFuture<Admission.Pass> enterElsewhere(Admission admission) {
    return CompletableFuture.supplyAsync(
        () -> admission.enter(1), task -> Threads.daemon("waiting", task).start());
  }

  @Test
  void enter_full_waitsUntilAnEighthIsFree() {
    Admission admission = admission(16, Duration.ofSeconds(60));
    List<Admission.Pass> passes = fill(admission, 16);
    CompletableFuture<Admission.Pass> waiting = enterElsewhere(admission);
    await().until(() -> admission.waiting() == 1);

    passes.get(0).giveBack();
    passes.get(0).giveBack();
    assertThat(admission.waiting()).isEqualTo(1);
    passes.get(1).giveBack();

    assertThat(waiting.orTimeout(60, TimeUnit.SECONDS).join()).isNotNull();
    assertThat(admission.messages()).isEqualTo(15);
    assertThat(admission.bytes()).isEqualTo(15);
  }

  @Test
  void enter_roomThatIsNotWorthWakingFor_isTakenWhenTheTimeIsOver() {
    Admission admission = admission(16, Duration.ofSeconds(3));
    List<Admission.Pass> passes = fill(admission, 16);
    CompletableFuture<Admission.Pass> waiting = enterElsewhere(admission);
    await().until(() -> admission.waiting() == 1 || waiting.isDone());

    passes.get(0).giveBack();

    assertThat(waiting.orTimeout(60, TimeUnit.SECONDS).join()).isNotNull();
  }

  @Test
  void enter_oneMessageOnly_waitsUntilItHasLeft() {
    Admission admission = admission(1, Duration.ofSeconds(60));
    Admission.Pass pass = admission.enter(1);
    CompletableFuture<Admission.Pass> waiting = enterElsewhere(admission);
    await().until(() -> admission.waiting() == 1);

    pass.giveBack();

    assertThat(waiting.orTimeout(60, TimeUnit.SECONDS).join()).isNotNull();
  }

  @Test
  void enter_fullOfBytes_waitsUntilAnEighthIsFree() {
    Admission admission = admission(100, Duration.ofSeconds(60));
    Admission.Pass large = admission.enter(BYTES);
    assertThat(admission.tryEnter(1)).isEmpty();
    CompletableFuture<Admission.Pass> waiting = enterElsewhere(admission);
    await().until(() -> admission.waiting() == 1);

    large.giveBack();

    assertThat(waiting.orTimeout(60, TimeUnit.SECONDS).join()).isNotNull();
    assertThat(admission.bytes()).isEqualTo(1);
  }
}
