package org.peal.sentence;

import java.util.List;

/** Several texts as people list them, sorted, each once. */
final class Series {

  private static final int SHOWN = 3;

  private Series() {}

  /** Returns up to three texts in full, of more only two and how many others there are. */
  static String of(List<String> texts) {
    List<String> each = texts.stream().distinct().sorted().toList();
    int size = each.size();
    if (size <= 1) {
      return String.join("", each);
    } else if (size == 2) {
      return each.get(0) + " and " + each.get(1);
    } else if (size == SHOWN) {
      return each.get(0) + ", " + each.get(1) + ", and " + each.get(2);
    }
    return each.get(0) + ", " + each.get(1) + ", and " + (size - 2) + " others";
  }
}
