package org.peal.handler.tagging;

import java.nio.file.Path;
import java.util.List;
import org.peal.Watched;
import org.peal.config.Place;
import org.peal.config.PythonTree;

/** Rules in a file, looked at once a second. Thread-safe. */
final class FileRules implements RuleSource {

  private final Watched<Rules> watched;

  FileRules(Path file, TaggingSettings settings) {
    this.watched =
        Watched.load(
            "tagging rules",
            List.of(file),
            () ->
                RuleFile.read(PythonTree.bytes(file), Place.of(file), settings)
                    .inForce(settings.compat()));
  }

  @Override
  public Rules rules() {
    return watched.get();
  }

  @Override
  public boolean reload() {
    return watched.reload();
  }
}
