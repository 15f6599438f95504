package org.peal.http;

/**
 * What a page says. Immutable.
 *
 * @param status the HTTP status, such as 200
 * @param type the content type
 * @param text the body
 */
public record Answer(int status, String type, String text) {

  /** Returns plain text. */
  public static Answer text(int status, String text) {
    return new Answer(status, "text/plain; charset=utf-8", text);
  }

  /** Returns JSON. */
  public static Answer json(int status, String text) {
    return new Answer(status, "application/json", text);
  }
}
