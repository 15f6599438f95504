package org.peal.message;

/**
 * The names of the members that Peal adds to the table {@code headers} of an envelope, all flat
 * strings, before it is signed.
 *
 * @see <a href="../../../../../../docs/wire-format.md">wire format, members of our own</a>
 */
public final class PealHeaders {

  /** The envelope's member that holds the table. */
  public static final String FIELD = Field.HEADERS;

  /** What all of them begin with; drafts of others may not use it. */
  public static final String PREFIX = "peal-";

  /** A signature with SHA-256. */
  public static final String SHA256 = "peal-sha256";

  /** The identity of the publisher's log: 32 hexadecimal digits. */
  public static final String STREAM = "peal-stream";

  /** The identity of the publishing process: 16 hexadecimal digits. */
  public static final String RUN = "peal-run";

  /** The first sequence id that this process gave, in decimal digits. */
  public static final String START = "peal-start";

  /** The publisher's name in endpoint files. */
  public static final String NAME = "peal-name";

  private PealHeaders() {}
}
