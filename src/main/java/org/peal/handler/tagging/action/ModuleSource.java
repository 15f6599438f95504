package org.peal.handler.tagging.action;

import com.fasterxml.jackson.databind.JsonNode;
import org.peal.handler.tagging.Modulemd;

/** Where the metadata of module builds come from. */
public interface ModuleSource {

  /**
   * Returns the metadata of the build that a message is about.
   *
   * @throws org.peal.config.ConfigException if there is a text, and it is none that can be used
   * @throws org.peal.PealException of the category transient if it may be there later
   */
  Modulemd modulemd(JsonNode body);
}
