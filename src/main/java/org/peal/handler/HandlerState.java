package org.peal.handler;

import java.util.Optional;
import java.util.SortedMap;

/**
 * The small memory of one handler: texts by key, in the node's store. Changes are seen at once by
 * the call that makes them, and committed with its outcome. Valid only within that call.
 *
 * <p>A key has at most 200 characters, a value at most 64 Ki, and one call changes at most 1,000;
 * more is an {@link IllegalArgumentException}.
 */
public interface HandlerState {

  /** Returns the value of a key. */
  Optional<String> get(String key);

  /** Returns all keys that begin with a text, with their values, in order. */
  SortedMap<String, String> all(String prefix);

  /** Sets the value of a key. */
  void put(String key, String value);

  /** Forgets a key; nothing happens if there is none. */
  void remove(String key);
}
