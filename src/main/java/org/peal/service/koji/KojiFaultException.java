package org.peal.service.koji;

/** Thrown when the hub took a call and refused it. */
public final class KojiFaultException extends KojiException {

  private final int code;
  private final String text;

  KojiFaultException(int code, String text) {
    super("fault " + code + ": " + text, null);
    this.code = code;
    this.text = text;
  }

  /** Returns the number of the fault as the hub sent it. */
  public int code() {
    return code;
  }

  /** Returns the text of the hub. */
  public String text() {
    return text;
  }

  /** Returns the kind of fault. */
  public FaultKind kind() {
    return FaultKind.of(code);
  }

  @Override
  Remedy remedy() {
    return kind().remedy();
  }

  @Override
  boolean mayHaveRun() {
    return false;
  }

  @Override
  public Category category() {
    return remedy() == Remedy.NONE ? Category.PERMANENT : Category.TRANSIENT;
  }
}
