package org.peal.node;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A configuration folder that means what another program's configuration means. Immutable.
 *
 * @param files the texts of the files by their names within the folder
 * @param left the keys that have no counterpart, with the reasons, in the order of the original
 */
public record ConfigImport(Map<String, String> files, Map<String, String> left) {

  public ConfigImport {
    files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    left = Collections.unmodifiableMap(new LinkedHashMap<>(left));
  }
}
