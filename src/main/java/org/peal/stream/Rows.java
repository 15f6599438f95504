package org.peal.stream;

import org.peal.store.Transaction;

/** What is to be recorded together with something else, in one transaction. */
@FunctionalInterface
public interface Rows {

  /** Records nothing more. */
  Rows NONE = transaction -> {};

  /** Records it; must not wait. */
  void write(Transaction transaction);

  /** Learns that what was written is committed, on any thread; must not wait. */
  default void committed() {}

  /** Returns these rows and others behind them. */
  default Rows with(Rows more) {
    Rows first = this;
    return new Rows() {
      @Override
      public void write(Transaction transaction) {
        first.write(transaction);
        more.write(transaction);
      }

      @Override
      public void committed() {
        first.committed();
        more.committed();
      }
    };
  }
}
