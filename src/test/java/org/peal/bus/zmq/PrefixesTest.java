package org.peal.bus.zmq;

import static org.assertj.core.api.Assertions.assertThat;

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
}
