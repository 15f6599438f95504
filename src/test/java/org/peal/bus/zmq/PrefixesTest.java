package org.peal.bus.zmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PrefixesTest {
  private final Prefixes prefixes = new Prefixes();

  private static byte[] bytes(String text) {
    return Bytes.utf8(text);
  }

  @Test
  void matching_countsEachEqualPrefixAndTheEmptyOne() {
    prefixes.add(bytes("org.x"));
    prefixes.add(bytes("org.x"));
    prefixes.add(bytes(""));

    assertThat(prefixes.matching(bytes("org.xy"))).isEqualTo(3);
    assertThat(prefixes.matching(bytes("org"))).isEqualTo(1);
  }

  @Test
  void remove_takesOneEqualPrefixOnly() {
    prefixes.add(bytes("a"));
    prefixes.add(bytes("a"));
    prefixes.remove(bytes("a"));
    prefixes.remove(bytes("b"));

    assertThat(prefixes.matching(bytes("a"))).isEqualTo(1);
    assertThat(prefixes.bytes()).isEqualTo(2);
  }

  @Test
  void removeAll_leavesOtherPrefixes() {
    prefixes.add(bytes("a"));
    prefixes.add(bytes("a"));
    prefixes.add(bytes("ab"));
    prefixes.removeAll(bytes("a"));

    assertThat(prefixes.matching(bytes("ab"))).isEqualTo(1);
    assertThat(prefixes.bytes()).isEqualTo(3);
  }

  @Test
  void matching_comparesAFewOfAThousandPrefixes() {
    AtomicInteger looks = new AtomicInteger();
    Prefixes many =
        new Prefixes(
            (one, other) -> {
              looks.incrementAndGet();
              return Arrays.compare(one, other);
            });
    for (int i = 0; i < 1000; i++) {
      many.add(bytes("org.fedoraproject.dev.service" + i));
    }
    looks.set(0);

    assertThat(many.matching(bytes("org.fedoraproject.dev.logger.log"))).isZero();
    assertThat(many.matching(bytes("org.fedoraproject.dev.service7.x"))).isEqualTo(1);
    assertThat(looks.get()).isBetween(1, 100);
  }

  @Test
  void anyChanges_countAsAListDoesThatIsLookedThrough() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<byte[]> list = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      byte[] text = text(random);
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> {
          prefixes.add(text);
          list.add(text);
        }
        case 3 -> {
          prefixes.remove(text);
          list.stream()
              .filter(each -> Arrays.equals(each, text))
              .findFirst()
              .ifPresent(list::remove);
        }
        case 4 -> {
          prefixes.removeAll(text);
          list.removeIf(each -> Arrays.equals(each, text));
        }
        default ->
            assertThat(prefixes.matching(text))
                .as("seed %d, step %d, topic %s", seed, i, Arrays.toString(text))
                .isEqualTo(matching(list, text));
      }
      assertThat(prefixes.bytes())
          .as("seed %d, step %d", seed, i)
          .isEqualTo(list.stream().mapToLong(each -> each.length + 1L).sum());
    }
  }

  private static byte[] text(Random random) {
    byte[] text = new byte[random.nextInt(7)];
    for (int i = 0; i < text.length; i++) {
      text[i] = (byte) (random.nextInt(3) - 1);
    }
    return text;
  }

  private static long matching(List<byte[]> list, byte[] topic) {
    return list.stream().filter(each -> latin1(topic).startsWith(latin1(each))).count();
  }

  private static String latin1(byte[] text) {
    return new String(text, StandardCharsets.ISO_8859_1);
  }
}
