package org.peal.handler.log;

import static java.util.Objects.requireNonNullElse;

import java.nio.file.Path;
import org.peal.config.Doc;

/** What the handler {@code log} can be told. Immutable; a component left out is its default. */
record LogSettings(@Doc("The file that messages are added to, a line of JSON each.") Path file) {

  private static final Path STANDARD_OUTPUT = Path.of("/dev/stdout");

  LogSettings {
    file = requireNonNullElse(file, STANDARD_OUTPUT);
  }
}
