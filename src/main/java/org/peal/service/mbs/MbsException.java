package org.peal.service.mbs;

import org.jspecify.annotations.Nullable;
import org.peal.PealException;

/** Thrown when the Module Build Service was asked and no usable answer came. */
public final class MbsException extends PealException {

  private final Category category;

  MbsException(String message, Category category, @Nullable Throwable cause) {
    super(message, cause);
    this.category = category;
  }

  @Override
  public Category category() {
    return category;
  }
}
