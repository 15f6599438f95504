package org.peal.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;

/**
 * Says in our own words what is wrong with a text, and exactly where.
 *
 * <p>What Jackson says about a place is mostly right, and else corrected here by {@link Complaint}.
 * Whether a text is refused never depends on this class.
 */
final class Problems {

  private static final String A_VALUE = "a value";
  private static final String WHITE_SPACE = " \n\r\t";
  private static final String FRACTION_CHARACTERS = ".0123456789";
  private static final String NUMBER_CHARACTERS = "0123456789+-.eE";
  private static final String WORD_BEGINNINGS = "+-I";
  private static final String[] WORDS = {"true", "false", "null", "NaN", "Infinity", "-Infinity"};

  private final JsonParser parser;
  private final SourceText original;
  private final SourceText text;
  private final UnicodeEscapes escapes;

  /** Takes the text as it was given, for people, and as the parser sees it. */
  Problems(JsonParser parser, SourceText original, SourceText text, UnicodeEscapes escapes) {
    this.parser = parser;
    this.escapes = escapes;
    this.original = original;
    this.text = text;
  }

  /** Throws unless only white space is left. */
  void expectEnd() {
    int place = offset(parser.currentLocation());
    while (isAt(place, WHITE_SPACE)) {
      place++;
    }
    if (place < text.length()) {
      throw unexpected(place, afterValue());
    }
  }

  MalformedJsonException textIsEmpty() {
    return unexpected(text.length(), A_VALUE);
  }

  /** Describes a problem with the token that the parser returned last. */
  MalformedJsonException atToken(String problem, Object... arguments) {
    return malformed(offset(parser.currentTokenLocation()), problem, arguments);
  }

  /** Describes the token that the parser returned last as a word that is none. */
  MalformedJsonException wordAtToken() {
    return word(offset(parser.currentTokenLocation()));
  }

  /** Describes the number that the parser returned last as too long. */
  MalformedJsonException numberTooLong() {
    return numberTooLong(offset(parser.currentTokenLocation()));
  }

  private MalformedJsonException numberTooLong(int place) {
    return malformed(place, "number is longer than %d characters", Parsers.MAX_NUMBER_LENGTH);
  }

  MalformedJsonException translate(JsonProcessingException e) {
    if (e instanceof StreamConstraintsException) {
      return numberTooLong(startOf(offset(parser.currentLocation()) - 1, NUMBER_CHARACTERS));
    }
    int place = offset(e.getLocation());
    return switch (Complaint.of(e.getOriginalMessage())) {
      case CONTROL_CHARACTER -> unexpected(place - 1, "");
      case EXPONENT -> unexpected(afterExponentSign(place), "a digit");
      case FRACTION -> unexpected(isAt(place - 1, ".") ? place : place + 1, "a digit");
      case DIGIT -> unexpected(place, "a digit");
      case ESCAPE ->
          unexpected(place, isAt(place - 1, "\\") ? "an escape" : "four hexadecimal digits");
      case STRING -> unexpected(place, "the rest of a string");
      case WORD -> word(startOf(place, WORD_BEGINNINGS));
      case NAME -> unexpected(place, "a name in double quotes");
      case COLON -> unexpected(place, "\":\"");
      case VALUE -> unexpected(place, A_VALUE);
      case AFTER_VALUE -> unexpected(place, afterValue());
      case OTHER -> unexpected(place, "");
    };
  }

  private int afterExponentSign(int place) {
    if (isAt(place - 1, "eE+-")) {
      return place;
    }
    int letter = place;
    while (isAt(letter, FRACTION_CHARACTERS)) {
      letter++;
    }
    return isAt(letter + 1, "+-") ? letter + 2 : letter + 1;
  }

  /** Describes where a text stops to be one of the words that are values. */
  private MalformedJsonException word(int start) {
    int most = 0;
    String expected = A_VALUE;
    for (String word : WORDS) {
      int common = common(start, word);
      if (common > most) {
        most = common;
        expected = common == word.length() ? afterValue() : "\"" + word + "\"";
      }
    }
    return unexpected(start + most, expected);
  }

  private int common(int start, String word) {
    int length = 0;
    while (length < word.length() && isAt(start + length, word.substring(length, length + 1))) {
      length++;
    }
    return length;
  }

  private String afterValue() {
    JsonStreamContext context = parser.getParsingContext();
    if (context.inRoot()) {
      return "the end of the text";
    }
    return context.inArray() ? "\",\" or \"]\"" : "\",\" or \"}\"";
  }

  private int startOf(int end, String characters) {
    int start = end;
    while (isAt(start - 1, characters)) {
      start--;
    }
    return start;
  }

  private boolean isAt(int place, String characters) {
    return place >= 0 && place < text.length() && characters.indexOf(text.chars()[place]) >= 0;
  }

  private int offset(JsonLocation location) {
    return Math.min((int) location.getCharOffset(), text.length());
  }

  private MalformedJsonException unexpected(int place, String expected) {
    return original.unexpectedAt(escapes.originalPlace(place), expected);
  }

  private MalformedJsonException malformed(int place, String problem, Object... arguments) {
    return original.malformedAt(escapes.originalPlace(place), problem, arguments);
  }
}
