package org.peal.node.submit;

import org.jspecify.annotations.Nullable;
import org.peal.PealException;

/** Says what is wrong with a text that should be a draft, or an answer to one. */
public final class MalformedDraftException extends PealException {

  MalformedDraftException(String message) {
    this(message, null);
  }

  MalformedDraftException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public Category category() {
    return Category.PERMANENT;
  }
}
