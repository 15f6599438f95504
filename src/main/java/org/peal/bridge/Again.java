package org.peal.bridge;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.peal.Threads;
import org.peal.bus.Delivery;
import org.peal.bus.RawMessage;
import org.peal.bus.amqp.AmqpMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets messages cross that somebody has asked to be tried again, and saves the table of services
 * now and then. Thread-safe.
 */
final class Again implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Again.class);
  private static final long RHYTHM_MILLIS = 1000;
  private static final long SAVING_MILLIS = 10_000;
  private static final long END_MILLIS = 2000;

  private final DeadLetters letters;
  private final Function<RawMessage, Delivery> look;
  private final Optional<ToAmqp> toAmqp;
  private final Optional<ToZmq> toZmq;
  private final ServiceTable services;
  private final InstantSource clock;
  private final Set<String> underWay = new HashSet<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Threads.factory("peal-bridge-again"));

  Again(
      DeadLetters letters,
      Function<RawMessage, Delivery> look,
      Optional<ToAmqp> toAmqp,
      Optional<ToZmq> toZmq,
      ServiceTable services,
      InstantSource clock) {
    this.letters = letters;
    this.look = look;
    this.toAmqp = toAmqp;
    this.toZmq = toZmq;
    this.services = services;
    this.clock = clock;
  }

  void start() {
    timer.scheduleWithFixedDelay(this::tryAll, RHYTHM_MILLIS, RHYTHM_MILLIS, TimeUnit.MILLISECONDS);
    timer.scheduleWithFixedDelay(
        services::save, SAVING_MILLIS, SAVING_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void tryAll() {
    try {
      letters.toTryAgain().forEach(this::tryOne);
    } catch (RuntimeException e) {
      LOG.warn("messages cannot be tried again now: {}", e.getMessage());
    }
  }

  private void tryOne(DeadLetter letter) {
    if (letter.direction().equals(Direction.TO_AMQP.toString()) && toAmqp.isPresent()) {
      toAmqp(letter, toAmqp.get());
    } else if (letter.direction().equals(Direction.TO_ZMQ.toString()) && toZmq.isPresent()) {
      toZmq(letter, toZmq.get());
    }
  }

  private void toAmqp(DeadLetter letter, ToAmqp direction) {
    Optional<RawMessage> raw = letter.raw(clock.instant());
    Optional<AmqpMessage> message = letter.message().filter(m -> m.id().isPresent());
    if (raw.isPresent()) {
      direction.sink().takeAgain(look.apply(raw.get()));
    } else if (message.isPresent()) {
      direction.takeAgain(message.get());
    } else {
      LOG.warn("{} cannot be sent again: no message can be made of it", letter.name());
    }
    letters.tried(letter);
  }

  private void toZmq(DeadLetter letter, ToZmq direction) {
    Optional<AmqpMessage> message = letter.message();
    if (message.isEmpty()) {
      LOG.warn("{} cannot be sent again: no message can be made of it", letter.name());
      letters.tried(letter);
    } else if (underWay.add(letter.name())) {
      direction.offer(
          message.get(), letter.text("exchange"), true, () -> timer.execute(() -> settled(letter)));
    }
  }

  private void settled(DeadLetter letter) {
    letters.tried(letter);
    underWay.remove(letter.name());
  }

  @Override
  public void close() {
    timer.shutdown();
    services.save();
    try {
      if (!timer.awaitTermination(END_MILLIS, TimeUnit.MILLISECONDS)) {
        LOG.warn("messages that are tried again are left for the next start");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
