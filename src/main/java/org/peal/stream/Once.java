package org.peal.stream;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.peal.bus.Delivery;
import org.peal.store.Acquaintance;
import org.peal.store.HandledMessage;
import org.peal.store.MessageKey;
import org.peal.store.StateStore;

/** Lets a message have its effect once, by a record of it that is written after the effect. */
final class Once implements Sink {

  private static final String DONE = "done";

  private final StateStore store;
  private final String name;
  private final InstantSource clock;
  private final Handling handling;
  private final Map<String, MessageKey> latest = new Latest();

  /** What is known of messages that are expected. */
  private final IdentityHashMap<Delivery, Known> expected = new IdentityHashMap<>();

  private int handledSince;

  /** A message's key, and what the store knew of it. */
  private record Known(MessageKey key, Acquaintance acquaintance) {}

  Once(StateStore store, String name, InstantSource clock, Handling handling) {
    this.store = store;
    this.name = name;
    this.clock = clock;
    this.handling = handling;
  }

  @Override
  public boolean take(Event.Message message, Consumer<Rows> recorder) {
    Optional<Rows> rows = take(message);
    rows.ifPresent(recorder);
    return rows.isPresent();
  }

  private Optional<Rows> take(Event.Message message) {
    Known looked = expected.remove(message.delivery());
    Optional<MessageKey> key =
        looked == null ? Fingerprint.of(name, message.delivery()) : Optional.of(looked.key());
    Acquaintance known = key.map(k -> known(k, looked)).orElseGet(Acquaintance.New::new);
    if (known instanceof Acquaintance.Same) {
      return Optional.of(Rows.NONE);
    }
    if (known instanceof Acquaintance.Conflict) {
      announce(
          "message id used again with other content or by another signer, both are handled: "
              + key.map(k -> k.id().value()).orElse(""));
    }
    return switch (handling.handle(message.delivery())) {
      case DONE -> Optional.of(key.map(this::done).orElse(Rows.NONE));
      case PASSED_OVER -> Optional.of(Rows.NONE);
      case ENOUGH -> Optional.empty();
    };
  }

  private Acquaintance known(MessageKey key, @Nullable Known looked) {
    if (key.equals(latest.get(key.id().dedupKey()))) {
      return new Acquaintance.Same(outcome(key));
    }
    // What was handled since is among the latest, but these are few.
    if (looked != null && handledSince <= DurableSubscriber.MOST_UNRECORDED) {
      return looked.acquaintance();
    }
    return store.read(snapshot -> snapshot.outcomes().check(key));
  }

  @Override
  public void expect(List<Delivery> deliveries) {
    expected.clear();
    handledSince = 0;
    if (deliveries.isEmpty()) {
      return;
    }
    List<Delivery> named = new ArrayList<>();
    List<MessageKey> keys = new ArrayList<>();
    for (Delivery delivery : deliveries) {
      Fingerprint.of(name, delivery)
          .ifPresent(
              key -> {
                named.add(delivery);
                keys.add(key);
              });
    }
    List<Acquaintance> known = store.read(snapshot -> snapshot.outcomes().check(keys));
    for (int i = 0; i < keys.size(); i++) {
      expected.put(named.get(i), new Known(keys.get(i), known.get(i)));
    }
  }

  private Rows done(MessageKey key) {
    latest.put(key.id().dedupKey(), key);
    handledSince++;
    HandledMessage outcome = outcome(key);
    return transaction -> transaction.outcomes().addNew(outcome);
  }

  private HandledMessage outcome(MessageKey key) {
    return new HandledMessage(key, DONE, "", List.of(), clock.instant());
  }

  @Override
  public void lost(Event.Lost lost, Consumer<Rows> recorder) {
    recorder.accept(Rows.NONE);
  }

  @Override
  public void announce(String text) {
    handling.announce(text);
  }

  /** What may not be recorded yet, and a few more. */
  private static final class Latest extends LinkedHashMap<String, MessageKey> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, MessageKey> eldest) {
      return size() > 2 * DurableSubscriber.MOST_UNRECORDED;
    }
  }
}
