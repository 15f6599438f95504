package org.peal.store;

import java.util.List;
import java.util.Optional;

/** The dead letters as one transaction sees them. Used only within it. */
public sealed interface DeadLetters permits DeadLetterTable {

  /** Returns those with a number above {@code after}, in order. */
  List<DeadLetter> next(long after, int limit);

  /** Returns one by its number. */
  Optional<DeadLetter> find(long id);

  /** Returns how many a handler has. */
  long size(String handler);

  /** Returns the first dead letters of a handler, at most so many. */
  List<DeadLetter> ofHandler(String handler, int limit);
}
