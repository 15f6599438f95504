package org.peal.service.koji;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to reach one hub: a section of Koji's client configuration. Immutable.
 *
 * @param name of the section
 * @param server address of the hub, http or https, without a slash at its end
 * @param login how to log in
 * @param serverCa PEM with the only authorities to trust; null for those of the JDK
 * @param verifyTls whether the certificate of the hub is checked at all
 * @param timeout of one try of a call, as configured; {@link KojiSession} waits less
 * @param authTimeout of one try to log in
 * @param retries limits of repeating
 */
public record KojiProfile(
    String name,
    URI server,
    Login login,
    @Nullable Path serverCa,
    boolean verifyTls,
    Duration timeout,
    Duration authTimeout,
    RetryPolicy retries) {

  /** Refuses addresses that are not those of a hub. */
  public KojiProfile {
    String scheme = String.valueOf(server.getScheme());
    if (!(scheme.equals("http") || scheme.equals("https")) || server.getHost() == null) {
      throw new KojiSetupException(
          "server of profile " + name + " must be http://HOST/... or https://HOST/...: " + server,
          null);
    }
    if (server.getQuery() != null || server.getFragment() != null || server.getUserInfo() != null) {
      throw new KojiSetupException(
          "server of profile " + name + " must not hold a user, a query or a fragment", null);
    }
    if (timeout.isNegative()
        || timeout.isZero()
        || authTimeout.isNegative()
        || authTimeout.isZero()) {
      throw new KojiSetupException("time-outs of profile " + name + " must be above zero", null);
    }
  }
}
