package org.peal.store;

import java.nio.file.Path;
import java.sql.SQLException;
import org.peal.PealException.Category;

/** Says what the failures of SQLite mean for whoever uses one file. Immutable. */
record Failures(Path file) implements Session.Dialect {

  /** The lower bits of a result code are its kind, the upper ones say more. */
  private static final int KIND = 0xff;

  private static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int READ_ONLY = 8;
  private static final int IO_ERROR = 10;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANNOT_OPEN = 14;
  private static final int CONSTRAINT = 19;
  private static final int NOT_A_DATABASE = 26;

  @Override
  public StoreException of(SQLException e) {
    return switch (e.getErrorCode() & KIND) {
      case FULL -> failure(Category.TRANSIENT, "is full: make room or raise store.max-size", e);
      case BUSY, LOCKED -> failure(Category.TRANSIENT, "is in use by another program", e);
      case CONSTRAINT -> failure(Category.PERMANENT, "holds such a row already", e);
      case CORRUPT, NOT_A_DATABASE -> damaged(String.valueOf(e.getMessage()), e);
      case IO_ERROR -> failure(Category.FATAL, "cannot be read or written", e);
      case READ_ONLY, CANNOT_OPEN -> failure(Category.FATAL, "cannot be opened for writing", e);
      default -> failure(Category.FATAL, "failed", e);
    };
  }

  StoreException damaged(String how, Throwable cause) {
    return new StoreException(Category.FATAL, "store \"" + file + "\" is damaged: " + how, cause);
  }

  StoreException damaged(String how) {
    return new StoreException(Category.FATAL, "store \"" + file + "\" is damaged: " + how, null);
  }

  StoreException failure(Category category, String what) {
    return new StoreException(category, "store \"" + file + "\" " + what, null);
  }

  StoreException failure(Category category, String what, Throwable cause) {
    return new StoreException(
        category, "store \"" + file + "\" " + what + " (" + cause.getMessage() + ")", cause);
  }
}
