package org.peal.service.koji;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the INI dialect of Koji's configuration: {@code [section]}, {@code key = value} or {@code
 * key: value}, whole-line comments by {@code #} or {@code ;}, values that go on in indented lines.
 * Names of keys are lower case. Nothing in a value is replaced.
 */
final class IniFile {

  private final Map<String, Map<String, String>> sections = new LinkedHashMap<>();
  private final String source;
  private @Nullable Map<String, String> section;
  private @Nullable String key;

  private IniFile(String source) {
    this.source = source;
  }

  /**
   * Returns the sections of a text by name.
   *
   * @param source named in complaints
   * @throws KojiSetupException if a line is none of the above
   */
  static Map<String, Map<String, String>> parse(String text, String source) {
    IniFile file = new IniFile(source);
    int number = 0;
    for (String line : text.split("\r\n|\r|\n", -1)) {
      file.line(line, ++number);
    }
    return file.sections;
  }

  private void line(String line, int number) {
    String content = line.strip();
    if (content.isEmpty() || content.startsWith("#") || content.startsWith(";")) {
      return;
    }
    if (Character.isWhitespace(line.charAt(0)) && section != null && key != null) {
      section.merge(key, content, (before, more) -> before + "\n" + more);
    } else if (content.startsWith("[") && content.indexOf(']') > 0) {
      String name = content.substring(1, content.indexOf(']'));
      section = sections.computeIfAbsent(name, any -> new LinkedHashMap<>());
      key = null;
    } else {
      entry(content, number);
    }
  }

  private void entry(String content, int number) {
    int equals = content.indexOf('=');
    int colon = content.indexOf(':');
    int end = equals < 0 || (colon >= 0 && colon < equals) ? colon : equals;
    if (end <= 0 || section == null) {
      // The line itself may hold a password.
      throw new KojiSetupException(
          source + ", line " + number + ": expected [section] or key = value", null);
    }
    key = content.substring(0, end).strip().toLowerCase(Locale.ROOT);
    section.put(key, content.substring(end + 1).strip());
  }
}
