package org.peal.handler.tagging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CasedLettersTest {

  @Test
  void within_anyRange_areAllThatHaveAnotherForm() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      int from = random.nextInt(0x3000);
      int to = from + random.nextInt(0x3000);
      assertThat(CasedLetters.within(from, to).toArray())
          .as("seed %d, from %d to %d", seed, from, to)
          .isEqualTo(
              IntStream.rangeClosed(from, to)
                  .filter(
                      c ->
                          Character.toLowerCase(c) != c
                              || Character.toLowerCase(Character.toUpperCase(c)) != c)
                  .toArray());
    }
  }

  @Test
  void within_wholeOfUnicode_areFew() {
    assertThat(CasedLetters.within(0, Character.MAX_CODE_POINT).count()).isBetween(1000L, 3000L);
    assertThat(CasedLetters.within('a', 'z')).isEmpty();
    assertThat(CasedLetters.within('A', 'A')).containsExactly('A' + 0);
  }
}
