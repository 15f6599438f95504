package org.peal.sentence;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The changes by name. */
final class Changes {

  /** Makes a change of the argument in the rule; the argument may be empty. */
  private record Kind(boolean needsArgument, Function<String, Change> maker) {}

  private static final Map<String, Kind> KINDS = new TreeMap<>();

  static {
    plain("package", Changes::packageName);
    plain("line", text -> text.strip().lines().findFirst().orElse("").strip());
    plain("branch", text -> without(text, "refs/heads/"));
    plain("lower", text -> text.toLowerCase(Locale.ROOT));
    plain("words", text -> text.replace('.', ' ').replace('_', ' '));
    plain(
        "more",
        text -> text.strip().lines().filter(l -> !l.isBlank()).count() > 1 ? "(..more)" : "");
    KINDS.put("count", new Kind(false, none -> texts -> List.of(String.valueOf(texts.size()))));
    KINDS.put("last", new Kind(false, none -> Changes::last));
    number("head", (text, most) -> Limits.cut(text, most));
    number("cut", (text, most) -> text.length() > most ? Limits.cut(text, most - 3) + "..." : text);
    argument("not", (text, other) -> text.equals(other) ? "" : text);
    argument("account", Changes::account);
    argument("after", (text, mark) -> text.contains(mark) ? after(text, mark) : "");
    argument("before", (text, mark) -> text.contains(mark) ? before(text, mark) : "");
    argument("without", Changes::without);
    KINDS.put(
        "split",
        new Kind(
            true,
            mark ->
                texts ->
                    texts.stream()
                        .flatMap(
                            text -> Arrays.stream(text.split(Pattern.quote(mark), Limits.LIST)))
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .limit(Limits.LIST)
                        .toList()));
  }

  private Changes() {}

  /**
   * Returns the change of a name.
   *
   * @throws IllegalArgumentException saying what is wrong with the name or the argument
   */
  static Change named(String name, String argument) {
    Kind kind = KINDS.get(name);
    if (kind == null) {
      throw new IllegalArgumentException(
          "unknown change \"" + name + "\"; known are " + String.join(", ", KINDS.keySet()));
    }
    if (kind.needsArgument() == argument.isEmpty()) {
      throw new IllegalArgumentException(
          "change \"" + name + "\" takes " + (kind.needsArgument() ? "an" : "no") + " argument");
    }
    return kind.maker().apply(argument);
  }

  private static void plain(String name, UnaryOperator<String> change) {
    KINDS.put(name, new Kind(false, none -> each(change)));
  }

  private static void argument(String name, Edit<String> edit) {
    KINDS.put(name, new Kind(true, argument -> each(text -> edit.apply(text, argument))));
  }

  private static void number(String name, Edit<Integer> edit) {
    KINDS.put(
        name,
        new Kind(
            true,
            argument -> {
              int most = atLeastThree(name, argument);
              return each(text -> edit.apply(text, most));
            }));
  }

  private interface Edit<T> {
    String apply(String text, T argument);
  }

  private static int atLeastThree(String name, String argument) {
    if (!argument.matches("[0-9]{1,4}") || Integer.parseInt(argument) < 3) {
      throw new IllegalArgumentException(
          "change \"" + name + "\" takes a number from 3 to 9999, not \"" + argument + "\"");
    }
    return Integer.parseInt(argument);
  }

  private static Change each(UnaryOperator<String> change) {
    return texts -> texts.stream().map(change).filter(text -> !text.isEmpty()).toList();
  }

  private static List<String> last(List<String> texts) {
    return texts.isEmpty() ? texts : List.of(texts.get(texts.size() - 1));
  }

  private static String packageName(String build) {
    int release = build.lastIndexOf('-');
    int version = build.lastIndexOf('-', release - 1);
    return version > 0 ? build.substring(0, version) : build;
  }

  /** Takes a name out of an OpenID URL or out of an address within the domain. */
  private static String account(String text, String domain) {
    String host = ".id." + domain;
    if (text.startsWith("http") && text.contains("://") && text.contains(host)) {
      return before(after(text, "://"), host);
    }
    return text.endsWith("@" + domain) ? before(text, "@") : text;
  }

  private static String after(String text, String mark) {
    return text.substring(text.indexOf(mark) + mark.length());
  }

  private static String before(String text, String mark) {
    int at = text.indexOf(mark);
    return at < 0 ? text : text.substring(0, at);
  }

  private static String without(String text, String start) {
    return text.startsWith(start) ? text.substring(start.length()) : text;
  }
}
