package org.peal.handler.tagging;

/** Reads what stands for one character after a backslash, inside classes and outside. Stateless. */
final class RegexEscapes {

  private static final String HEX = "0123456789abcdefABCDEF";
  private static final String OCTAL = "01234567";
  private static final int MAX_OCTAL = 0377;

  private RegexEscapes() {}

  /** Returns the character that an escape stands for; the letter itself has been read. */
  static int literal(PatternReader in, int letter) throws RegexException {
    return switch (letter) {
      case 'a' -> 7;
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 0x0B;
      case 'x' -> hex(in, 2);
      case 'u' -> hex(in, 4);
      case 'U' -> hex(in, 8);
      case 'N' -> named(in);
      default -> itself(in, letter);
    };
  }

  private static int itself(PatternReader in, int letter) throws RegexException {
    boolean ascii = letter < 128;
    if (ascii && (Character.isLetter(letter) || Character.isDigit(letter))) {
      throw in.error("bad escape \\" + Character.toString(letter));
    }
    return letter;
  }

  private static int hex(PatternReader in, int digits) throws RegexException {
    String found = in.some(HEX, digits);
    if (found.length() < digits) {
      throw in.error("escape needs " + digits + " hexadecimal digits");
    }
    long code = Long.parseLong(found, 16);
    if (code > Character.MAX_CODE_POINT) {
      throw in.error("there is no such character");
    }
    return (int) code;
  }

  private static int named(PatternReader in) throws RegexException {
    if (!in.skip('{')) {
      throw in.error("missing { after \\N");
    }
    String name = in.until('}', "\\N{");
    try {
      return Character.codePointOf(name);
    } catch (IllegalArgumentException e) {
      throw in.error("no character is called \"" + name + "\"");
    }
  }

  /** Reads the rest of an octal escape whose first digits have been read. */
  static int octal(PatternReader in, String first, int more) throws RegexException {
    int code = Integer.parseInt(first + in.some(OCTAL, more), 8);
    if (code > MAX_OCTAL) {
      throw in.error("octal escape is beyond 0o377");
    }
    return code;
  }

  static boolean isOctal(int c) {
    return c >= '0' && c <= '7';
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** Returns a character as Java writes it, inside classes and outside. */
  static String java(int codePoint) {
    boolean plain = codePoint < 128 && Character.isLetterOrDigit(codePoint);
    return plain ? Character.toString(codePoint) : "\\x{%X}".formatted(codePoint);
  }
}
