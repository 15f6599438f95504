package org.peal.node;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Everything that a node is told from outside. Immutable.
 *
 * @param config its configuration
 * @param endpointFiles where the endpoint files are, if anywhere
 * @param host the name of this machine
 * @param username the login name that messages of this node carry
 * @param folders where it keeps its store and its socket
 */
public record NodeSetup(
    PealConfig config,
    Optional<Path> endpointFiles,
    String host,
    String username,
    Folders folders) {

  /** Returns where the database of this node is, or will be. */
  public Path storeFile() {
    return NodeStore.file(config.store(), folders);
  }

  /** Returns the name of this node in endpoint files. */
  public String name() {
    return config.node().nameOn(host);
  }
}
