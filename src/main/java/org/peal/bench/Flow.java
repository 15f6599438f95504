package org.peal.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.peal.Deadline;

/** Lets messages run from one worker to another and reads the rate at the end. Stateless. */
final class Flow {

  private static final double NANOS = 1e9;
  private static final long BETWEEN_PROBES = TimeUnit.MILLISECONDS.toNanos(20);

  /**
   * So many rounds the second compiler works on new processes; with two cores it takes from both,
   * and most from those that do most.
   */
  private static final int WARM_UPS = 4;

  private Flow() {}

  /** Sends so many messages that the compilers have done their work on both sides. */
  static void warmUp(Worker sender, String how, Worker receiver, int count) {
    rate(sender, how, receiver, WARM_UPS * count);
  }

  /** Runs rounds that do not count, until the compilers have done most of their work. */
  static void warmUp(DoubleSupplier round) {
    for (int i = 0; i < WARM_UPS; i++) {
      double unused = round.getAsDouble();
    }
  }

  /** Returns the messages a second that an answer tells. */
  static double rate(JsonNode answer) {
    return answer.path("count").doubleValue() * NANOS / answer.path("nanos").doubleValue();
  }

  /**
   * Sends messages and returns the rate at which they arrive.
   *
   * @param how {@code send} or {@code publish}
   */
  static double rate(Worker sender, String how, Worker receiver, int count) {
    return rate(sender, how, 0, receiver, count);
  }

  /** The same, with the payloads of a bare sender from a certain one on. */
  static double rate(Worker sender, String how, int from, Worker receiver, int count) {
    send(sender, how, from, receiver, count);
    return rate(arrived(receiver, count));
  }

  /**
   * Sends messages through a forwarder and returns the rate at which they arrive.
   *
   * @throws BenchException if not all arrive; it tells what the forwarder says of that
   */
  static double rateThrough(Worker forwarder, Worker sender, Worker receiver, int count) {
    send(sender, "send", 0, receiver, count);
    return rate(arrived(receiver, count, () -> "; in between: " + status(forwarder)));
  }

  private static String status(Worker forwarder) {
    return forwarder.ask(Lab.order("status")).path("status").asText();
  }

  private static void send(Worker sender, String how, int from, Worker receiver, int count) {
    receiver.ask(Lab.order("arm", count));
    receiver.tell(Lab.order("result", count));
    sender.ask(Lab.order(how, count).put("from", from));
  }

  /** Sends single messages until one has come through to a bare receiver. */
  static void connect(Worker sender, Worker receiver) {
    Deadline deadline = Deadline.after(Lab.PATIENCE);
    receiver.tell(Lab.order("connected"));
    while (!receiver.hasAnswered()) {
      if (deadline.left().isZero()) {
        throw new BenchException("nothing comes through");
      }
      sender.ask(Lab.order("send", 1));
      LockSupport.parkNanos(BETWEEN_PROBES);
    }
    receiver.answer();
  }

  /** Sends messages at a steady rate and returns how long they took, in nanoseconds. */
  static JsonNode delays(Worker sender, Worker receiver, int count, int rate) {
    receiver.ask(Lab.order("arm", count));
    ObjectNode result = Lab.order("result", count).put("stamped", true);
    receiver.tell(result);
    sender.ask(Lab.order("pace", count).put("rate", rate));
    return arrived(receiver, count);
  }

  private static JsonNode arrived(Worker receiver, int count) {
    return arrived(receiver, count, () -> "");
  }

  /**
   * Waits for what has arrived.
   *
   * @param why what to add if that is too little
   */
  private static JsonNode arrived(Worker receiver, int count, Supplier<String> why) {
    JsonNode answer = receiver.answer();
    if (answer.path("count").intValue() < count) {
      throw new BenchException(
          "of %d messages only %s arrived%s".formatted(count, answer.path("count"), why.get()));
    }
    return answer;
  }
}
