package org.peal.store;

import org.jspecify.annotations.Nullable;
import org.peal.PealException;

/** Thrown when the store cannot be opened, read or written: nothing was changed. */
public final class StoreException extends PealException {

  private final Category category;

  StoreException(Category category, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.category = category;
  }

  @Override
  public Category category() {
    return category;
  }
}
