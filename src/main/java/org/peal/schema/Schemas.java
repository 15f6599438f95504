package org.peal.schema;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The kinds of messages that are known, by name; the base is always there. Immutable. */
public final class Schemas {

  private final Map<String, MessageSchema> byName;

  private Schemas(Map<String, MessageSchema> byName) {
    this.byName = Map.copyOf(byName);
  }

  /** Returns those that are known without any files: the base. */
  public static Schemas builtIn() {
    return of(Map.of());
  }

  static Schemas of(Map<String, MessageSchema> more) {
    Map<String, MessageSchema> all = new LinkedHashMap<>(more);
    all.put(MessageSchema.BASE, BaseSchema.INSTANCE);
    return new Schemas(all);
  }

  /** Returns the kind of a name. */
  public Optional<MessageSchema> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Returns the kind of all messages. */
  public MessageSchema base() {
    return BaseSchema.INSTANCE;
  }
}
