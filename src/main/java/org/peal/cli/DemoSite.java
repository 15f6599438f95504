package org.peal.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A node of the demo that accepts, keeps a log and publishes, with its configuration in a folder of
 * its own. Immutable.
 *
 * @param authority the folder with the certificates
 * @param name what the folder is called, within that one
 * @param signer whose key pair signs
 */
record DemoSite(Path authority, String name, String signer) {

  /** Returns the folder. */
  Path folder() {
    return authority.resolve(name);
  }

  /**
   * Writes the configuration.
   *
   * @param parts what it does beside that, each with a comma before it
   * @param sections more of the configuration
   */
  void configure(String parts, String sections) throws IOException {
    Files.createDirectories(folder().resolve("endpoints.d"));
    Files.writeString(
        folder().resolve("peal.yaml"),
        """
        node: {name: %s.host, parts: [publisher, replay%s], submit: %s}
        publisher: {out: 'tcp://127.0.0.1:0'}
        replay: {in: 'tcp://127.0.0.1:0'}
        store: {path: %s}
        status: {address: none}
        crypto: {sign: true, ca: %s, crl: %s, directory: %s, certnames: {shell: %s}}
        """
                .formatted(
                    name,
                    parts,
                    folder().resolve("submit.sock"),
                    folder().resolve("store.db"),
                    authority.resolve("ca.crt"),
                    authority.resolve("crl.pem"),
                    authority,
                    signer)
            + sections);
  }

  /** Tells subscribers where the node publishes, and where its log is asked. */
  void announce(ChildProcess node) throws IOException, InterruptedException {
    String publishes = DemoStage.address(node);
    DemoStage.address(node); // the socket for drafts
    String replays = DemoStage.address(node);
    Files.writeString(
        folder().resolve("endpoints.d").resolve("demo.yaml"),
        "endpoints: {%s: %s}%nreplay_endpoints: {%s: %s}%n"
            .formatted(host(), publishes, host(), replays));
  }

  private String host() {
    return name + ".host";
  }
}
