package org.peal.handler.tagging.action;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings file of the message-tagging-service, as far as it assigns literals: it is a Python
 * program, and never run. Immutable.
 *
 * @param values texts, or lists of texts, by the original's names
 * @param unread what is no assignment of a literal, by its line
 */
public record MtsSettingsFile(Map<String, List<String>> values, Map<Integer, String> unread) {

  private static final Pattern CLASS =
      Pattern.compile("class\\s+(\\w+)\\s*(?:\\([^)]*\\))?\\s*:\\s*(?:pass\\s*)?");
  private static final Pattern ASSIGNMENT =
      Pattern.compile("(\\w+)\\s*=(?!=)\\s*(.*)", Pattern.DOTALL);
  private static final Pattern HARMLESS =
      Pattern.compile("(import|from)\\s.*|pass|[\"'].*", Pattern.DOTALL);
  private static final Pattern ZERO = Pattern.compile("0+");
  private static final int NO_BLOCK = Integer.MAX_VALUE;
  private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{0,8}");
  private static final String DRY_RUN = "dry_run";
  private static final String TIMEOUT = "requests_timeout";
  private static final String FALSE = "False";
  private static final int LONGEST = 1 << 20;
  private static final int MOST_LINES = 100;

  public MtsSettingsFile {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    unread = Collections.unmodifiableMap(new LinkedHashMap<>(unread));
  }

  /**
   * Reads a file.
   *
   * @param classes whose assignments count, the later ones more; what is in no class counts least
   * @throws IllegalArgumentException if it is too long to be one
   */
  public static MtsSettingsFile read(String text, List<String> classes) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("is longer than " + LONGEST + " characters");
    }
    return new Reader(classes).read(text);
  }

  /** Reads statement by statement. */
  private static final class Reader {
    private final List<String> classes;
    private final Map<String, Map<String, List<String>>> found = new LinkedHashMap<>();
    private final Map<Integer, String> unread = new LinkedHashMap<>();
    private String current = "";

    /** What is indented by more than this may never be carried out, or means something local. */
    private int block = NO_BLOCK;

    Reader(List<String> classes) {
      this.classes = classes;
    }

    MtsSettingsFile read(String text) {
      List<String> lines = text.lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        StringBuilder statement = new StringBuilder(lines.get(i));
        int first = i;
        while (PythonLiteral.goesOn(statement.toString())
            && i + 1 < lines.size()
            && i - first < MOST_LINES) {
          statement.append('\n').append(lines.get(++i));
        }
        statement(first + 1, statement.toString());
      }
      Map<String, List<String>> values = new LinkedHashMap<>(found.getOrDefault("", Map.of()));
      classes.forEach(name -> values.putAll(found.getOrDefault(name, Map.of())));
      return new MtsSettingsFile(values, unread);
    }

    private void statement(int line, String text) {
      String code = PythonLiteral.withoutComment(text);
      if (code.isBlank()) {
        return;
      }
      int indent = code.length() - code.stripLeading().length();
      if (indent > block) {
        unread(line, code.strip(), "depends on what is not read");
        return;
      }
      block = NO_BLOCK;
      Matcher type = CLASS.matcher(code);
      if (type.matches()) {
        current = type.group(1);
        return;
      }
      if (indent == 0) {
        current = "";
      }
      assignment(line, code.strip());
      if (code.strip().endsWith(":")) {
        block = indent;
      }
    }

    private void unread(int line, String code, String why) {
      unread.put(line, code.lines().findFirst().orElse("") + ": " + why);
    }

    private void assignment(int line, String code) {
      Matcher assignment = ASSIGNMENT.matcher(code);
      if (assignment.matches()) {
        try {
          found
              .computeIfAbsent(current, any -> new LinkedHashMap<>())
              .put(assignment.group(1), value(assignment.group(1), assignment.group(2)));
        } catch (IllegalArgumentException e) {
          unread(line, code, String.valueOf(e.getMessage()));
        }
      } else if (!HARMLESS.matcher(code).matches()) {
        unread(line, code, "not an assignment");
      }
    }

    /** A number that is zero is false; a text that says so is true. */
    private static List<String> value(String name, String literal) {
      boolean isFalse = name.equals(DRY_RUN) && ZERO.matcher(literal).matches();
      List<String> value = PythonLiteral.read(isFalse ? FALSE : literal);
      if (name.equals(TIMEOUT) && !SECONDS.matcher(String.join(" ", value)).matches()) {
        throw new IllegalArgumentException("must be a whole number of seconds");
      }
      return value;
    }
  }

  /** What there is no counterpart for, and what to do instead. */
  private static final Map<String, String> LEFT =
      Map.of(
          "messaging_backend", "set handlers.tagging.bus",
          "rhmsg_brokers", "AMQP 1.0 is not spoken; set the section amqp",
          "rhmsg_certificate", "see rhmsg_brokers",
          "rhmsg_private_key", "see rhmsg_brokers",
          "rhmsg_ca_cert", "see rhmsg_brokers",
          "rhmsg_topic_prefix", "set topic-prefix",
          "rhmsg_queue", "see rhmsg_brokers",
          "rhmsg_subscription_name", "see rhmsg_brokers",
          "log_level", "set PEAL_LOG or --log");

  private static final Set<String> LISTS = Set.of("build_state_msg_filter");

  /** The original's names that are taken over; ours are the same, with hyphens. */
  private static final Set<String> NAMES =
      Set.of(
          "mbs_api_url",
          "rules_file_url",
          "build_state",
          "build_state_msg_filter",
          TIMEOUT,
          "koji_profile",
          "koji_cert",
          "keytab",
          "principal");

  /** Returns the section of the configuration, as YAML, that says the same. */
  public String toYaml() {
    StringBuilder yaml = new StringBuilder("handlers:\n  tagging:\n");
    List<String> dryRun = values.getOrDefault(DRY_RUN, List.of());
    if (!dryRun.isEmpty() && !dryRun.get(0).isEmpty() && !dryRun.get(0).equals(FALSE)) {
      yaml.append("    dry-run: true\n");
    }
    yaml.append("    settings:\n");
    values.forEach(
        (name, value) -> {
          if (NAMES.contains(name) && !value.isEmpty() && !value.get(0).isEmpty()) {
            yaml.append("      ").append(name.replace('_', '-')).append(": ");
            yaml.append(name.equals(TIMEOUT) ? value.get(0) + "s" : yaml(name, value));
            yaml.append('\n');
          }
        });
    return yaml.toString();
  }

  private static String yaml(String name, List<String> value) {
    List<String> quoted = value.stream().map(MtsSettingsFile::quoted).toList();
    return LISTS.contains(name) ? quoted.toString() : quoted.get(0);
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** Returns the settings that are not taken over, and why. */
  public Map<String, String> left() {
    Map<String, String> left = new LinkedHashMap<>();
    for (String name : new ArrayList<>(values.keySet())) {
      if (!NAMES.contains(name) && !name.equals(DRY_RUN)) {
        left.put(name, LEFT.getOrDefault(name, "not a setting of the original"));
      }
    }
    return left;
  }
}
