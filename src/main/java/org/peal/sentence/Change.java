package org.peal.sentence;

import java.util.List;

/** Something done to the texts of a field, written behind a colon. Thread-safe, never throws. */
@FunctionalInterface
interface Change {

  List<String> apply(List<String> texts);
}
