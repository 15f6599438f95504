package org.peal.bus.zmq;

import java.util.Collection;
import java.util.List;
import zmq.Msg;

/** Of how many frames the messages of a subscription are made. */
enum Framing {
  /** The topic, then the payload: the bus. */
  TOPIC_AND_PAYLOAD,
  /** The payload alone, as a hub of fedmsg reports on itself; the topic is then empty. */
  PAYLOAD;

  /** Returns the topics to ask for: a payload has none, so everything is wanted. */
  Collection<String> prefixes(Collection<String> topics) {
    return this == PAYLOAD ? List.of("") : topics;
  }

  /** Tells whether a message that begins with this frame may be of this kind. */
  boolean fits(Msg first) {
    return first.hasMore() == (this == TOPIC_AND_PAYLOAD);
  }
}
