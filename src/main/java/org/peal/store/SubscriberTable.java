package org.peal.store;

import java.time.Instant;
import java.util.Optional;

/**
 * The table of durable subscribers: from when on each wants the messages of publishers that it has
 * no cursor for. Used only within its transaction.
 */
public final class SubscriberTable implements Subscribers {

  private static final String FIND = "SELECT since FROM subscriber WHERE name = ?";
  private static final String ADD =
      "INSERT INTO subscriber (name, since) VALUES (?, ?) ON CONFLICT (name) DO NOTHING";

  private final Session session;

  SubscriberTable(Session session) {
    this.session = session;
  }

  @Override
  public Optional<Instant> since(String name) {
    return session.first(FIND, row -> Instant.ofEpochMilli(row.getLong(1)), name);
  }

  /** Records a subscriber unless it is there, and returns from when on it wants messages. */
  public Instant start(String name, Instant since) {
    session.update(ADD, name, since.toEpochMilli());
    return since(name).orElseThrow();
  }
}
