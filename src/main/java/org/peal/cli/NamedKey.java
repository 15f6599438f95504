package org.peal.cli;

import java.util.List;
import java.util.Optional;

/**
 * A key of the configuration as somebody asks for it. Where sections have names of their own, such
 * as {@code handlers.NAME}, the reference has one entry for all of them. Immutable.
 *
 * @param general the key as the reference has it
 * @param name the name of the section that is meant; empty if there is none in the key
 */
record NamedKey(String general, Optional<String> name) {

  private static final String ANY = ".NAME.";

  /** Reads a key; {@code known} are those of the reference. */
  static NamedKey of(String key, List<String> known) {
    for (String one : known) {
      int at = one.indexOf(ANY);
      if (at > 0 && key.startsWith(one.substring(0, at + 1))) {
        String[] rest = key.substring(at + 1).split("\\.", 2);
        String tail = rest.length > 1 ? "." + rest[1] : "";
        return new NamedKey(one.substring(0, at) + ".NAME" + tail, Optional.of(rest[0]));
      }
    }
    return new NamedKey(key, Optional.empty());
  }

  /** Tells whether an entry of the reference is meant: the key's own, or one of its section. */
  boolean covers(String known) {
    return known.equals(general) || known.startsWith(general + ".");
  }

  /** Returns the key in force that an entry of the reference stands for. */
  String inForce(String known) {
    return name.map(one -> known.replace(ANY, "." + one + ".")).orElse(known);
  }
}
