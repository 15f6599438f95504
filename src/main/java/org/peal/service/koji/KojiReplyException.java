package org.peal.service.koji;

import org.jspecify.annotations.Nullable;

/** Thrown when what came back is not an answer of a hub, or not one that this client can read. */
public final class KojiReplyException extends KojiException {

  private final Remedy remedy;

  KojiReplyException(String message, @Nullable Throwable cause) {
    this(message, cause, Remedy.REPEAT_FEW);
  }

  private KojiReplyException(String message, @Nullable Throwable cause, Remedy remedy) {
    super(message, cause);
    this.remedy = remedy;
  }

  /** Returns a refusal of an answer that would be as long the next time. */
  static KojiReplyException tooLarge(String message, Throwable cause) {
    return new KojiReplyException(message, cause, Remedy.NONE);
  }

  /** Returns a refusal of a result that can be read, but is not what the method should return. */
  static KojiReplyException ofOtherForm(String message) {
    return new KojiReplyException(message, null, Remedy.NONE);
  }

  @Override
  Remedy remedy() {
    return remedy;
  }

  @Override
  boolean mayHaveRun() {
    return true;
  }

  @Override
  public Category category() {
    return remedy == Remedy.NONE ? Category.PERMANENT : Category.TRANSIENT;
  }
}
