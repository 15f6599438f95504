package org.peal.message;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The rule that makes full topics out of a service's own ones, exactly as fedmsg does. Immutable.
 *
 * @param prefix what all topics begin with, such as {@code org.fedoraproject}; empty for none
 * @param environment such as {@code prod}; may be empty
 */
public record TopicNaming(String prefix, String environment) {

  private static final String UNSPECIFIED = "unspecified";

  /**
   * Returns {@code prefix.environment.modname.topic}.
   *
   * <p>Nothing is put in front when {@code modname.topic} already begins with the characters of the
   * prefix; that there is no look at the dots is fedmsg's rule, too. What cannot be encoded as
   * UTF-8, a lone surrogate, becomes a question mark.
   *
   * @param modname the service
   * @param topic the topic within the service; null or empty stands for {@code unspecified}
   */
  public Topic full(String modname, @Nullable String topic) {
    String name = modname + "." + (topic == null || topic.isEmpty() ? UNSPECIFIED : topic);
    return new Topic(encodable(name.startsWith(prefix) ? name : inEnvironment(name)));
  }

  private String inEnvironment(String name) {
    return prefix + "." + environment + "." + name;
  }

  private static String encodable(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
