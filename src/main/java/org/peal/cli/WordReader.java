package org.peal.cli;

import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine;

/**
 * Reads a constant by its word, and by nothing else: picocli would take its Java name as well.
 * Immutable.
 */
abstract class WordReader<E extends Enum<E>> implements CommandLine.ITypeConverter<E> {

  private final E[] constants;

  WordReader(Class<E> type) {
    this.constants = type.getEnumConstants();
  }

  /** Returns the word of a constant, such as {@code catch-up} for {@code CATCH_UP}. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public E convert(String word) {
    return Arrays.stream(constants)
        .filter(constant -> word(constant).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new CommandLine.TypeConversionException(
                    "expected one of "
                        + Arrays.stream(constants).map(WordReader::word).toList()
                        + " but was '"
                        + word
                        + "'"));
  }
}
