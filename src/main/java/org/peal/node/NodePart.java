package org.peal.node;

import org.peal.Deadline;

/**
 * One thing that a node does, such as relaying. Started at most once, drained at most once, always
 * closed, all by one thread at a time; its status is read by any thread.
 *
 * <p>Whatever makes it reads keys and files and so finds mistakes in them, but opens no socket and
 * writes nothing: a part that is to replace another one is made while the old one still runs.
 */
public interface NodePart extends AutoCloseable {

  /**
   * Opens what the part needs; what fails half-way is closed by {@link #close}.
   *
   * @throws NodeException if it cannot, with the remedy
   */
  void start();

  /** Stops taking in and finishes what is under way before the deadline. */
  void drain(Deadline deadline) throws InterruptedException;

  /**
   * Reads again what it has read beside the configuration, as an operator asks; goes on meanwhile.
   */
  default void reload() {}

  /** Returns how it fares. */
  PartStatus status();

  /** Stops at once; does nothing the second time. Never throws checked exceptions. */
  @Override
  void close();
}
