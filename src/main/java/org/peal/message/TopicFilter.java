package org.peal.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A choice among topics that ZeroMQ can make by comparing bytes. Thread-safe. */
public sealed interface TopicFilter {

  /** Takes every topic. */
  TopicFilter ALL = new Prefix("");

  /** Tells whether a message whose topic frame has these bytes is wanted. */
  boolean matches(byte[] topicFrame);

  /** Returns the bytes to subscribe to, owned by the caller: the widest prefix that covers it. */
  byte[] subscription();

  /**
   * Takes the topics that begin with some characters; dots have no meaning, so {@code a.b} takes
   * {@code a.bc} as well.
   *
   * @param value the characters; empty takes everything
   */
  record Prefix(String value) implements TopicFilter {

    @Override
    public boolean matches(byte[] topicFrame) {
      byte[] prefix = subscription();
      return topicFrame.length >= prefix.length
          && Arrays.equals(topicFrame, 0, prefix.length, prefix, 0, prefix.length);
    }

    @Override
    public byte[] subscription() {
      return value.getBytes(StandardCharsets.UTF_8);
    }
  }
}
