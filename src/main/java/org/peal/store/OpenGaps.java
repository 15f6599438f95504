package org.peal.store;

import java.util.List;

/** The open gaps as one transaction sees them. Used only within it. */
public sealed interface OpenGaps permits OpenGapTable {

  /** Returns the open gaps of a subscriber, by stream and sequence id. */
  List<OpenGap> list(String name);

  /** Returns all open gaps, by name, stream and sequence id. */
  List<OpenGap> list();
}
