package org.peal.handler.tagging;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Translates an expression of Python's {@code re} into one that {@code java.util.regex} gives the
 * same answer for. For one expression, one thread.
 *
 * <p>The whole syntax is read, because the same characters mean other things in many places. What
 * comes out uses of Java's flags only those about case, and numbers for all groups: {@code .},
 * {@code ^}, {@code $}, {@code \b} and the classes are spelled out. Where an expression asks
 * whether a group took part, each group gets an empty one at its end, which took part if it did.
 */
final class RegexTranslator {

  /** Bounds the recursion, here and in Java's own compiler. */
  private static final int MAX_DEPTH = 100;

  static final int MAX_LENGTH = 10_000;

  /** What may follow {@code (?} in both languages, and means the same. */
  private static final List<String> LOOKS = List.of(":", ">", "=", "!", "<=", "<!");

  private static final String DIGITS = "0123456789";

  /** What the last thing that was read is, as far as a repetition after it cares. */
  private enum Last {
    NOTHING,
    ANCHOR,
    REPETITION,
    ITEM
  }

  /** A group of the expression: its number in the translation, and that of its empty companion. */
  private record Group(int number, boolean closed, int companion) {}

  private final PatternReader in;
  private final boolean conditional;
  private final StringBuilder out = new StringBuilder();
  private final List<Group> groups = new ArrayList<>();
  private final Map<String, Integer> names = new LinkedHashMap<>();

  /** Groups that may take no part in a match. */
  private final Set<Integer> optional = new LinkedHashSet<>();

  private int javaGroups;
  private int depth;

  private RegexTranslator(String expression) {
    this.in = new PatternReader(expression);
    this.conditional = expression.contains("(?(");
  }

  /**
   * A translated expression.
   *
   * @param java what to compile, without flags
   * @param groups the number of each named group in {@code java}, in the order of opening
   * @param optional named groups that a match need not go through
   */
  record Translation(String java, Map<String, Integer> groups, Set<String> optional) {}

  /**
   * Returns the translation.
   *
   * @throws RegexException if Python refuses the expression, or it has no equivalent here
   */
  static Translation translate(String expression) throws RegexException {
    if (expression.length() > MAX_LENGTH) {
      throw new RegexException("expression must have at most " + MAX_LENGTH + " characters");
    }
    return new RegexTranslator(expression).translate();
  }

  private Translation translate() throws RegexException {
    RegexFlags global = InlineFlags.global(in);
    alternatives(global);
    if (in.peek() != PatternReader.END) {
      throw in.error("unbalanced )");
    }
    Map<String, Integer> numbers = new LinkedHashMap<>();
    Set<String> unsure = new LinkedHashSet<>();
    names.forEach(
        (name, index) -> {
          numbers.put(name, groups.get(index - 1).number());
          if (optional.contains(index)) {
            unsure.add(name);
          }
        });
    return new Translation("(?" + global.prefix() + ":" + out + ")", numbers, unsure);
  }

  /** Reads until the group that holds it closes, or the expression ends. */
  private void alternatives(RegexFlags flags) throws RegexException {
    if (++depth > MAX_DEPTH) {
      throw in.error("groups must nest at most " + MAX_DEPTH + " deep");
    }
    int opened = groups.size();
    sequence(flags);
    boolean several = false;
    while (in.skip('|')) {
      several = true;
      out.append('|');
      sequence(flags);
    }
    if (several) {
      unsureSince(opened);
    }
    depth--;
  }

  private void unsureSince(int opened) {
    for (int index = opened + 1; index <= groups.size(); index++) {
      optional.add(index);
    }
  }

  private void sequence(RegexFlags flags) throws RegexException {
    Last last = Last.NOTHING;
    int opened = groups.size();
    InlineFlags.blanks(in, flags);
    for (int c = in.peek(); c != PatternReader.END && c != '|' && c != ')'; c = in.peek()) {
      if (Repetition.isNext(in)) {
        repetition(last, opened);
        last = Last.REPETITION;
      } else {
        int before = groups.size();
        Last found = item(flags);
        if (found != Last.NOTHING) {
          last = found;
          opened = before;
        }
      }
      InlineFlags.blanks(in, flags);
    }
  }

  /** Repeats the item before, which is always a single one for Java as well. */
  private void repetition(Last last, int opened) throws RegexException {
    if (last == Last.NOTHING || last == Last.ANCHOR) {
      throw in.error("nothing to repeat");
    } else if (last == Last.REPETITION) {
      throw in.error("multiple repeat");
    }
    Repetition repetition = Repetition.read(in);
    out.append(repetition.java());
    if (repetition.mayBeNone()) {
      unsureSince(opened);
    }
  }

  private Last item(RegexFlags flags) throws RegexException {
    int c = in.next();
    switch (c) {
      case '\\' -> {
        return escape(flags);
      }
      case '[' -> out.append(ClassTranslator.translate(in, flags));
      case '.' -> out.append(flags.dotAll() ? "(?s:.)" : "[^\\n]");
      case '^' -> {
        out.append(flags.multiline() ? "(?<![^\\n])" : "\\A");
        return Last.ANCHOR;
      }
      case '$' -> {
        out.append(flags.multiline() ? "(?![^\\n])" : "(?=\\n?\\z)");
        return Last.ANCHOR;
      }
      case '(' -> {
        return group(flags);
      }
      default -> out.append(RegexEscapes.java(c));
    }
    return Last.ITEM;
  }

