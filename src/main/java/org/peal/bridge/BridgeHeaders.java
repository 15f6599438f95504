package org.peal.bridge;

import java.util.List;
import org.peal.message.PealHeaders;

/**
 * The names of the headers that bridges put on messages, all text, on either bus.
 *
 * @see <a href="../../../../../docs/wire-format.md">wire format, bridged messages</a>
 */
public final class BridgeHeaders {

  /** The bridges that the message has crossed, in order, with commas between. */
  public static final String PATH = "peal-path";

  /** The bus that it was published on: {@code zmq} or {@code amqp}. */
  public static final String ORIGIN = "peal-origin";

  /** Its first envelope without {@code msg}, as JSON text in canonical form. */
  public static final String ORIGIN_ENVELOPE = "peal-origin-envelope";

  /** Its id on the bus that it was published on, if it has another one here. */
  public static final String ORIGIN_ID = "peal-origin-id";

  /** What the bridge found when it verified the message: {@code VALID} or the reason. */
  public static final String VERDICT = "peal-verdict";

  /** Who had signed it, if it was valid. */
  public static final String SIGNER = "peal-signer";

  /** Values of {@link #ORIGIN}. */
  static final String ZMQ = "zmq";

  static final String AMQP = "amqp";

  /** The login name that bridges give to messages from the broker, Python's bridge first. */
  public static final String USERNAME = "amqp-bridge";

  /** What a publisher of ZeroMQ says of itself, and what is found anew at each crossing. */
  static final List<String> OF_ONE_HOP =
      List.of(
          PealHeaders.SHA256,
          PealHeaders.STREAM,
          PealHeaders.RUN,
          PealHeaders.START,
          PealHeaders.NAME,
          VERDICT,
          SIGNER);

  private BridgeHeaders() {}
}
