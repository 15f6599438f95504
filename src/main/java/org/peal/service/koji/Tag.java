package org.peal.service.koji;

import java.util.Optional;

/**
 * A tag as the hub knows it. Immutable.
 *
 * @param id its number
 * @param name as people know it
 * @param locked whether nothing may be tagged into it
 * @param permission that a user needs to tag into it, if any
 */
public record Tag(long id, String name, boolean locked, Optional<String> permission) {

  static Tag of(Members members) {
    return new Tag(
        members.number("id"),
        members.text("name"),
        members.truth("locked"),
        members.optionalText("perm"));
  }
}
