package org.peal.service.koji;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A build as the hub knows it. Immutable.
 *
 * @param id its number
 * @param nvr name, version and release joined by hyphens
 * @param name of the package
 * @param version as built
 * @param release as built
 * @param state what has become of it
 * @param owner name of the user, where told
 * @param task the task that made it, if one did
 * @param completed when it was complete
 * @param extra what the builder noted, such as {@code typeinfo.module} for modules
 */
public record Build(
    long id,
    String nvr,
    String name,
    String version,
    String release,
    BuildState state,
    Optional<String> owner,
    OptionalLong task,
    Optional<Instant> completed,
    Map<String, @Nullable Object> extra) {

  static Build of(Members members) {
    return new Build(
        // Lists call it otherwise.
        members.optionalNumber("build_id").orElseGet(() -> members.number("id")),
        members.text("nvr"),
        members.text("name"),
        members.text("version"),
        members.text("release"),
        BuildState.of(members.smallNumber("state")),
        members.optionalText("owner_name"),
        members.optionalNumber("task_id"),
        members.moment("completion"),
        members.structure("extra"));
  }
}
