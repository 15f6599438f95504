package org.peal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

  private static final List<String> COMMANDS =
      List.of(
          "logger", "tail", "relay", "gateway", "verify", "sign", "canonical", "certs", "config");

  @ParameterizedTest
  @CsvSource({
    "loger, logger",
    "tial, tail",
    "tails, tail",
    "relya, relay",
    "gate-way, gateway",
    "canonicla, canonical",
    "cert, certs",
    "conf, config",
    "verfy, verify"
  })
  void to_mistypedName_findsIt(String typed, String meant) {
    assertThat(Nearest.to(typed, COMMANDS)).contains(meant);
  }

  @Test
  void to_nothingLikeIt_findsNothing() {
    assertThat(Nearest.to("frobnicate", COMMANDS)).isEmpty();
    assertThat(Nearest.to("", COMMANDS)).isEmpty();
    assertThat(Nearest.to("x", List.of())).isEmpty();
  }
}
