package org.peal.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads single settings, lists and maps of them. For one binding, one thread. */
final class Values {

  private static final String WHOLE_NUMBER = "a whole number below 2147483648";

  private final List<Problem> problems;

  Values(List<Problem> problems) {
    this.problems = problems;
  }

  /**
   * Tells whether a type reads itself through a static {@code parse(String)}, or {@code
   * parse(String, Path)} if it needs the folder that relative paths start from, or {@code
   * parse(YamlTree)} if it is no single value.
   */
  static boolean hasParser(Class<?> type) {
    return parser(type) != null || treeParser(type) != null;
  }

  /** Returns the value, or null when it is not set or does not fit, which is then reported. */
  @Nullable Object read(Type type, String key, @Nullable YamlTree said) {
    if (type instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
      return Optional.ofNullable(read(generic.getActualTypeArguments()[0], key, said));
    }
    if (said == null) {
      return null;
    }
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return generic.getRawType() == List.class
          ? list(arguments[0], key, said)
          : map(arguments[1], key, said);
    }
    Method treeParser = treeParser((Class<?>) type);
    return treeParser == null ? single((Class<?>) type, key, said) : whole(treeParser, key, said);
  }

  private @Nullable Object whole(Method parser, String key, YamlTree said) {
    try {
      return invoke(parser, said);
    } catch (ConfigException e) {
      e.problems().forEach(p -> problems.add(new Problem(p.place(), key + p.key(), p.text())));
      return null;
    } catch (IllegalArgumentException e) {
      return report(key, said, String.valueOf(e.getMessage()));
    }
  }

  private List<?> list(Type type, String key, YamlTree said) {
    List<YamlTree> items = said instanceof YamlTree.Sequence s ? s.items() : List.of(said);
    return items.stream().map(item -> element(type, key, item)).filter(Objects::nonNull).toList();
  }

  private @Nullable Object map(Type type, String key, YamlTree said) {
    if (!(said instanceof YamlTree.Mapping mapping)) {
      return report(key, said, "must be a map of names to values, but is " + said.describe());
    }
    Map<String, Object> result = new LinkedHashMap<>();
    for (YamlTree.Field field : mapping.fields().values()) {
      Object value = element(type, key + "." + field.name(), field.value());
      if (value != null) {
        result.put(field.name(), value);
      }
    }
    return Collections.unmodifiableMap(result);
  }

  private @Nullable Object element(Type type, String key, YamlTree said) {
    if (said instanceof YamlTree.Scalar scalar && scalar.value() == null) {
      return report(key, said, "must not be empty");
    }
    return read(type, key, said);
  }

  private @Nullable Object single(Class<?> type, String key, YamlTree said) {
    if (!(said instanceof YamlTree.Scalar scalar)) {
      return report(key, said, "must be a single value, but is " + said.describe());
    }
    try {
      return convert(type, scalar);
    } catch (IllegalArgumentException e) {
      return report(key, said, String.valueOf(e.getMessage()));
    }
  }

  private @Nullable Object report(String key, YamlTree said, String text) {
    problems.add(new Problem(said.place(), key, text));
    return null;
  }

  private static Object convert(Class<?> type, YamlTree.Scalar said) {
    if (type == String.class) {
      return said.text();
    } else if (type == Boolean.class) {
      return require(said.value() instanceof Boolean, said.value(), "true or false", said);
    } else if (type == Integer.class) {
      return require(said.value() instanceof Integer, said.value(), WHOLE_NUMBER, said);
    } else if (type == Long.class) {
      return wide(said);
    } else if (type == Duration.class) {
      return Durations.parse(said.text());
    } else if (type == Path.class) {
      return path(said);
    } else if (type == URI.class) {
      return URI.create(said.text());
    } else if (type.isEnum()) {
      return constant(type, said);
    }
    return parsed(type, said);
  }

  private static Object require(
      boolean fits, @Nullable Object value, String wanted, YamlTree.Scalar said) {
    if (!fits || value == null) {
      throw new IllegalArgumentException("must be " + wanted + ", but is " + said.describe());
    }
    return value;
  }

  private static Object wide(YamlTree.Scalar said) {
    boolean fits = said.value() instanceof Integer || said.value() instanceof Long;
    return ((Number) require(fits, said.value(), "a whole number", said)).longValue();
  }

  private static Path path(YamlTree.Scalar said) {
    if (said.text().isEmpty() || said.text().indexOf('\0') >= 0) {
      throw new IllegalArgumentException("must be a path, but is " + said.describe());
    }
    return said.place().folder().resolve(said.text()).normalize();
  }

  private static Object constant(Class<?> type, YamlTree.Scalar said) {
    Map<String, Object> constants =
        Arrays.stream(type.getEnumConstants())
            .collect(
                Collectors.toMap(
                    c -> Setting.kebab((Enum<?>) c), c -> c, (a, b) -> a, LinkedHashMap::new));
    String wanted = "one of " + String.join(", ", constants.keySet());
    Object value = constants.get(said.text());
    return require(value != null, value, wanted, said);
  }

  private static Object parsed(Class<?> type, YamlTree.Scalar said) {
    Method parser = parser(type);
    if (parser == null) {
      throw new IllegalStateException("configuration records cannot have components of " + type);
    }
    return parser.getParameterCount() == 1
        ? invoke(parser, said.text())
        : invoke(parser, said.text(), said.place().folder());
  }

  private static Object invoke(Method parser, Object... arguments) {
    try {
      parser.setAccessible(true);
      return parser.invoke(null, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw refused;
      }
      if (e.getCause() instanceof ConfigException refused) {
        throw refused;
      }
      throw new IllegalStateException("cannot call " + parser, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot call " + parser, e);
    }
  }

  private static @Nullable Method parser(Class<?> type) {
    return Stream.of(new Class<?>[] {String.class}, new Class<?>[] {String.class, Path.class})
        .map(parameters -> parser(type, parameters))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Method treeParser(Class<?> type) {
    return parser(type, new Class<?>[] {YamlTree.class});
  }

  private static @Nullable Method parser(Class<?> type, Class<?>[] parameters) {
    try {
      Method method = type.getDeclaredMethod("parse", parameters);
      return Modifier.isStatic(method.getModifiers()) && method.getReturnType() == type
          ? method
          : null;
    } catch (NoSuchMethodException e) {
      return null;
    }
  }
}
