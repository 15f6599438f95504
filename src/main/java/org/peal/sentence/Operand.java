package org.peal.sentence;

import java.util.List;

/** Something that has texts for a message; none stands for no value. Thread-safe, never throws. */
interface Operand {

  List<String> in(Subject subject);
}
