package org.peal.cli;

import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

/**
 * The words by which people name the constants of an enum, such as {@code catch-up} for {@code
 * CATCH_UP}. Stateless.
 */
final class Words {

  private Words() {}

  /** Returns the word of a constant. */
  static String of(Object constant) {
    return constant.toString().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Lets a command know constants by these words alone: picocli would take their Java names. */
  static void register(CommandLine line) {
    for (ArgSpec arg : line.getCommandSpec().args()) {
      if (arg.type().isEnum()) {
        register(line, arg.type());
      }
    }
  }

  private static <K> void register(CommandLine line, Class<K> type) {
    line.registerConverter(type, new Reader<>(type));
  }

  private record Reader<K>(Class<K> type) implements CommandLine.ITypeConverter<K> {
    @Override
    public K convert(String word) {
      return Arrays.stream(type.getEnumConstants())
          .filter(constant -> of(constant).equals(word))
          .findFirst()
          .orElseThrow(
              () ->
                  new CommandLine.TypeConversionException(
                      "expected one of "
                          + Arrays.stream(type.getEnumConstants()).map(Words::of).toList()
                          + " but was '"
                          + word
                          + "'"));
    }
  }
}
