package org.peal.handler.tagging;

/** Translates one bracketed class; its opening bracket has been read. For one thread. */
final class ClassTranslator {

  /** A member that is a class itself, and so cannot begin or end a range. */
  private static final int NO_LITERAL = -1;

  private final PatternReader in;
  private final boolean ascii;
  private final boolean folds;
  private final StringBuilder members = new StringBuilder();
  private boolean nested;
  private String last = "";

  private ClassTranslator(PatternReader in, RegexFlags flags) {
    this.in = in;
    this.ascii = flags.ascii();
    this.folds = flags.ignoreCase() && !flags.ascii();
  }

  static String translate(PatternReader in, RegexFlags flags) throws RegexException {
    return new ClassTranslator(in, flags).translate();
  }

  private String translate() throws RegexException {
    boolean negated = in.skip('^');
    boolean first = true;
    while (first || !in.skip(']')) {
      first = false;
      member();
    }
    if (negated && nested) {
      // What Java's negation does to a class within has changed over its versions.
      return "(?:(?![" + members + "])(?s:.))";
    }
    return "[" + (negated ? "^" : "") + members + "]";
  }

  private void member() throws RegexException {
    int from = one();
    String begin = last;
    if (!in.skip('-')) {
      members.append(begin);
    } else if (in.peek() == ']') {
      members.append(begin).append("\\x{2D}");
    } else {
      range(from, one());
    }
  }

  private void range(int from, int to) throws RegexException {
    if (from == NO_LITERAL || to == NO_LITERAL || to < from) {
      throw in.error("bad range in a class");
    }
    members.append(RegexEscapes.java(from)).append('-').append(RegexEscapes.java(to));
    if (folds) {
      CasedLetters.within(from, to).forEach(c -> otherForms(c, from, to));
    }
  }

  /** Python takes in the other forms of all letters of a range, Java only those of the subject. */
  private void otherForms(int letter, int from, int to) {
    sameLetter(CasedLetters.lower(letter), from, to);
    sameLetter(CasedLetters.folded(letter), from, to);
  }

  private void sameLetter(int form, int from, int to) {
    if (form < from || form > to) {
      members.append(RegexEscapes.java(form));
    }
  }

  private int one() throws RegexException {
    int c = in.next();
    int literal = c == '\\' ? escaped(in.next()) : c;
    if (literal != NO_LITERAL) {
      last = RegexEscapes.java(literal);
    }
    return literal;
  }

  private int escaped(int letter) throws RegexException {
    if (CharClasses.isClass(letter)) {
      nested |= CharClasses.isNested(letter, ascii);
      last = CharClasses.members(letter, ascii);
      return NO_LITERAL;
    } else if (letter == 'b') {
      return '\b';
    } else if (RegexEscapes.isOctal(letter)) {
      return RegexEscapes.octal(in, Character.toString(letter), 2);
    }
    return RegexEscapes.literal(in, letter);
  }
}
