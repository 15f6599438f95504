package org.peal.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.peal.stream.Step.Kind.DUPLICATE;
import static org.peal.stream.Step.Kind.FIRST;
import static org.peal.stream.Step.Kind.LATE;
import static org.peal.stream.Step.Kind.NEXT;
import static org.peal.stream.Step.Kind.RESTARTED;
import static org.peal.stream.Step.Kind.ROLLED_BACK;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class GapTrackerTest {

  private static final Place.Run ONE = new Place.Run("one", 1);

  private final GapTracker tracker = new GapTracker();

  private static Place place(long id, Place.Run run) {
    return new Place(id, "m" + id, Optional.of(run));
  }

  private static Place stock(long id) {
    return stock(id, "m" + id);
  }

  private static Place stock(long id, String messageId) {
    return new Place(id, messageId, Optional.empty());
  }

  private Step.Kind accept(Place place) {
    return tracker.accept(place).kind();
  }

  private long cursor() {
    return tracker.position().orElseThrow().sequenceId();
  }

  @Test
  void accept_theFirst_startsTheCursor() {
    assertThat(tracker.position()).isEmpty();
    assertThat(accept(stock(5))).isEqualTo(FIRST);
    assertThat(accept(stock(6))).isEqualTo(NEXT);
    assertThat(tracker.position()).contains(new Position(6, "m6", Optional.empty()));
  }

  @Test
  void accept_behindAGap_changesNothingUntilItIsFilled() {
    accept(stock(5));
    assertThat(tracker.accept(stock(8))).isEqualTo(new Step.Gap(new Span(6, 7)));
    assertThat(cursor()).isEqualTo(5);
    assertThat(accept(stock(6))).isEqualTo(NEXT);
    assertThat(tracker.accept(stock(8))).isEqualTo(new Step.Gap(new Span(7, 7)));
    assertThat(accept(stock(7))).isEqualTo(NEXT);
    assertThat(accept(stock(8))).isEqualTo(NEXT);
  }

  @Test
  void accept_givenUpAndThenThere_isLateOnce() {
    accept(stock(5));
    tracker.skip(7);
    assertThat(accept(stock(8))).isEqualTo(NEXT);
    assertThat(accept(stock(6))).isEqualTo(LATE);
    assertThat(accept(stock(6))).isEqualTo(DUPLICATE);
    assertThat(accept(stock(5))).isEqualTo(DUPLICATE);
    assertThat(cursor()).isEqualTo(8);
  }

  @Test
  void accept_newRunBeyondTheCursor_isRestarted() {
    accept(place(1, ONE));
    assertThat(accept(place(2, new Place.Run("two", 2)))).isEqualTo(RESTARTED);
    assertThat(accept(place(1, ONE))).isEqualTo(DUPLICATE);
  }

  @Test
  void accept_newRunAtTheCursor_isRolledBackAndFetchedFromItsStart() {
    accept(place(1, ONE));
    accept(place(2, ONE));
    accept(place(3, ONE));
    Place.Run two = new Place.Run("two", 2);
    Place fourth = new Place(4, "other4", Optional.of(two));
    assertThat(tracker.accept(fourth)).isEqualTo(new Step.RolledBack(3));
    assertThat(tracker.accept(fourth)).isEqualTo(new Step.Gap(new Span(2, 3)));
    assertThat(accept(new Place(2, "other2", Optional.of(two)))).isEqualTo(NEXT);
    // What is still under way from before is neither lost nor taken for the new.
    assertThat(accept(place(3, ONE))).isEqualTo(LATE);
    assertThat(cursor()).isEqualTo(2);
  }

  @Test
  void accept_sameIdWithAnotherMessage_isRolledBack() {
    accept(stock(5));
    accept(stock(6));
    assertThat(tracker.accept(stock(5, "other"))).isEqualTo(new Step.RolledBack(6));
    assertThat(accept(stock(5, "other"))).isEqualTo(NEXT);
    assertThat(tracker.accept(stock(6, "other6")).kind()).isEqualTo(NEXT);
  }

  @Test
  void accept_resetStoreWithoutRuns_isNoticedByTheBigStepBack() {
    GapTracker long_ = new GapTracker(Position.after(10_000));
    assertThat(long_.accept(stock(1))).isEqualTo(new Step.RolledBack(10_000));
    assertThat(long_.accept(stock(1)).kind()).isEqualTo(NEXT);
  }

  @Test
  void accept_runThatBeganInAGapThatWasGivenUp_isNotRolledBack() {
    accept(place(1, ONE));
    tracker.skip(9);
    Place.Run two = new Place.Run("two", 5);
    assertThat(accept(place(7, two))).isEqualTo(LATE);
    assertThat(accept(place(5, two))).isEqualTo(LATE);
    assertThat(accept(place(10, two))).isEqualTo(RESTARTED);
  }

  @Test
  void accept_afterARestoredPosition_goesOnAndKnowsTheLastMessage() {
    GapTracker restored = new GapTracker(new Position(7, "m7", Optional.of("one")));
    assertThat(restored.accept(place(7, ONE)).kind()).isEqualTo(DUPLICATE);
    assertThat(restored.accept(place(9, ONE))).isEqualTo(new Step.Gap(new Span(8, 8)));
    assertThat(restored.accept(place(8, ONE)).kind()).isEqualTo(NEXT);
    assertThat(restored.accept(new Place(8, "x", Optional.of(new Place.Run("two", 8)))).kind())
        .isEqualTo(ROLLED_BACK);
  }

  @Test
  void accept_positionSetByHand_takesAnyRun() {
    GapTracker set = new GapTracker(Position.after(7));
    assertThat(set.accept(place(8, ONE)).kind()).isEqualTo(NEXT);
  }
}
