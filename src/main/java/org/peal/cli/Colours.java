package org.peal.cli;

import java.util.Map;

/** Terminal colours, or none. Colour never carries meaning alone. Immutable. */
final class Colours {

  /** What a text is, and so how it is shown. */
  enum Style {
    TIME("2"),
    TOPIC("36"),
    KEY("34"),
    STRING("32"),
    NUMBER("33"),
    GOOD("32"),
    BAD("1;31"),
    TITLE("1");

    private final String code;

    Style(String code) {
      this.code = code;
    }
  }

  /** When to use colours; the values of {@code --color}. */
  enum When {
    auto,
    always,
    never
  }

  private final boolean on;

  Colours(boolean on) {
    this.on = on;
  }

  /** Decides by the option, then NO_COLOR, CLICOLOR_FORCE and TERM, then by the terminal. */
  static Colours choose(When when, Map<String, String> environment, boolean terminal) {
    if (when != When.auto) {
      return new Colours(when == When.always);
    }
    if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
      return new Colours(false);
    }
    String force = environment.getOrDefault("CLICOLOR_FORCE", "0");
    if (!force.isEmpty() && !force.equals("0")) {
      return new Colours(true);
    }
    return new Colours(terminal && !"dumb".equals(environment.get("TERM")));
  }

  boolean isOn() {
    return on;
  }

  String paint(Style style, String text) {
    return on ? "\u001b[" + style.code + "m" + text + "\u001b[0m" : text;
  }
}
