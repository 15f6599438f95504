package org.peal.config;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/** Gives plain scalars the types that PyYAML gives them. Not changed after it was made. */
final class PythonResolver extends Resolver {

  /** The lone equals sign, which PyYAML takes as a key but refuses as a value. */
  static final Tag VALUE = new Tag(Tag.PREFIX + "value");

  private static final String SIGN = "[-+]?";
  private static final String SIXTIES = "(?::[0-5]?[0-9])+";
  private static final String EXPONENT = "(?:[eE][-+][0-9]+)?";

  private static final Pattern BOOLEAN =
      Pattern.compile("yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF");
  private static final Pattern WHOLE =
      anyOf(
          SIGN + "0b[01_]+",
          SIGN + "0[0-7_]+",
          SIGN + "(?:0|[1-9][0-9_]*)",
          SIGN + "0x[0-9a-fA-F_]+",
          SIGN + "[1-9][0-9_]*" + SIXTIES);
  private static final Pattern REAL =
      anyOf(
          SIGN + "[0-9][0-9_]*\\.[0-9_]*" + EXPONENT,
          // No sign here: "-.5" is text.
          "\\.[0-9][0-9_]*" + EXPONENT,
          SIGN + "[0-9][0-9_]*" + SIXTIES + "\\.[0-9_]*",
          SIGN + "\\.(?:inf|Inf|INF)",
          "\\.(?:nan|NaN|NAN)");

  @Override
  protected void addImplicitResolvers() {
    addImplicitResolver(Tag.BOOL, BOOLEAN, "yYnNtTfFoO");
    addImplicitResolver(Tag.FLOAT, REAL, "-+0123456789.");
    addImplicitResolver(Tag.INT, WHOLE, "-+0123456789");
    addImplicitResolver(Tag.MERGE, Pattern.compile("<<"), "<");
    addImplicitResolver(Tag.NULL, Pattern.compile("~|null|Null|NULL"), "~nN");
    addImplicitResolver(Tag.NULL, Pattern.compile(""), null);
    addImplicitResolver(Tag.TIMESTAMP, PythonScalars.TIMESTAMP, "0123456789");
    addImplicitResolver(VALUE, Pattern.compile("="), "=");
  }

  private static Pattern anyOf(String... forms) {
    return Pattern.compile(String.join("|", forms));
  }
}
