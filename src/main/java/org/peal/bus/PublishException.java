package org.peal.bus;

import org.jspecify.annotations.Nullable;
import org.peal.PealException;

/** Says why a message was not accepted; nothing of it was sent. */
public final class PublishException extends PealException {

  /** Why a message is not accepted. */
  public enum Kind {
    /** Too much is under way; the same message may pass later. */
    FULL(Category.TRANSIENT),
    /** It took too long; the same message may pass later. */
    TIMED_OUT(Category.TRANSIENT),
    /** A message before it failed, and this one with it; the same message may pass later. */
    OVERTAKEN(Category.TRANSIENT),
    /** The publisher is closed or closing. */
    CLOSED(Category.TRANSIENT),
    /** The message is not well-formed or too large. */
    MALFORMED(Category.PERMANENT),
    /** Policy or broker do not permit it. */
    FORBIDDEN(Category.PERMANENT),
    /** No queue took it, or the exchange does not exist. */
    RETURNED(Category.PERMANENT),
    /** The store or the key failed: nothing can be published until somebody mends it. */
    BROKEN(Category.FATAL);

    private final Category category;

    Kind(Category category) {
      this.category = category;
    }
  }

  private final Kind kind;

  /** Makes one; the text says what, which value, and what would be right. */
  public PublishException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** Returns why. */
  public Kind kind() {
    return kind;
  }

  @Override
  public Category category() {
    return kind.category;
  }
}
