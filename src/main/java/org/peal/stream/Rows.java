package org.peal.stream;

import org.peal.store.Transaction;

/** What is to be recorded together with something else, in one transaction. */
public interface Rows {

  /** Records nothing more. */
  Rows NONE = transaction -> {};

  /** Records it; must not wait. */
  void write(Transaction transaction);
}
