package org.peal.bus.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.impl.ContentHeaderPropertyWriter;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a message whose headers are written in their order, which the library's own
 * class loses. Only what fedora-messaging sets is there. Immutable.
 */
final class OrderedProperties extends BasicProperties {

  private static final String CONTENT_TYPE = "application/json";
  private static final String ENCODING = "utf-8";
  private static final int PERSISTENT = 2;

  private final Map<String, Object> ordered;

  OrderedProperties(Map<String, Object> headers, @Nullable Integer priority, @Nullable String id) {
    super(
        CONTENT_TYPE,
        ENCODING,
        headers,
        PERSISTENT,
        priority,
        null,
        null,
        null,
        id,
        null,
        null,
        null,
        null,
        null);
    this.ordered = headers;
  }

  @Override
  public void writePropertiesTo(ContentHeaderPropertyWriter writer) throws IOException {
    boolean[] present = {
      true,
      true,
      true,
      true,
      getPriority() != null,
      false,
      false,
      false,
      getMessageId() != null,
      false,
      false,
      false,
      false,
      false
    };
    for (boolean each : present) {
      writer.writePresence(each);
    }
    writer.finishPresence();
    writer.writeShortstr(CONTENT_TYPE);
    writer.writeShortstr(ENCODING);
    writer.writeTable(ordered);
    writer.writeOctet(PERSISTENT);
    if (getPriority() != null) {
      writer.writeOctet(getPriority());
    }
    if (getMessageId() != null) {
      writer.writeShortstr(getMessageId());
    }
  }
}
