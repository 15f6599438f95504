package org.peal.doctor;

/**
 * Looks at one thing. Stateless; several run at the same time.
 *
 * <p>A check does no harm: it does not publish, and it does not listen where others could connect.
 */
interface Check {

  /** Returns the name of the thing, in lower case. */
  String what();

  /** Tells whether there is nothing to look at without a configuration that could be read. */
  default boolean needsConfiguration() {
    return true;
  }

  /**
   * Looks and says what was seen; nothing is said of what does not concern this patient. May block
   * for some seconds and throw a {@link org.peal.PealException}, which counts as a failure.
   */
  void look(Patient patient, Findings findings) throws InterruptedException;
}
