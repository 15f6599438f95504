package org.peal.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.peal.ExitCode;
import org.peal.node.Folders;
import org.peal.node.NodeConfig;
import org.peal.node.PartName;
import org.peal.node.SubmitSockets;
import org.peal.node.submit.SubmitClient;

/**
 * A node of this host that is meant to take a command's messages. Immutable.
 *
 * @param client the connection to it; empty while there is none
 * @param problem why there is none
 */
record NodeAccess(Optional<SubmitClient> client, Optional<String> problem) {

  /**
   * Connects to the node: that of {@code node.submit}, or that which {@code node.parts} tells of,
   * or whose socket is where it is by default and may be used by this user.
   *
   * @return empty if there is no sign of a node here
   * @throws CommandException if this user may not use the socket that is configured
   */
  static Optional<NodeAccess> find(NodeConfig config, Folders folders) {
    return find(config, folders, PartName.PUBLISHER);
  }

  /** Does the same for a node that takes messages for a broker. */
  static Optional<NodeAccess> findForAmqp(NodeConfig config, Folders folders) {
    return find(config, folders, PartName.AMQP_PUBLISHER);
  }

  private static Optional<NodeAccess> find(NodeConfig config, Folders folders, PartName part) {
    UnaryOperator<Path> socketIn = folder -> SubmitSockets.of(part, config, folder);
    if (config.submit() != null) {
      return Optional.of(connect(socketIn.apply(folders.runtime())));
    }
    Optional<Path> present =
        folders.meetingPlaces().map(socketIn).filter(Files::isWritable).findFirst();
    if (present.isPresent()) {
      return Optional.of(connect(present.get()));
    }
    return config.parts().contains(part)
        ? Optional.of(connect(socketIn.apply(folders.runtime())))
        : Optional.empty();
  }

  private static NodeAccess connect(Path socket) {
    try {
      return new NodeAccess(Optional.of(SubmitClient.connect(socket)), Optional.empty());
    } catch (IOException e) {
      if (Files.exists(socket) && !Files.isWritable(socket)) {
        throw new CommandException(
            ExitCode.REFUSED,
            "permission denied: "
                + socket
                + " (node.submit); whoever publishes through this node must be in its group");
      }
      return new NodeAccess(
          Optional.empty(),
          Optional.of("no node listens at " + socket + " (" + e.getMessage() + ")"));
    }
  }
}
