package org.peal.handler.tagging;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.OffsetDateTime;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.peal.config.PythonTree;
import org.peal.config.PythonTree.Entry;
import org.peal.config.PythonTree.Mapping;
import org.peal.config.PythonTree.Scalar;
import org.peal.config.PythonTree.Sequence;

/** Tells whether Python takes two values for equal. Stateless. */
final class PythonEquality {

  private PythonEquality() {}

  /** Compares two values: true equals 1 and 1.0, text equals only text, order counts in lists. */
  static boolean equal(PythonTree one, PythonTree other) {
    if (one instanceof Scalar a && other instanceof Scalar b) {
      return equal(a.value(), b.value());
    } else if (one instanceof Sequence a && other instanceof Sequence b) {
      return equal(a, b);
    }
    return one instanceof Mapping a && other instanceof Mapping b && equal(a, b);
  }

  private static boolean equal(Sequence one, Sequence other) {
    boolean same = one.items().size() == other.items().size();
    Iterator<PythonTree> others = other.items().iterator();
    for (Iterator<PythonTree> all = one.items().iterator(); same && all.hasNext(); ) {
      same = equal(all.next(), others.next());
    }
    return same;
  }

  private static boolean equal(Mapping one, Mapping other) {
    boolean same = one.entries().size() == other.entries().size();
    for (Iterator<Entry> all = one.entries().values().iterator(); same && all.hasNext(); ) {
      Entry entry = all.next();
      PythonTree value = other.get(entry.key());
      same = value != null && equal(entry.value(), value);
    }
    return same;
  }

  private static boolean equal(@Nullable Object one, @Nullable Object other) {
    if (one == null || other == null) {
      return one == other;
    } else if (isNumber(one) && isNumber(other)) {
      return equalNumbers(one, other);
    } else if (one instanceof OffsetDateTime a && other instanceof OffsetDateTime b) {
      return a.isEqual(b);
    }
    return one.equals(other);
  }

  private static boolean isNumber(Object value) {
    return value instanceof Number || value instanceof Boolean;
  }

  private static boolean equalNumbers(Object one, Object other) {
    if (isFinite(one) && isFinite(other)) {
      return exact(one).compareTo(exact(other)) == 0;
    }
    return one instanceof Double a
        && other instanceof Double b
        && a.doubleValue() == b.doubleValue();
  }

  private static boolean isFinite(Object number) {
    return !(number instanceof Double real) || Double.isFinite(real);
  }

  private static BigDecimal exact(Object number) {
    if (number instanceof Boolean truth) {
      return truth ? BigDecimal.ONE : BigDecimal.ZERO;
    }
    return number instanceof Double real
        ? new BigDecimal(real)
        : new BigDecimal((BigInteger) number);
  }
}
