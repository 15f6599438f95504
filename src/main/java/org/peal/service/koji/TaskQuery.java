package org.peal.service.koji;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks to list, the newest first. Immutable.
 *
 * @param owner number of the user who asked for them
 * @param method what is to be done
 * @param states one of these; empty for any
 * @param createdAfter asked for after this
 * @param limit so many at most
 */
public record TaskQuery(
    OptionalLong owner,
    Optional<String> method,
    Set<TaskState> states,
    Optional<Instant> createdAfter,
    int limit) {

  private static final int MOST = 10_000;

  /** Refuses lists without a bound. */
  public TaskQuery {
    states = Set.copyOf(states);
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("limit must be from 1 to " + MOST + ": " + limit);
    }
  }

  KojiCall call() {
    Map<String, @Nullable Object> which = new LinkedHashMap<>();
    owner.ifPresent(id -> which.put("owner", id));
    method.ifPresent(name -> which.put("method", name));
    if (!states.isEmpty()) {
      which.put("state", states.stream().sorted().map(s -> (long) s.number()).toList());
    }
    createdAfter.ifPresent(time -> which.put("createdAfter", time.toEpochMilli() / 1e3));
    which.put("decode", true);
    Map<String, Object> how = Map.of("limit", (long) limit, "order", "-id");
    return KojiCall.reading("listTasks", which, how);
  }
}
