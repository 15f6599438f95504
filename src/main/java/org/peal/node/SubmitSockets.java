package org.peal.node;

import java.nio.file.Path;

/** Where the parts of a node that accept messages listen for them. Stateless. */
public final class SubmitSockets {

  static final String USUAL = "submit.sock";
  private static final String AMQP = "submit-amqp.sock";

  private SubmitSockets() {}

  /**
   * Returns the socket of a part: the one of {@code node.submit}, or one beside it for messages to
   * a broker, else one with a fixed name.
   *
   * @param folder where it is when nothing is said
   */
  public static Path of(PartName part, NodeConfig node, Path folder) {
    boolean isAmqp = part == PartName.AMQP_PUBLISHER;
    Path said = node.submit();
    if (said == null) {
      return folder.resolve(isAmqp ? AMQP : USUAL);
    }
    return isAmqp ? said.resolveSibling(said.getFileName() + "-amqp") : said;
  }
}
