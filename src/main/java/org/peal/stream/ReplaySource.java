package org.peal.stream;

import java.util.concurrent.CompletionStage;
import org.peal.store.ReplayQuery;

/** Asks publishers for messages that were missed. Thread-safe. */
public interface ReplaySource {

  /**
   * Asks a publisher's log for one page of messages.
   *
   * <p>To go on, ask the same again after {@link ReplayPage#until()}, until a page is {@linkplain
   * ReplayPage#complete() complete}. Ask for ranges rather than lists where that says the same.
   * Retries, other addresses of the same name, and what old servers cannot do are seen to here. How
   * many questions are under way is bounded: one too many is refused at once.
   *
   * @param publisher a name in the endpoint map's replay section, or an address as {@code
   *     tcp://host:port}
   * @param after only messages with a greater sequence id; 0 for all
   * @return completed within a bounded time, and never exceptionally, by a thread that should not
   *     be blocked for long
   */
  CompletionStage<ReplayOutcome> fetch(String publisher, ReplayQuery query, long after);
}
