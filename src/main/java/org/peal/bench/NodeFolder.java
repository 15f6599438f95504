package org.peal.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The configuration of a node that is measured. Immutable.
 *
 * @param folder holds {@code peal.yaml} and all that the node keeps
 */
record NodeFolder(Path folder) {

  /** The node's name in endpoint files. */
  static final String NAME = "peal.bench";

  /**
   * Writes the configuration of a node on free ports of the loopback interface.
   *
   * @param isDurable whether it stores what it publishes, and answers for it
   * @param isSigned whether it signs
   */
  static NodeFolder create(Lab lab, boolean isDurable, boolean isSigned) throws IOException {
    return create(lab, isDurable ? "publisher, replay" : "publisher", isDurable, isSigned);
  }

  /** Does the same for a node of certain parts. */
  static NodeFolder create(Lab lab, String parts, boolean isDurable, boolean isSigned)
      throws IOException {
    Path folder = lab.newFolder("node");
    String yaml =
        """
        node:
          name: %s
          parts: [%s]
          submit: %s
        publisher:
          out: ["tcp://127.0.0.1:0"]
          store: %s
        replay: {in: "tcp://127.0.0.1:0"}
        gateway: {out: "tcp://127.0.0.1:0"}
        zmq: {high-water-mark: 100000}
        store: {path: %s}
        crypto:
        %s
        """
            .formatted(
                NAME,
                parts,
                folder.resolve("submit.sock"),
                isDurable,
                folder.resolve("store.db"),
                isSigned ? signing(lab.keys()) : "  sign: false");
    Files.writeString(folder.resolve("peal.yaml"), yaml);
    return new NodeFolder(folder);
  }

  private static String signing(BenchKeys keys) {
    return "  sign: true\n  elliptic: sign\n  directory: %s\n  cert-prefix: bench\n  certnames: {bench: %s}"
        .formatted(keys.folder(), BenchKeys.SIGNER);
  }

  /** Lists publishers in the node's endpoint files; before it starts. */
  void know(JsonNode addresses) throws IOException {
    ObjectNode endpoints = JsonNodeFactory.instance.objectNode();
    endpoints.putObject("endpoints").set("silent", addresses);
    Path files = Files.createDirectory(folder.resolve(MeasuredNode.ENDPOINTS));
    Files.writeString(files.resolve("silent.json"), endpoints.toString());
  }

  Path socket() {
    return folder.resolve("submit.sock");
  }

  Path store() {
    return folder.resolve("store.db");
  }

  Worker start(Lab lab, String javaOptions) {
    return lab.start("node", Lab.terms().put("folder", folder.toString()), javaOptions);
  }
}
