package org.peal.doctor;

import java.util.ArrayList;
import java.util.List;

/** What one check has found so far. Thread-safe: a check that takes too long is read meanwhile. */
final class Findings {

  private static final int MOST = 200;

  private final String what;
  private final List<Finding> all = new ArrayList<>();

  Findings(String what) {
    this.what = what;
  }

  void ok(String detail) {
    add(new Finding(Finding.Level.OK, what, detail, ""));
  }

  void warn(String detail, String remedy) {
    add(new Finding(Finding.Level.WARN, what, detail, remedy));
  }

  void fail(String detail, String remedy) {
    add(new Finding(Finding.Level.FAIL, what, detail, remedy));
  }

  private synchronized void add(Finding finding) {
    if (all.size() < MOST) {
      all.add(finding);
    }
  }

  synchronized List<Finding> all() {
    return List.copyOf(all);
  }
}
