package org.peal.sentence;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.peal.config.Doc;

/** The {@code sentences} section. Immutable; null means not set. */
@Doc("How messages are told to people.")
public record SentencesConfig(
    @Doc("File of rules that are tried before the built-in ones; `docs/sentences.md` tells how.")
        @Nullable Path rules) {

  /** Reads the rules that are in force; takes some milliseconds, so do it once. */
  public Sentences load() {
    return rules == null ? Sentences.builtIn() : Sentences.withFile(rules);
  }
}
