package org.peal.node;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.peal.message.PealHeaders;

/**
 * Makes the headers by which subscribers tell one publisher's runs and logs apart. Stateless.
 *
 * @see <a href="../../../../../docs/wire-format.md">wire format, members of our own</a>
 */
final class Identity {

  private static final int RUN_BYTES = 8;

  private Identity() {}

  /**
   * Returns the headers of one run; none without a log.
   *
   * @param name the publisher's name in endpoint files
   * @param random where the identity of the run comes from
   */
  static ObjectNode headers(Journal journal, String name, RandomGenerator random) {
    ObjectNode headers = JsonNodeFactory.instance.objectNode();
    journal.stream()
        .ifPresent(
            stream -> {
              byte[] run = new byte[RUN_BYTES];
              random.nextBytes(run);
              headers.put(PealHeaders.NAME, name);
              headers.put(PealHeaders.RUN, HexFormat.of().formatHex(run));
              headers.put(PealHeaders.START, Long.toString(journal.lastSequenceId() + 1));
              headers.put(PealHeaders.STREAM, stream.value());
            });
    return headers;
  }
}
