package org.peal.service.mbs;

/**
 * What identifies a module build to people. Immutable.
 *
 * @param name of the module
 * @param stream as in the module, hyphens and all
 * @param version digits
 * @param context eight hexadecimal digits
 */
public record Nsvc(String name, String stream, String version, String context) {

  private static final int PARTS = 4;

  /** Refuses empty parts. */
  public Nsvc {
    if (name.isEmpty() || stream.isEmpty() || version.isEmpty() || context.isEmpty()) {
      throw new IllegalArgumentException("a part of NAME:STREAM:VERSION:CONTEXT is empty");
    }
  }

  /**
   * Reads {@code NAME:STREAM:VERSION:CONTEXT}.
   *
   * @throws IllegalArgumentException with a text for people if it has another form
   */
  public static Nsvc parse(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != PARTS) {
      throw new IllegalArgumentException("expected NAME:STREAM:VERSION:CONTEXT, found " + text);
    }
    return new Nsvc(parts[0], parts[1], parts[2], parts[3]);
  }

  @Override
  public String toString() {
    return name + ":" + stream + ":" + version + ":" + context;
  }
}
