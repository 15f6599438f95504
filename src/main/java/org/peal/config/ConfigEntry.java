package org.peal.config;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One setting as it is in force. Immutable.
 *
 * @param key the dotted key
 * @param value the value as a configuration file could say it, or null when it is not set
 * @param origin {@code file:line}, {@code environment PEAL_X}, {@code command line} or {@code
 *     default}
 */
public record ConfigEntry(String key, @Nullable String value, String origin) {

  static void collect(
      Record section, String prefix, @Nullable YamlTree tree, List<ConfigEntry> entries) {
    for (Setting setting : Setting.of(section.getClass())) {
      String key = prefix + setting.name();
      YamlTree said = tree instanceof YamlTree.Mapping map ? map.get(setting.name()) : null;
      Object value = setting.valueIn(section);
      if (setting.isSection() && value instanceof Record inner) {
        collect(inner, key + ".", said, entries);
      } else if (setting.namedSection().isPresent() && value instanceof Map<?, ?> sections) {
        sections.forEach((name, inner) -> collectNamed(key, name, inner, said, entries));
      } else {
        entries.add(new ConfigEntry(key, show(value), origin(said)));
      }
    }
  }

  private static void collectNamed(
      String key, Object name, Object section, @Nullable YamlTree tree, List<ConfigEntry> entries) {
    YamlTree said = tree instanceof YamlTree.Mapping map ? map.get(name.toString()) : null;
    collect((Record) section, key + "." + name + ".", said, entries);
  }

  private static String origin(@Nullable YamlTree said) {
    return said == null || said instanceof YamlTree.Scalar s && s.value() == null
        ? "default"
        : said.place().withoutColumn();
  }

  static @Nullable String show(@Nullable Object value) {
    if (value == null) {
      return null;
    } else if (value instanceof Optional<?> optional) {
      return show(optional.orElse(null));
    } else if (value instanceof Duration time) {
      return Durations.format(time);
    } else if (value instanceof Enum<?> constant) {
      return Setting.kebab(constant);
    } else if (value instanceof Collection<?> list) {
      return "[" + String.join(", ", list.stream().map(ConfigEntry::show).toList()) + "]";
    } else if (value instanceof Map<?, ?> map) {
      List<String> fields =
          map.entrySet().stream().map(e -> e.getKey() + ": " + show(e.getValue())).toList();
      return "{" + String.join(", ", fields) + "}";
    }
    return value.toString();
  }
}
