package org.peal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpenSpansTest {

  private final OpenSpans open = new OpenSpans();

  @Test
  void remove_ids_takesThemOutOfEachSpanThatTheyMeet() {
    open.add(new Span(1, 10));
    open.add(new Span(20, 30));
    assertThat(open.remove(new Span(8, 22))).containsExactly(new Span(8, 10), new Span(20, 22));
    assertThat(open.within(new Span(0, 100))).containsExactly(new Span(1, 7), new Span(23, 30));
    assertThat(open.size()).isEqualTo(15);
  }

  @Test
  void add_moreThanThereIsRoomFor_givesUpTheOldest() {
    for (long id = 1; id <= OpenSpans.MOST + 2; id++) {
      open.add(new Span(2 * id, 2 * id));
    }
    assertThat(open.size()).isEqualTo(OpenSpans.MOST);
    assertThat(open.takeGivenUp()).containsExactly(new Span(2, 2), new Span(4, 4));
    assertThat(open.takeGivenUp()).isEmpty();
    assertThat(open.within(new Span(1, 6))).containsExactly(new Span(6, 6));
  }

  @Test
  void remove_splitsASpanAndThereIsNoRoom_givesUpTheOldestAtOnce() {
    long last = 2 * OpenSpans.MOST + 5;
    open.add(new Span(1, last));
    for (long id = 2; id < last; id += 2) {
      assertThat(open.remove(new Span(id, id))).containsExactly(new Span(id, id));
      assertThat(open.within(new Span(1, last)).size()).isLessThanOrEqualTo(OpenSpans.MOST);
    }
    assertThat(open.takeGivenUp()).containsExactly(new Span(1, 1), new Span(3, 3), new Span(5, 5));
    assertThat(open.size()).isEqualTo(OpenSpans.MOST);
  }
}
