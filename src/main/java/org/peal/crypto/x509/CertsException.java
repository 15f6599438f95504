package org.peal.crypto.x509;

import org.jspecify.annotations.Nullable;
import org.peal.PealException;

/** Thrown when a certificate authority cannot do what it was asked to. */
public final class CertsException extends PealException {

  /** What stood in the way. */
  public enum Kind {
    /** The name of a certificate is not allowed. */
    BAD_NAME,
    /** A file is there already and is never overwritten. */
    EXISTS,
    /** A file that is needed is not there. */
    NOT_FOUND,
    /** A file is not what it should be. */
    UNREADABLE,
    /** The certificate is revoked already. */
    ALREADY_REVOKED,
    /** Another process works in the folder and did not finish in time. */
    BUSY,
    /** The file system refused. */
    IO
  }

  private final Kind kind;

  CertsException(Kind kind, String problem, @Nullable Throwable cause) {
    super(problem, cause);
    this.kind = kind;
  }

  /** Returns what stood in the way. */
  public Kind kind() {
    return kind;
  }

  @Override
  public Category category() {
    return kind == Kind.BUSY ? Category.TRANSIENT : Category.PERMANENT;
  }
}
