package org.peal.bus.zmq;

import org.jspecify.annotations.Nullable;
import org.peal.PealException;

/** Says that a socket could not be opened or a command could not be given to the transport. */
public final class ZmqException extends PealException {

  /** What went wrong. */
  public enum Kind {
    /** Another program, or this one, listens on the port. */
    ADDRESS_IN_USE(Category.TRANSIENT),
    /** The host name has no address. */
    UNKNOWN_HOST(Category.TRANSIENT),
    /** The system does not let this user listen there. */
    NOT_PERMITTED(Category.PERMANENT),
    /** The address does not belong to this machine, or cannot be listened on. */
    NOT_AVAILABLE(Category.PERMANENT),
    /** As many sockets are open as there was made room for at the start. */
    NO_SOCKET_LEFT(Category.TRANSIENT),
    /** The loop has too much to do. */
    BUSY(Category.TRANSIENT),
    /** The transport has been closed or was not started. */
    CLOSED(Category.FATAL);

    private final Category category;

    Kind(Category category) {
      this.category = category;
    }
  }

  private final Kind kind;

  ZmqException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** Returns what went wrong. */
  public Kind kind() {
    return kind;
  }

  @Override
  public Category category() {
    return kind.category;
  }
}
