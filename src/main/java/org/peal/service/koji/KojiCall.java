package org.peal.service.koji;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A method of the hub with its arguments. Immutable as far as the arguments are.
 *
 * @param method its name
 * @param arguments in order, named ones in a last {@link #named} one
 * @param changes whether doing it twice differs from doing it once
 */
public record KojiCall(String method, List<@Nullable Object> arguments, boolean changes) {

  /** Keeps a copy. */
  public KojiCall {
    arguments = Collections.unmodifiableList(new ArrayList<>(arguments));
  }

  /** Returns a call that only reads. */
  public static KojiCall reading(String method, @Nullable Object... arguments) {
    return new KojiCall(method, Arrays.asList(arguments), false);
  }

  /** Returns a call that changes something. */
  public static KojiCall changing(String method, @Nullable Object... arguments) {
    return new KojiCall(method, Arrays.asList(arguments), true);
  }

  /** Returns the last argument that stands for named ones. */
  public static Map<String, @Nullable Object> named(
      Map<String, ? extends @Nullable Object> values) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(values);
    all.put("__starstar", true);
    return all;
  }
}
