package org.peal.filter;

/** An order that a value may stand in to a literal. */
enum Order {
  LESS("<"),
  AT_MOST("<="),
  GREATER(">"),
  AT_LEAST(">=");

  private final String symbol;

  Order(String symbol) {
    this.symbol = symbol;
  }

  String symbol() {
    return symbol;
  }

  /** Tells whether the result of a comparison is of this order. */
  boolean accepts(int compared) {
    return switch (this) {
      case LESS -> compared < 0;
      case AT_MOST -> compared <= 0;
      case GREATER -> compared > 0;
      case AT_LEAST -> compared >= 0;
    };
  }
}
