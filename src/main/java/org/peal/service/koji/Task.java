package org.peal.service.koji;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Work that the hub has handed or will hand to one of its builders. Immutable.
 *
 * @param id its number
 * @param method what is to be done
 * @param state what has become of it
 * @param owner number of the user who asked for it, where there is one
 * @param created when it was asked for
 * @param completed when it ended
 * @param request the arguments; empty where they were not asked for
 */
public record Task(
    long id,
    String method,
    TaskState state,
    OptionalLong owner,
    Optional<Instant> created,
    Optional<Instant> completed,
    List<@Nullable Object> request) {

  static Task of(Members members) {
    return new Task(
        members.number("id"),
        members.text("method"),
        TaskState.of(members.smallNumber("state")),
        members.optionalNumber("owner"),
        members.moment("create"),
        members.moment("completion"),
        members.items("request"));
  }
}
