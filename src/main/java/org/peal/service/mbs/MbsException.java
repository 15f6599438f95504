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

  /** Returns the failure that the service does not know a build, or not yet. */
  public static MbsException unknown(long id) {
    return new MbsException("module build " + id + " is not known", Category.TRANSIENT, null);
  }

  @Override
  public Category category() {
    return category;
  }
}
