package org.peal.store;

import java.util.List;
import java.util.Optional;

/** The cursors as one transaction sees them. Used only within it. */
public sealed interface Cursors permits CursorTable {

  /** Returns the cursor of a subscriber in a stream. */
  Optional<Cursor> find(String name, String stream);

  /** Returns all cursors of a subscriber, by stream. */
  List<Cursor> list(String name);

  /** Returns all cursors, by name and stream. */
  List<Cursor> list();
}
