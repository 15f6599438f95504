package org.peal.bench;

import java.io.IOException;
import java.util.List;

/** One way of messages from process to process, and how it is measured. */
interface BenchPath {

  /** Measures in a lab in which no worker runs; what it starts, the caller dismisses. */
  List<Row> measure(Lab lab) throws IOException, InterruptedException;
}
