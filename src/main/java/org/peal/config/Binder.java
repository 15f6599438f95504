package org.peal.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes records of a tree and gathers what does not fit. For one binding, one thread. */
final class Binder {

  private final List<Problem> problems;
  private final Values values;
  private Class<?> root = Record.class;

  Binder(List<Problem> known) {
    problems = new ArrayList<>(known);
    values = new Values(problems);
  }

  <R extends Record> R bind(Class<R> type, YamlTree.Mapping tree) {
    root = type;
    Object result = section(type, "", tree);
    if (result == null || !problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return type.cast(result);
  }

  private @Nullable Object section(Class<?> type, String prefix, YamlTree.Mapping tree) {
    int before = problems.size();
    List<Setting> settings = Setting.of(type);
    reportUnknown(prefix, tree, settings);
    Object[] arguments =
        settings.stream().map(s -> argument(s, prefix, tree.get(s.name()))).toArray();
    // Half a section would only add misleading complaints of the record's own checks.
    return problems.size() > before ? null : construct(type, arguments, prefix, tree.place());
  }

  private @Nullable Object argument(Setting setting, String prefix, @Nullable YamlTree said) {
    String key = prefix + setting.name();
    YamlTree set = said instanceof YamlTree.Scalar s && s.value() == null ? null : said;
    Optional<Class<?>> named = setting.namedSection();
    if (named.isPresent()) {
      return set == null ? null : named(named.get(), key, set);
    }
    if (!setting.isSection()) {
      return values.read(setting.component().getGenericType(), key, set);
    }
    Class<?> type = setting.component().getType();
    if (set == null) {
      Place nowhere = Place.named("default", Path.of(""));
      return section(type, key + ".", new YamlTree.Mapping(Map.of(), nowhere));
    }
    if (set instanceof YamlTree.Mapping mapping) {
      return section(type, key + ".", mapping);
    }
    String keys = String.join(", ", Setting.of(type).stream().map(Setting::name).toList());
    String text = "must be a section with the keys " + keys + ", but is " + set.describe();
    problems.add(new Problem(set.place(), key, text));
    return null;
  }

  private @Nullable Object named(Class<?> type, String key, YamlTree set) {
    if (!(set instanceof YamlTree.Mapping mapping)) {
      String text = "must be a map of names to sections, but is " + set.describe();
      problems.add(new Problem(set.place(), key, text));
      return null;
    }
    Map<String, Object> sections = new LinkedHashMap<>();
    for (YamlTree.Field field : mapping.fields().values()) {
      Object section = namedSection(type, key + "." + field.name(), field);
      if (section != null) {
        sections.put(field.name(), section);
      }
    }
    return Collections.unmodifiableMap(sections);
  }

  private @Nullable Object namedSection(Class<?> type, String key, YamlTree.Field field) {
    if (field.value() instanceof YamlTree.Mapping mapping) {
      return section(type, key + ".", mapping);
    }
    if (field.value() instanceof YamlTree.Scalar said && said.value() == null) {
      return section(type, key + ".", new YamlTree.Mapping(Map.of(), field.place()));
    }
    String text = "must be a section, but is " + field.value().describe();
    problems.add(new Problem(field.value().place(), key, text));
    return null;
  }

  private void reportUnknown(String prefix, YamlTree.Mapping tree, List<Setting> settings) {
    List<String> known = settings.stream().map(Setting::name).toList();
    for (YamlTree.Field field : tree.fields().values()) {
      if (!known.contains(field.name())) {
        problems.add(new Problem(field.place(), prefix + field.name(), unknown(field, known)));
      }
    }
  }

  /** A key that would be known in another section was most likely written one level too high. */
  private String unknown(YamlTree.Field field, List<String> known) {
    List<String> elsewhere =
        keys(root, "").filter(key -> key.endsWith("." + field.name())).sorted().toList();
    return elsewhere.isEmpty()
        ? Suggestion.unknownKey(field.name(), known)
        : "unknown key, did you mean \"" + elsewhere.get(0) + "\"?";
  }

  private static Stream<String> keys(Class<?> type, String prefix) {
    return Setting.of(type).stream()
        .flatMap(
            setting ->
                setting.isSection()
                    ? keys(setting.component().getType(), prefix + setting.name() + ".")
                    : Stream.of(prefix + setting.name()));
  }

  private @Nullable Object construct(
      Class<?> type, @Nullable Object[] arguments, String prefix, Place place) {
    try {
      Class<?>[] types =
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (!(e.getCause() instanceof IllegalArgumentException refused)) {
        throw new IllegalStateException("cannot make " + type, e);
      }
      String key = prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1);
      problems.add(new Problem(place, key, String.valueOf(refused.getMessage())));
      return null;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make " + type, e);
    }
  }
}
