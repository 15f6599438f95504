package org.peal.service.koji;

/**
 * A user of the hub. Immutable.
 *
 * @param id its number
 * @param name as people know it
 */
public record User(long id, String name) {

  static User of(Members members) {
    return new User(members.number("id"), members.text("name"));
  }
}
