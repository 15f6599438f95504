package org.peal.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.peal.config.ConfigSources;
import org.peal.config.Configuration;
import org.peal.node.Folders;
import org.peal.node.NodeSetup;
import org.peal.node.PealConfig;
import org.peal.node.PealNode;

/** Starts and ends nodes as {@code peal node} does, within the process of a role. Stateless. */
final class MeasuredNode {

  /** The folder of endpoint files, in that of a node. */
  static final String ENDPOINTS = "endpoints.d";

  private MeasuredNode() {}

  /** Reads the {@code peal.yaml} of a folder. */
  static PealConfig config(Path folder) {
    return Configuration.load(ConfigSources.of(folder.resolve("peal.yaml"), Map.of(), folder))
        .bind(PealConfig.class);
  }

  /** Starts the node of a folder, which gets what the node keeps. A fault ends the process. */
  static PealNode start(Path folder) {
    NodeSetup setup =
        new NodeSetup(
            config(folder),
            Optional.of(folder.resolve(ENDPOINTS)).filter(Files::isDirectory),
            "localhost",
            "bench",
            new Folders(folder, folder));
    PealNode node = new PealNode(setup, fault -> Runtime.getRuntime().halt(1));
    node.start();
    return node;
  }

  /** Lets a node finish what is under way, and ends it. */
  static void end(PealNode node) {
    try {
      node.drain(Lab.PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
