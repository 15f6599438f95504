package org.peal.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.peal.filter.Token.Kind;

/** Cuts a text into tokens. Used once, by one thread. */
final class Lexer {

  private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_-]*+");
  private static final Pattern NUMBER =
      Pattern.compile("-?+(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?+(?:[eE][+-]?+[0-9]++)?+");

  /** A number and what makes it none, to be shown whole. */
  private static final Pattern NUMBER_LIKE = Pattern.compile("[-+.]?+[0-9][\\p{L}\\p{N}_.+-]*+");

  private static final List<String> SYMBOLS =
      List.of("==", "!=", "<=", ">=", "<", ">", "(", ")", "[", "]", ".", ",");

  /** What other languages write, and what is meant by it; longer ones first where it matters. */
  private static final List<Map.Entry<String, String>> FOREIGN =
      List.of(
          Map.entry("===", "=="),
          Map.entry("!==", "!="),
          Map.entry("=~", "matches"),
          Map.entry("!~", "not matches"),
          Map.entry("<>", "!="),
          Map.entry("&&", "and"),
          Map.entry("||", "or"));

  private static final Map<String, String> FOREIGN_SINGLE =
      Map.of("=", "==", "~", "matches", "&", "and", "|", "or", "!", "not");

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String source) {
    this.source = source;
  }

  /** Returns the tokens of a text, the last of which is the end. */
  static List<Token> tokens(String source) {
    Lexer lexer = new Lexer(source);
    while (lexer.skipSpace()) {
      lexer.tokens.add(lexer.token());
    }
    lexer.tokens.add(lexer.end());
    return lexer.tokens;
  }

  /** Tells whether a text is a single word. */
  static boolean isWord(String text) {
    return WORD.matcher(text).matches();
  }

  private boolean skipSpace() {
    while (at < source.length() && " \t\r\n".indexOf(source.charAt(at)) >= 0) {
      at++;
    }
    return at < source.length();
  }

  /** Returns the end, placed right behind what was last there. */
  private Token end() {
    int place = tokens.isEmpty() ? 0 : tokens.get(tokens.size() - 1).end();
    return new Token(Kind.END, "", place, place);
  }

  private Token token() {
    char c = source.charAt(at);
    if (c == '"' || c == '\'') {
      return string(c);
    } else if (c >= '0' && c <= '9' || (c == '-' || c == '+') && isDigit(at + 1)) {
      return number();
    }
    Matcher word = at(WORD);
    return word.lookingAt() ? take(Kind.WORD, word.group(), word.end()) : symbol();
  }

  private boolean isDigit(int index) {
    return index < source.length() && source.charAt(index) >= '0' && source.charAt(index) <= '9';
  }

  private Token number() {
    Matcher like = at(NUMBER_LIKE);
    if (!like.lookingAt()) {
      throw new IllegalStateException("no digit at " + at);
    }
    String text = like.group();
    if (!NUMBER.matcher(text).matches()) {
      throw problem(like.end(), "\"" + shortened(text) + "\" is not a number as in JSON");
    }
    return take(Kind.NUMBER, bounded(text, like.end()), like.end());
  }

  private Token symbol() {
    for (Map.Entry<String, String> foreign : FOREIGN) {
      refuse(foreign.getKey(), foreign.getValue());
    }
    for (String symbol : SYMBOLS) {
      if (source.startsWith(symbol, at)) {
        return take(Kind.SYMBOL, symbol, at + symbol.length());
      }
    }
    FOREIGN_SINGLE.forEach(this::refuse);
    int end = source.offsetByCodePoints(at, 1);
    throw problem(end, unexpected(source.codePointAt(at)));
  }

  private static String unexpected(int character) {
    return Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE
        ? "unexpected character U+%04X".formatted(character)
        : "unexpected character \"" + Character.toString(character) + "\"";
  }

  private void refuse(String foreign, String meant) {
    if (source.startsWith(foreign, at)) {
      throw problem(
          at + foreign.length(),
          "\"" + foreign + "\" is not an operator, did you mean " + meant + "?");
    }
  }

  private Token string(char quote) {
    StringBuilder text = new StringBuilder();
    int i = at + 1;
    while (i < source.length() && source.charAt(i) != quote) {
      if (source.charAt(i) == '\\') {
        i = escape(i, text);
      } else {
        text.append(source.charAt(i++));
      }
    }
    if (i >= source.length()) {
      throw problem(at + 1, "the string that begins here has no end; a " + quote + " is missing");
    }
    return take(Kind.STRING, bounded(text.toString(), i + 1), i + 1);
  }

  /** Appends what the escape at an index stands for and returns the index behind it. */
  private int escape(int i, StringBuilder text) {
    char c = i + 1 < source.length() ? source.charAt(i + 1) : ' ';
    int simple = "\"'\\/bfnrt".indexOf(c);
    if (simple >= 0) {
      text.append("\"'\\/\b\f\n\r\t".charAt(simple));
      return i + 2;
    }
    if (c == 'u' && i + 6 <= source.length() && isHex(source.substring(i + 2, i + 6))) {
      text.append((char) Integer.parseInt(source.substring(i + 2, i + 6), 16));
      return i + 6;
    }
    throw FilterException.at(
        source,
        i,
        i + 2,
        "unknown escape; a backslash of the string itself, as in a regular expression, is written"
            + " \\\\");
  }

  private static boolean isHex(String digits) {
    return digits.chars().allMatch(c -> c < 128 && Character.digit(c, 16) >= 0);
  }

  private String bounded(String text, int end) {
    if (text.length() > Filter.MAX_LITERAL) {
      throw problem(
          end,
          "a string or number may have %d characters, this has %d"
              .formatted(Filter.MAX_LITERAL, text.length()));
    }
    return text;
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }

  private Matcher at(Pattern pattern) {
    return pattern.matcher(source).region(at, source.length());
  }

  private Token take(Kind kind, String text, int end) {
    Token token = new Token(kind, text, at, end);
    at = end;
    return token;
  }

  private FilterException problem(int end, String text) {
    return FilterException.at(source, at, end, text);
  }
}
