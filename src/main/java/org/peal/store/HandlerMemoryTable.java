package org.peal.store;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The table of what handlers remember. Used only within its transaction. */
public final class HandlerMemoryTable implements HandlerMemory {

  private static final String GET =
      "SELECT value FROM handler_memory WHERE handler = ? AND key = ?";
  private static final String ALL =
      "SELECT key, value FROM handler_memory WHERE handler = ? AND substr(key, 1, ?) = ?";
  private static final String PUT =
      """
      INSERT INTO handler_memory (handler, key, value) VALUES (?, ?, ?)
      ON CONFLICT (handler, key) DO UPDATE SET value = excluded.value
      """;
  private static final String REMOVE = "DELETE FROM handler_memory WHERE handler = ? AND key = ?";

  private final Session session;

  HandlerMemoryTable(Session session) {
    this.session = session;
  }

  @Override
  public Optional<String> get(String handler, String key) {
    return session.first(GET, row -> row.getString(1), handler, key);
  }

  @Override
  public SortedMap<String, String> all(String handler, String prefix) {
    SortedMap<String, String> found = new TreeMap<>();
    int length = prefix.codePointCount(0, prefix.length());
    session
        .all(ALL, row -> Map.entry(row.getString(1), row.getString(2)), handler, length, prefix)
        .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
    return found;
  }

  /** Sets the value of a key of a handler. */
  public void put(String handler, String key, String value) {
    session.update(PUT, handler, key, value);
  }

  /** Forgets a key of a handler; nothing happens if there is none. */
  public void remove(String handler, String key) {
    session.update(REMOVE, handler, key);
  }
}
