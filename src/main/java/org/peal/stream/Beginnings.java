package org.peal.stream;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.peal.bus.Delivery;
import org.peal.store.ReplayQuery;

/**
 * Asks publishers of whom nothing is known yet for all that they have since a time, so that their
 * streams begin with that and not with the first live message. Used under the lock of its owner.
 */
final class Beginnings {

  /** A time after all messages, in seconds; old servers cannot take a much later one. */
  private static final double FAR_FUTURE = 4_102_444_800.0;

  /** Whose streams begin. */
  interface Owner {

    /** Does some work under the lock. */
    void locked(Runnable work);

    /** Takes messages from before the first live one, in the log's order. */
    void takeFromBeginning(List<Replayed> messages);

    /** Takes a message of a log that did not pass verification. */
    void takeRefused(Delivery delivery);

    /** Tells whether anything at all came from a publisher. */
    boolean isHeardOf(String publisher);

    /** Learns that nothing more comes from before the first live message of a publisher. */
    void begun(String publisher);
  }

  /** A publisher that is asked. */
  private static final class Beginning {
    final Question question = new Question();
    long after;
    long lookAgain;
    boolean isDone;
  }

  private final Owner owner;
  private final Asking asking;
  private final Instant since;
  private final Map<String, Beginning> all = new LinkedHashMap<>();

  Beginnings(Owner owner, Asking asking, Instant since) {
    this.owner = owner;
    this.asking = asking;
    this.since = since;
  }

  /** Notes a publisher that was followed before. */
  void skip(String publisher) {
    all.computeIfAbsent(publisher, name -> new Beginning()).isDone = true;
  }

  /** Asks a publisher, unless it is being asked. */
  void begin(String publisher) {
    Beginning known = all.get(publisher);
    if (known == null || known.isDone) {
      Beginning beginning = new Beginning();
      all.put(publisher, beginning);
      resume(publisher, beginning);
    }
  }

  /** Asks the publishers that are new, and again those that are due. */
  void tick(Set<String> names) {
    for (String name : names) {
      Beginning known = all.get(name);
      if (known == null || known.isDone && isStillEmpty(name, known)) {
        begin(name);
      }
    }
    List.copyOf(all.entrySet()).forEach(each -> resume(each.getKey(), each.getValue()));
  }

  /**
   * Tells, once in a while, whether nothing at all came from a publisher: its first may be lost.
   */
  private boolean isStillEmpty(String name, Beginning known) {
    if (asking.now() - known.lookAgain < 0) {
      return false;
    }
    known.lookAgain = asking.now() + asking.quietAfter();
    return !owner.isHeardOf(name);
  }

  private void resume(String name, Beginning beginning) {
    if (beginning.isDone || !beginning.question.mayAsk(asking.now())) {
      return;
    }
    beginning.question.asked();
    beginning.lookAgain = asking.now() + asking.quietAfter();
    asking.ask(
        name,
        new ReplayQuery.Time(since.toEpochMilli() / 1000.0, FAR_FUTURE),
        beginning.after,
        outcome -> owner.locked(() -> began(name, beginning, outcome)));
  }

  private void began(String name, Beginning beginning, ReplayOutcome outcome) {
    if (outcome instanceof ReplayOutcome.Answered answer) {
      ReplayPage page = answer.page();
      beginning.question.answered();
      boolean goesOn = !page.complete() && page.until() > beginning.after;
      if (goesOn) {
        // Asked first, so that the next page comes and is verified while this one is handled.
        beginning.after = page.until();
        resume(name, beginning);
      }
      page.refused().forEach(owner::takeRefused);
      owner.takeFromBeginning(page.messages());
      if (goesOn) {
        return;
      }
    } else if (!asking.failed(beginning.question, name, outcome)) {
      return;
    }
    beginning.isDone = true;
    owner.begun(name);
  }
}
