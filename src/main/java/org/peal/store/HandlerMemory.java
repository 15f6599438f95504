package org.peal.store;

import java.util.Optional;
import java.util.SortedMap;

/** What handlers remember, texts by key, as one transaction sees it. Used only within it. */
public sealed interface HandlerMemory permits HandlerMemoryTable {

  /** Returns the value of a key of a handler. */
  Optional<String> get(String handler, String key);

  /** Returns the keys of a handler that begin with a text, with their values. */
  SortedMap<String, String> all(String handler, String prefix);
}
