package org.peal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.peal.bus.Delivery;
import org.peal.sentence.Sentences;

class NameFilterTest {

  private static final Sentences SENTENCES = Sentences.builtIn();
  private static final Delivery BUILD =
      Samples.delivery(
          "a.b.prod.buildsys.tag",
          "{\"topic\":\"a.b.prod.buildsys.tag\",\"msg\":{\"name\":\"bash\",\"owner\":\"ann\","
              + "\"user\":\"bob\"}}",
          null);

  private static boolean test(Set<String> users, Set<String> packages) {
    return new NameFilter(SENTENCES, users, packages).test(BUILD);
  }

  @Test
  void test_anyOfTheUsers_isEnough() {
    assertThat(test(Set.of("zoe", "bob"), Set.of())).isTrue();
    assertThat(test(Set.of("zoe"), Set.of())).isFalse();
  }

  @Test
  void test_usersAndPackages_mustBothFit() {
    assertThat(test(Set.of("ann"), Set.of("bash", "zsh"))).isTrue();
    assertThat(test(Set.of("ann"), Set.of("zsh"))).isFalse();
    assertThat(test(Set.of("zoe"), Set.of("bash"))).isFalse();
  }

  @Test
  void test_whatIsNoJson_namesNobody() {
    Delivery broken = Samples.delivery("a.b.c.d", "nonsense", null);
    assertThat(new NameFilter(SENTENCES, Set.of("ann"), Set.of()).test(broken)).isFalse();
  }
}