  private Last escape(RegexFlags flags) throws RegexException {
    int letter = in.next();
    switch (letter) {
      case 'A' -> out.append("\\A");
      case 'Z' -> out.append("\\z");
      case 'b' -> out.append(CharClasses.edge(flags.ascii()));
      case 'B' -> out.append(CharClasses.noEdge(flags.ascii()));
      default -> {
        character(letter, flags);
        return Last.ITEM;
      }
    }
    return Last.ANCHOR;
  }

  private void character(int letter, RegexFlags flags) throws RegexException {
    if (CharClasses.isClass(letter)) {
      out.append('[').append(CharClasses.members(letter, flags.ascii())).append(']');
    } else if (letter == '0') {
      out.append(RegexEscapes.java(RegexEscapes.octal(in, "0", 2)));
    } else if (RegexEscapes.isDigit(letter)) {
      number(Character.toString(letter));
    } else {
      out.append(RegexEscapes.java(RegexEscapes.literal(in, letter)));
    }
  }

  /** Three octal digits are a character, else one or two digits are a group. */
  private void number(String first) throws RegexException {
    String digits = first + in.some(DIGITS, 1);
    boolean octal =
        digits.length() == 2
            && digits.chars().allMatch(RegexEscapes::isOctal)
            && RegexEscapes.isOctal(in.peek());
    if (octal) {
      out.append(RegexEscapes.java(RegexEscapes.octal(in, digits, 1)));
    } else {
      reference(Integer.parseInt(digits));
    }
  }

  private void reference(int index) throws RegexException {
    out.append("(?:\\").append(closed(index).number()).append(')');
  }

  private Group closed(int index) throws RegexException {
    if (index < 1 || index > groups.size()) {
      throw in.error("there is no group " + index);
    }
    Group group = groups.get(index - 1);
    if (!group.closed()) {
      throw in.error("group " + index + " is not closed yet");
    }
    return group;
  }

  private Last group(RegexFlags flags) throws RegexException {
    if (!in.skip('?')) {
      capture(flags);
    } else if (in.skip("P<")) {
      String name = in.until('>', "a group's name");
      if (!isName(name) || names.containsKey(name)) {
        throw in.error("bad or repeated name of a group: \"" + name + "\"");
      }
      names.put(name, groups.size() + 1);
      capture(flags);
    } else if (in.skip("P=")) {
      reference(index(in.until(')', "a group's name")));
    } else if (in.skip('#')) {
      in.comment(')');
      return Last.NOTHING;
    } else if (in.skip('(')) {
      condition(flags);
    } else {
      special(flags);
    }
    return Last.ITEM;
  }

  private static boolean isName(String name) {
    int[] letters = name.codePoints().toArray();
    boolean good = letters.length > 0;
    for (int i = 0; i < letters.length; i++) {
      int c = letters[i];
      boolean start = c == '_' || Character.isUnicodeIdentifierStart(c);
      boolean part = Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c);
      good &= start || (i > 0 && part);
    }
    return good;
  }

  private int index(String name) throws RegexException {
    Integer index = names.get(name);
    if (index == null) {
      throw in.error("there is no group \"" + name + "\"");
    }
    return index;
  }

  private void capture(RegexFlags flags) throws RegexException {
    int index = groups.size();
    int number = ++javaGroups;
    groups.add(new Group(number, false, 0));
    out.append('(');
    alternatives(flags);
    int companion = conditional ? ++javaGroups : 0;
    out.append(conditional ? "()" : "");
    close("a group");
    groups.set(index, new Group(number, true, companion));
  }

  private void close(String what) throws RegexException {
    if (!in.skip(')')) {
      throw in.error("missing ) after " + what);
    }
    out.append(')');
  }

  private void condition(RegexFlags flags) throws RegexException {
    String which = in.until(')', "a condition");
    boolean numeric = !which.isEmpty() && which.chars().allMatch(RegexEscapes::isDigit);
    Group group = closed(numeric ? Repetition.count(in, which) : index(which));
    int opened = groups.size();
    out.append("(?:(?:\\").append(group.companion()).append(')');
    sequence(flags);
    out.append("|(?!\\").append(group.companion()).append(')');
    if (in.skip('|')) {
      sequence(flags);
    }
    unsureSince(opened);
    close("a condition");
  }

  private void special(RegexFlags flags) throws RegexException {
    for (String look : LOOKS) {
      if (in.skip(look)) {
        int opened = groups.size();
        out.append("(?").append(look);
        alternatives(flags);
        if (look.endsWith("!")) {
          unsureSince(opened);
        }
        close("a group");
        return;
      }
    }
    local(flags);
  }

  private void local(RegexFlags flags) throws RegexException {
    RegexFlags inner = InlineFlags.local(in, flags);
    out.append("(?").append(inner.prefix()).append(':');
    alternatives(inner);
    close("a group");
  }
}
