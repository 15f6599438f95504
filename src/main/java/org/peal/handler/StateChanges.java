package org.peal.handler;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.peal.store.StateStore;
import org.peal.store.Transaction;

/** What a handler remembers, with what one call has changed so far. For one call, one thread. */
final class StateChanges implements HandlerState {

  private static final int LONGEST_KEY = 200;
  private static final int LONGEST_VALUE = 65_536;
  private static final int MOST = 1000;

  private final StateStore store;
  private final String handler;
  private final Map<String, Optional<String>> changes = new HashMap<>();

  StateChanges(StateStore store, String handler) {
    this.store = store;
    this.handler = handler;
  }

  @Override
  public Optional<String> get(String key) {
    Optional<String> changed = changes.get(key);
    return changed != null ? changed : store.read(snapshot -> snapshot.memory().get(handler, key));
  }

  @Override
  public SortedMap<String, String> all(String prefix) {
    SortedMap<String, String> all =
        new TreeMap<>(store.<Map<String, String>>read(s -> s.memory().all(handler, prefix)));
    changes.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            value.ifPresentOrElse(text -> all.put(key, text), () -> all.remove(key));
          }
        });
    return all;
  }

  @Override
  public void put(String key, String value) {
    if (value.length() > LONGEST_VALUE) {
      throw new IllegalArgumentException(
          "value must have at most %d characters: %d".formatted(LONGEST_VALUE, value.length()));
    }
    change(key, Optional.of(value));
  }

  @Override
  public void remove(String key) {
    change(key, Optional.empty());
  }

  private void change(String key, Optional<String> value) {
    if (key.isEmpty() || key.length() > LONGEST_KEY) {
      throw new IllegalArgumentException(
          "key must have 1 to %d characters: \"%s\"".formatted(LONGEST_KEY, key));
    }
    changes.put(key, value);
    if (changes.size() > MOST) {
      throw new IllegalArgumentException("at most " + MOST + " keys may change in one call");
    }
  }

  void write(Transaction transaction) {
    changes.forEach(
        (key, value) ->
            value.ifPresentOrElse(
                text -> transaction.memory().put(handler, key, text),
                () -> transaction.memory().remove(handler, key)));
  }
}
