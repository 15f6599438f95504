package org.peal.service.koji;

import java.net.URI;
import java.time.Duration;

/** Profiles for tests: short pauses, long patience. */
final class Profiles {

  static final Duration LONG = Duration.ofMinutes(2);
  private static final Duration SHORT = Duration.ofMillis(2);

  private Profiles() {}

  static KojiProfile anonymous(URI server) {
    return of(server, new Login.Anonymous());
  }

  static KojiProfile of(URI server, Login login) {
    return with(server, login, new RetryPolicy(5, SHORT, LONG, SHORT, LONG, false));
  }

  static KojiProfile with(URI server, Login login, RetryPolicy retries) {
    return new KojiProfile("test", server, login, null, true, LONG, LONG, retries);
  }

  static KojiProfile impatient(URI server, Login login, Duration timeout) {
    RetryPolicy retries = new RetryPolicy(1, SHORT, LONG, SHORT, LONG, false);
    return new KojiProfile("test", server, login, null, true, timeout, LONG, retries);
  }
}
