package org.peal.bus.amqp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The messages of a publisher that the broker has not confirmed: those that wait to be sent, and
 * those that were, by the numbers of the channel. What is sent and lost with its channel goes back
 * to the head of those that wait, in its order. Thread-safe.
 *
 * <p>A broker that dislikes a message closes the channel without saying which one it was. So then
 * the messages that were under way are sent one at a time, until the culprit is alone on the
 * channel that closes: it fails, the others do not.
 */
final class ConfirmWindow {

  private final Deque<Pending> waiting = new ArrayDeque<>();
  private final NavigableMap<Long, Pending> sent = new TreeMap<>();

  /** How many messages are yet to be sent one at a time. */
  private int careful;

  private long repeated;

  synchronized void add(Pending pending) {
    waiting.addLast(pending);
  }

  /** Returns the next message to be sent, which counts as sent under a number of the channel. */
  synchronized Optional<Pending> send(long number) {
    dropSettled();
    if (waiting.isEmpty() || careful > 0 && !sent.isEmpty()) {
      return Optional.empty();
    }
    Pending next = waiting.removeFirst();
    sent.put(number, next);
    return Optional.of(next);
  }

  /** Takes back a message that could not be sent, unless that has happened already. */
  synchronized void notSent(long number, Pending pending) {
    if (sent.remove(number, pending) && !pending.isSettled) {
      waiting.addFirst(pending);
    }
  }

  private void dropSettled() {
    while (!waiting.isEmpty() && waiting.getFirst().isSettled) {
      waiting.removeFirst();
    }
  }

  /** Takes an answer of the broker; returns the messages that it is about and that wait for it. */
  synchronized List<Pending> answered(long number, boolean multiple) {
    List<Pending> answered = new ArrayList<>();
    if (multiple) {
      NavigableMap<Long, Pending> head = sent.headMap(number, true);
      answered.addAll(head.values());
      head.clear();
    } else {
      Pending one = sent.remove(number);
      if (one != null) {
        answered.add(one);
      }
    }
    careful = Math.max(0, careful - answered.size());
    return settle(answered);
  }

  /** Marks a message that no queue took; its confirmation is still to come. */
  synchronized void returned(String id) {
    sent.values().stream()
        .filter(pending -> !pending.isReturned && pending.id.value().equals(id))
        .findFirst()
        .ifPresent(pending -> pending.isReturned = true);
  }

  /**
   * Takes back what was sent on a channel that is closed.
   *
   * @param isBlamed whether the broker closed the channel because of a message
   * @return the message that it was, if it is certain; it is not to be sent again
   */
  synchronized Optional<Pending> channelClosed(boolean isBlamed) {
    List<Pending> lost = sent.values().stream().filter(p -> !p.isSettled).toList();
    boolean isCertain = isBlamed && sent.size() == 1 && lost.size() == 1;
    sent.clear();
    if (isCertain) {
      careful = Math.max(0, careful - 1);
      return settle(lost).stream().findFirst();
    }
    repeated += lost.size();
    for (int i = lost.size() - 1; i >= 0; i--) {
      lost.get(i).isReturned = false;
      waiting.addFirst(lost.get(i));
    }
    if (isBlamed) {
      careful = Math.max(careful, lost.size());
    }
    return Optional.empty();
  }

  /** Removes those that nobody should wait for any longer, and returns them. */
  synchronized List<Pending> expired(long now) {
    return remove(pending -> pending.deadline - now <= 0);
  }

  /** Removes all, and returns them. */
  synchronized List<Pending> all() {
    return remove(pending -> true);
  }

  /** A message that is sent keeps its number, so that its answer finds it settled. */
  private List<Pending> remove(Predicate<Pending> which) {
    List<Pending> removed = new ArrayList<>();
    sent.values().stream().filter(which).forEach(removed::add);
    waiting.stream().filter(which).forEach(removed::add);
    waiting.removeIf(which);
    return settle(removed);
  }

  private static List<Pending> settle(Collection<Pending> messages) {
    List<Pending> settled = new ArrayList<>();
    for (Pending pending : messages) {
      if (!pending.isSettled) {
        pending.isSettled = true;
        settled.add(pending);
      }
    }
    return settled;
  }

  /** Returns how many messages were sent again. */
  synchronized long repeated() {
    return repeated;
  }
}
