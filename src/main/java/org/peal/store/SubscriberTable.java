package org.peal.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The table of durable subscribers: from when on each wants the messages of publishers that it has
 * no cursor for, and the longest retention that it heard of. Used only within its transaction.
 */
public final class SubscriberTable implements Subscribers {

  private static final String FIND = "SELECT since FROM subscriber WHERE name = ?";
  private static final String ADD =
      "INSERT INTO subscriber (name, since) VALUES (?, ?) ON CONFLICT (name) DO NOTHING";

  private static final String ANNOUNCED = "SELECT announced FROM subscriber WHERE name = ?";
  private static final String ANNOUNCE =
      "UPDATE subscriber SET announced = ? WHERE name = ? AND announced < ?";

  private final Session session;

  SubscriberTable(Session session) {
    this.session = session;
  }

  @Override
  public Optional<Instant> since(String name) {
    return session.first(FIND, row -> Instant.ofEpochMilli(row.getLong(1)), name);
  }

  @Override
  public Duration announced(String name) {
    return session
        .first(ANNOUNCED, row -> Duration.ofMillis(row.getLong(1)), name)
        .orElse(Duration.ZERO);
  }

  /** Records what a log has announced to a subscriber, if it is the longest so far. */
  public void announce(String name, Duration retention) {
    session.update(ANNOUNCE, retention.toMillis(), name, retention.toMillis());
  }

  /** Records a subscriber unless it is there, and returns from when on it wants messages. */
  public Instant start(String name, Instant since) {
    session.update(ADD, name, since.toEpochMilli());
    return since(name).orElseThrow();
  }
}
