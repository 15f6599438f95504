package org.peal.service.koji;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a hub hands out at login. Immutable; never shown.
 *
 * @param id of the session
 * @param key proves that the session is ours
 * @param inHeaders whether the hub looks for both in headers, else in the address
 */
record SessionKeys(long id, String key, boolean inHeaders) {

  /** Reads the result of a login. */
  static SessionKeys of(@Nullable Object result) {
    if (result instanceof Map<?, ?> members
        && members.get("session-id") instanceof Long id
        && members.get("session-key") instanceof String key) {
      return new SessionKeys(id, key, Boolean.TRUE.equals(members.get("header-auth")));
    }
    throw new KojiLoginException("the hub accepted the login, but opened no session", null);
  }

  @Override
  public String toString() {
    return "SessionKeys[id=" + id + "]";
  }
}
