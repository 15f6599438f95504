package org.peal.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.peal.message.MessageId;
import org.peal.message.Topic;
import org.peal.store.MessageStore;
import org.peal.store.Page;
import org.peal.store.ReplayQuery;
import org.peal.store.StoredMessage;
import org.peal.store.StreamId;

/** A log in memory. Thread-safe. */
public final class MemoryStore implements MessageStore {

  /** The identity of every such log. */
  public static final StreamId STREAM = new StreamId("00112233445566778899aabbccddeeff");

  private final List<StoredMessage> messages = new ArrayList<>();
  private long last;

  /** Adds a message, whose payload should hold the next sequence id. */
  public synchronized void add(String id, String topic, long seconds, byte[] payload) {
    last++;
    messages.add(new StoredMessage(last, new MessageId(id), new Topic(topic), seconds, payload));
  }

  /** Adds messages {@code n} of a topic, one a second, from the next sequence id on. */
  public synchronized MemoryStore fill(int count, String topic) {
    for (int i = 0; i < count; i++) {
      long number = last + 1;
      String text =
          "{\"msg\":{\"n\":%d},\"msg_id\":\"m-%d\",\"seq_id\":%d,\"timestamp\":%d,\"topic\":\"%s\"}"
              .formatted(number, number, number, number, topic);
      add("m-" + number, topic, number, text.getBytes(StandardCharsets.UTF_8));
    }
    return this;
  }

  /** Takes away all messages up to a sequence id, as retention does. */
  public synchronized void forget(long until) {
    messages.removeIf(message -> message.sequenceId() <= until);
  }

  @Override
  public StreamId stream() {
    return STREAM;
  }

  @Override
  public synchronized long lastSequenceId() {
    return last;
  }

  @Override
  public synchronized long firstSequenceId() {
    return messages.isEmpty() ? last + 1 : messages.get(0).sequenceId();
  }

  @Override
  public synchronized Page read(ReplayQuery query, long after, Page.Limit limit) {
    List<StoredMessage> found = new ArrayList<>();
    long bytes = 0;
    for (StoredMessage message : messages) {
      if (message.sequenceId() <= after || !isAsked(query, message)) {
        continue;
      }
      bytes += message.payload().length;
      if (found.size() == limit.messages() || !found.isEmpty() && bytes > limit.bytes()) {
        return new Page(found, false);
      }
      found.add(message);
    }
    return new Page(found, true);
  }

  @Override
  public synchronized Optional<StoredMessage> find(MessageId id) {
    return messages.stream().filter(message -> message.id().equals(id)).findFirst();
  }

  private static boolean isAsked(ReplayQuery query, StoredMessage message) {
    if (query instanceof ReplayQuery.Ids ids) {
      return ids.ids().contains(message.sequenceId());
    } else if (query instanceof ReplayQuery.Range range) {
      return message.sequenceId() >= range.first() && message.sequenceId() <= range.last();
    } else if (query instanceof ReplayQuery.MessageIds ids) {
      return ids.ids().contains(message.id().value());
    } else if (query instanceof ReplayQuery.Time time) {
      return message.seconds() >= time.from() && message.seconds() <= time.until();
    } else if (query instanceof ReplayQuery.AnyOf any) {
      return any.queries().stream().anyMatch(each -> isAsked(each, message));
    }
    return true;
  }
}
