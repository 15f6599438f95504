package org.peal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
  void add_afterSpansWereSplit_givesUpAllThatHaveNoRoom() {
    open.add(new Span(1, 2 * OpenSpans.MOST + 5));
    for (long id = 2; id <= 2 * OpenSpans.MOST + 4; id += 2) {
      open.remove(new Span(id, id));
    }
    assertThat(open.size()).isEqualTo(OpenSpans.MOST + 3);
    assertThat(open.add(new Span(10_000, 10_000)))
        .containsExactly(new Span(1, 1), new Span(3, 3), new Span(5, 5), new Span(7, 7));
    assertThat(open.size()).isEqualTo(OpenSpans.MOST);
  }

  @Test
  void restore_moreThanThereIsRoomFor_keepsThemUntilTheyAreGivenUp() {
    for (long id = 1; id <= 2 * OpenSpans.MOST; id += 1) {
      open.restore(new Span(2 * id, 2 * id));
    }
    assertThat(open.size()).isEqualTo(2 * OpenSpans.MOST);
    List<Span> givenUp = open.add(new Span(10_000, 10_000));
    assertThat(givenUp).hasSize(OpenSpans.MOST + 1).startsWith(new Span(2, 2));
  }
}
