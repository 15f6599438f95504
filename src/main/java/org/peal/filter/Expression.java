package org.peal.filter;

/**
 * What is true or false of a message. Immutable.
 *
 * <p>There is no third value: a test on a path that leads nowhere is false, and its negation true.
 */
sealed interface Expression {

  /** Tells whether this is true of the run's subject. */
  boolean holds(Run run);

  /** Returns the uniform spelling, which reads back as an equal expression. */
  String text();

  /** Returns the spelling as an operand of something that binds as tightly as {@code power}. */
  default String operand(int power) {
    return binding() < power ? "(" + text() + ")" : text();
  }

  /** Returns how tightly this holds together: {@code or} 1, {@code and} 2, anything else 3. */
  default int binding() {
    return 3;
  }

  /** Both are true; the right one is not looked at when the left one is false. */
  record And(Expression left, Expression right) implements Expression {
    @Override
    public boolean holds(Run run) {
      return left.holds(run) && right.holds(run);
    }

    @Override
    public String text() {
      return left.operand(2) + " and " + right.operand(3);
    }

    @Override
    public int binding() {
      return 2;
    }
  }

  /** At least one is true; the right one is not looked at when the left one is. */
  record Or(Expression left, Expression right) implements Expression {
    @Override
    public boolean holds(Run run) {
      return left.holds(run) || right.holds(run);
    }

    @Override
    public String text() {
      return left.operand(1) + " or " + right.operand(2);
    }

    @Override
    public int binding() {
      return 1;
    }
  }

  /** The opposite. */
  record Not(Expression operand) implements Expression {
    @Override
    public boolean holds(Run run) {
      return !operand.holds(run);
    }

    @Override
    public String text() {
      return operand instanceof Test test ? test.negated() : "not " + operand.operand(3);
    }
  }

  /** At least one of the values that a path leads to meets a condition. */
  record Test(Path path, Condition condition) implements Expression {
    @Override
    public boolean holds(Run run) {
      return path.leadsTo(condition, run);
    }

    @Override
    public String text() {
      return path.text() + " " + condition.text();
    }

    String negated() {
      return condition instanceof Condition.Ordered
          ? "not " + text()
          : path.text() + " " + condition.negated();
    }
  }
}
