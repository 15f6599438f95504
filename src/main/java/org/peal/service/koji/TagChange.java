package org.peal.service.koji;

import java.time.Instant;
import java.util.Optional;

/**
 * When a build got a tag, and when it lost it. Immutable.
 *
 * @param tag name of the tag
 * @param active whether it has it now
 * @param since when it got it
 * @param by name of the user who gave it
 * @param until when it lost it, if it did
 * @param removedBy name of the user who took it away
 */
public record TagChange(
    String tag,
    boolean active,
    Optional<Instant> since,
    Optional<String> by,
    Optional<Instant> until,
    Optional<String> removedBy) {

  static TagChange of(Members members) {
    return new TagChange(
        members.text("tag.name"),
        members.truth("active"),
        members.moment("create"),
        members.optionalText("creator_name"),
        members.moment("revoke"),
        members.optionalText("revoker_name"));
  }
}
