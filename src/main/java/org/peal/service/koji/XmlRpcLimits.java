package org.peal.service.koji;

/**
 * How much of an XML-RPC document is taken. Immutable.
 *
 * @param maxBytes of the document; looked at before it is parsed
 * @param maxDepth of values in values
 * @param maxValues in all
 */
record XmlRpcLimits(int maxBytes, int maxDepth, int maxValues) {

  /** What the answers of a hub are held to: far more than a long list of builds needs. */
  static final XmlRpcLimits REPLY = new XmlRpcLimits(64 << 20, 64, 2_000_000);

  /** What a hub takes by default. */
  static final int MAX_REQUEST_BYTES = 4 << 20;

  XmlRpcLimits {
    if (maxBytes < 1 || maxDepth < 1 || maxValues < 1) {
      throw new IllegalArgumentException("limits below one");
    }
  }
}
