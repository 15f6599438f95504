package org.peal.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.peal.PealException.Category;

/**
 * Says what the failures of PostgreSQL mean for whoever uses a database, and keeps texts that it
 * could not. Immutable.
 *
 * @param database the address, for people
 */
record PostgresFailures(String database) implements Session.Dialect {

  private static final int CLASS_LENGTH = 2;
  private static final char REPLACEMENT = '\uFFFD';

  @Override
  public StoreException of(SQLException e) {
    String state = e.getSQLState();
    String kind = state == null || state.length() < CLASS_LENGTH ? "" : state.substring(0, 2);
    return switch (kind) {
      case "22", "23" -> failure(Category.PERMANENT, "does not take a row", e);
      case "08" -> failure(Category.TRANSIENT, "cannot be reached", e);
      case "28" -> failure(Category.TRANSIENT, "refuses the log-in", e);
      case "25", "40", "53", "55", "57" -> failure(Category.TRANSIENT, "is busy or stopping", e);
      default -> failure(Category.FATAL, "failed", e);
    };
  }

  /** PostgreSQL's texts hold neither the character 0 nor halves of surrogate pairs. */
  @Override
  public @Nullable Object kept(@Nullable Object value) {
    return value instanceof String text && text.chars().anyMatch(PostgresFailures::isDoubtful)
        ? clean(text)
        : value;
  }

  private static boolean isDoubtful(int unit) {
    return unit == 0 || Character.isSurrogate((char) unit);
  }

  private static String clean(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    text.codePoints()
        .map(
            c ->
                c == 0 || c <= Character.MAX_VALUE && Character.isSurrogate((char) c)
                    ? REPLACEMENT
                    : c)
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }

  StoreException failure(Category category, String what, Throwable cause) {
    return new StoreException(category, text(what) + " (" + cause.getMessage() + ")", cause);
  }

  StoreException failure(Category category, String what) {
    return new StoreException(category, text(what), null);
  }

  private String text(String what) {
    return "database " + database + " " + what;
  }
}
