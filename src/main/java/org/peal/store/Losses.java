package org.peal.store;

import java.util.List;

/** The losses as one transaction sees them. Used only within it. */
public sealed interface Losses permits LossTable {

  /** Returns the latest losses, the latest first. */
  List<Loss> latest(int limit);

  /** Returns the losses of a stream, by sequence id. */
  List<Loss> list(String stream);
}
