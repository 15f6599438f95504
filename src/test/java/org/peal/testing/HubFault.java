package org.peal.testing;

/** Thrown within a {@link FakeHub} to answer with a fault. */
final class HubFault extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int code;
  private final String text;

  HubFault(int code, String text) {
    super(text);
    this.code = code;
    this.text = text;
  }

  int code() {
    return code;
  }

  String text() {
    return text;
  }
}
