package org.peal.service.koji;

/**
 * Thrown when a call cannot be sent: too large, or with a text or number that has no form in it.
 */
public final class KojiRequestException extends KojiException {

  KojiRequestException(String message) {
    super(message, null);
  }

  @Override
  Remedy remedy() {
    return Remedy.NONE;
  }

  @Override
  boolean mayHaveRun() {
    return false;
  }

  @Override
  public Category category() {
    return Category.PERMANENT;
  }
}
