package org.peal.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A component of a configuration record, seen as a key. Immutable.
 *
 * @param name the key within its section, such as {@code high-water-mark}
 */
record Setting(String name, RecordComponent component) {

  static List<Setting> of(Class<?> record) {
    return Arrays.stream(record.getRecordComponents())
        .map(component -> new Setting(kebab(component.getName()), component))
        .toList();
  }

  /** Tells whether this is a map of further settings, not a value. */
  boolean isSection() {
    return component.getType().isRecord() && !Values.hasParser(component.getType());
  }

  /** Returns the record of the sections, if this is a map of named sections. */
  Optional<Class<?>> namedSection() {
    return component.getGenericType() instanceof ParameterizedType generic
            && generic.getRawType() == Map.class
            && generic.getActualTypeArguments()[1] instanceof Class<?> type
            && type.isRecord()
            && !Values.hasParser(type)
        ? Optional.of(type)
        : Optional.empty();
  }

  @Nullable Object valueIn(Record section) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(section);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }

  String meaning() {
    Doc doc = component.getAnnotation(Doc.class);
    return doc == null ? "" : doc.value();
  }

  static String kebab(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String kebab(String camel) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < camel.length(); i++) {
      char c = camel.charAt(i);
      if (Character.isUpperCase(c)) {
        name.append('-');
      }
      name.append(Character.toLowerCase(c));
    }
    return name.toString();
  }
}
