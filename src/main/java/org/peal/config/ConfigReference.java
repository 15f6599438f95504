package org.peal.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells what all settings mean, from the configuration's root record. Stateless. */
public final class ConfigReference {

  private static final String HEAD =
      """
      # Configuration

      <!-- Generated from the configuration records; their test says how to write it anew. -->

      Peal runs without any configuration. What there is comes from these sources; a later one wins,
      maps are merged key by key, lists are replaced as a whole:

      1. the defaults below;
      2. `peal.yaml`, then `conf.d/*.yaml` by name, in `/etc/peal`, and the same in
         `$XDG_CONFIG_HOME/peal` (`~/.config/peal`). `--config DIR` reads that folder instead of
         both, `--config FILE` that one file;
      3. environment variables `PEAL_SECTION__KEY_NAME`, whose values are read as YAML
         (`PEAL_CRYPTO__SIGN=true`, `PEAL_RELAY__IN='[tcp://127.0.0.1:2001]'`,
         `PEAL_CRYPTO__CERTNAMES='{shell.host: shell-host}'`);
      4. options on the command line.

      Files are YAML 1.1, or JSON. A relative path starts from the folder of the file that says it,
      or from the current folder when environment or command line say it. A list may be written as
      its only value. Times are a whole number with a unit: `500ms`, `1s`, `2m`, `1h`, `7d`.

      An unknown key is an error. `peal config check` reports all problems at once, and
      `peal config show --origin` says for every key where its value came from.
      """;

  /** Stands for the name of one of several sections of a kind. */
  private static final String NAME = "NAME";

  private static final Map<Class<?>, String> NAMES =
      Map.of(
          String.class, "text",
          Boolean.class, "`true` or `false`",
          Integer.class, "whole number",
          Long.class, "whole number",
          Duration.class, "time",
          Path.class, "path");

  /**
   * What there is to know of one setting. Immutable.
   *
   * @param key the dotted key
   * @param meaning one or more plain sentences
   * @param type what may be written, in Markdown
   * @param builtIn the value that holds when nothing is said, or null for none
   * @param variable the environment variable that sets it
   */
  public record Explanation(
      String key, String meaning, String type, @Nullable String builtIn, String variable) {}

  private final StringBuilder out = new StringBuilder(HEAD);
  private final List<Explanation> explanations = new ArrayList<>();
  private final Place nowhere = Place.named("default", Path.of(""));

  private ConfigReference() {}

  /** Returns the whole document for a root record whose components are sections. */
  public static String markdown(Class<? extends Record> root) {
    return read(root).out.toString();
  }

  /** Returns what is known of every setting of a root record, in its order. */
  public static List<Explanation> explanations(Class<? extends Record> root) {
    return List.copyOf(read(root).explanations);
  }

  private static ConfigReference read(Class<? extends Record> root) {
    ConfigReference reference = new ConfigReference();
    YamlTree.Mapping nothing = new YamlTree.Mapping(Map.of(), reference.nowhere);
    reference.settings(new Binder(List.of()).bind(root, nothing), "");
    return reference;
  }

  private void settings(Record section, String prefix) {
    for (Setting setting : Setting.of(section.getClass())) {
      Object value = setting.valueIn(section);
      if (setting.isSection() && value instanceof Record inner) {
        section(inner, prefix + setting.name());
      } else if (setting.namedSection().isPresent()) {
        section(defaults(setting.namedSection().get()), prefix + setting.name() + "." + NAME);
      } else {
        setting(setting, prefix + setting.name(), ConfigEntry.show(value));
      }
    }
  }

  private Record defaults(Class<?> type) {
    YamlTree.Mapping nothing = new YamlTree.Mapping(Map.of(), nowhere);
    return new Binder(List.of()).bind(type.asSubclass(Record.class), nothing);
  }

  private void section(Record section, String key) {
    out.append("\n## `").append(key).append("`\n");
    Doc doc = section.getClass().getAnnotation(Doc.class);
    if (doc != null) {
      out.append("\n").append(doc.value()).append("\n");
    }
    settings(section, key + ".");
  }

  private void setting(Setting setting, String key, @Nullable String value) {
    Explanation explanation =
        new Explanation(
            key,
            setting.meaning(),
            typeName(setting.component().getGenericType()),
            value,
            "PEAL_" + key.replace(".", "__").replace('-', '_').toUpperCase(Locale.ROOT));
    explanations.add(explanation);
    out.append("\n### `").append(key).append("`\n\n");
    out.append(explanation.meaning()).append("\n\n");
    out.append("- Type: ").append(explanation.type()).append("\n");
    out.append("- Default: ").append(value == null ? "not set" : "`" + value + "`").append("\n");
    out.append("- Environment: `").append(explanation.variable()).append("`\n");
  }

  private static String typeName(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      String last = typeName(arguments[arguments.length - 1]);
      String raw = ((Class<?>) generic.getRawType()).getSimpleName();
      return switch (raw) {
        case "List" -> "list of: " + last;
        case "Map" -> "map of name to: " + last;
        default -> last;
      };
    }
    Class<?> single = (Class<?>) type;
    return single.isEnum() ? constants(single) : NAMES.getOrDefault(single, documented(single));
  }

  private static String constants(Class<?> type) {
    List<String> names =
        Arrays.stream(type.getEnumConstants()).map(c -> Setting.kebab((Enum<?>) c)).toList();
    return "one of `" + String.join("`, `", names) + "`";
  }

  private static String documented(Class<?> type) {
    Doc doc = type.getAnnotation(Doc.class);
    return doc == null ? type.getSimpleName().toLowerCase(Locale.ROOT) : doc.value();
  }
}
