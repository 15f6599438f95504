package org.peal.filter;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.peal.config.Suggestion;

/** Guesses what was meant by a word that is not known. Stateless. */
final class Meant {

  /** fedmsg's names, and other words, for what has another name here. */
  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "msg", "body",
          "msg_id", "id",
          "username", "user",
          "modname", "service",
          "category", "service",
          "env", "environment",
          "time", "timestamp",
          "i", "envelope.i",
          "certificate", "signer",
          "like", "glob");

  private Meant() {}

  /** Returns a question for what was probably meant, or nothing. */
  static String question(Token token, List<String> known) {
    String word = token.text().toLowerCase(Locale.ROOT);
    return Optional.ofNullable(OTHER_NAMES.get(word))
        .filter(other -> known.contains(other.replaceFirst("\\..*", "")))
        .or(() -> Suggestion.nearest(word, known))
        .map(best -> ", did you mean \"" + best + "\"?")
        .orElse("");
  }
}
