package org.peal.handler.tagging;

import java.io.IOException;
import java.net.http.HttpClient;
import org.peal.config.ConfigException;
import org.peal.config.PythonTree;

/**
 * Rules that are followed as their file changes. Thread-safe.
 *
 * <p>A new file is used as a whole or not at all: as long as it cannot be fetched or is refused,
 * the last good one stays in force, and one line in the log says why.
 */
public interface RuleSource {

  /**
   * Returns the rules in force, after a look at their file if one is due.
   *
   * @throws ConfigException if there are none, because there never was a good file
   */
  Rules rules();

  /** Reads the file now, changed or not, and tells whether it could be used. */
  boolean reload();

  /**
   * Opens a source.
   *
   * @param client for locations on the web
   * @throws ConfigException if it is a file that cannot be used; one on the web is fetched later
   */
  static RuleSource open(RuleLocation location, TaggingSettings settings, HttpClient client) {
    return location instanceof RuleLocation.LocalFile file
        ? new FileRules(file.path(), settings)
        : new WebRules(((RuleLocation.Web) location).address(), settings, client);
  }

  /**
   * Reads a rule file once.
   *
   * @throws IOException if it is on the web and cannot be fetched
   * @throws ConfigException if it is a file that cannot be read, or is not YAML at all
   */
  static RuleFile read(RuleLocation location, TaggingSettings settings, HttpClient client)
      throws IOException, InterruptedException {
    byte[] text =
        location instanceof RuleLocation.LocalFile file
            ? PythonTree.bytes(file.path())
            : WebRules.fetchOnce(((RuleLocation.Web) location).address(), client);
    return RuleFile.read(text, location.place(), settings);
  }
}
