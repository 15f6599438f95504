package org.peal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.peal.cli.Colours.Style;
import org.peal.cli.Colours.When;

class ColoursTest {

  private static boolean on(When when, Map<String, String> environment, boolean terminal) {
    return Colours.choose(when, environment, terminal).isOn();
  }

  @Test
  void choose_auto_followsTheTerminal() {
    assertThat(on(When.auto, Map.of(), true)).isTrue();
    assertThat(on(When.auto, Map.of(), false)).isFalse();
  }

  @Test
  void choose_option_winsOverEverything() {
    assertThat(on(When.always, Map.of("NO_COLOR", "1", "TERM", "dumb"), false)).isTrue();
    assertThat(on(When.never, Map.of("CLICOLOR_FORCE", "1"), true)).isFalse();
  }

  @Test
  void choose_noColor_turnsOff() {
    assertThat(on(When.auto, Map.of("NO_COLOR", "1"), true)).isFalse();
    assertThat(on(When.auto, Map.of("NO_COLOR", "0", "CLICOLOR_FORCE", "1"), true)).isFalse();
  }

  @Test
  void choose_emptyNoColor_countsAsUnset() {
    assertThat(on(When.auto, Map.of("NO_COLOR", ""), true)).isTrue();
  }

  @Test
  void choose_force_turnsOnWithoutTerminal() {
    assertThat(on(When.auto, Map.of("CLICOLOR_FORCE", "1", "TERM", "dumb"), false)).isTrue();
    assertThat(on(When.auto, Map.of("CLICOLOR_FORCE", "0"), false)).isFalse();
    assertThat(on(When.auto, Map.of("CLICOLOR_FORCE", ""), false)).isFalse();
  }

  @Test
  void choose_dumbTerminal_turnsOff() {
    assertThat(on(When.auto, Map.of("TERM", "dumb"), true)).isFalse();
    assertThat(on(When.auto, Map.of("TERM", "xterm-256color"), true)).isTrue();
  }

  @Test
  void paint_on_resetsBehindTheText() {
    assertThat(new Colours(true).paint(Style.BAD, "x")).isEqualTo("\u001b[1;31mx\u001b[0m");
    assertThat(new Colours(false).paint(Style.BAD, "x")).isEqualTo("x");
  }
}
