package org.peal.cli;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.peal.bus.Origin;
import org.peal.bus.zmq.SubscriptionStatus;

/** Tells the user which links came up, went down, or never came up. Used by one thread. */
final class LinkReporter {

  private static final long PATIENCE = Duration.ofSeconds(2).toNanos();

  private enum Said {
    NOTHING,
    UP,
    DOWN
  }

  private final Consumer<String> say;
  private final long start = System.nanoTime();
  private final Map<String, Said> said = new HashMap<>();

  LinkReporter(Consumer<String> say) {
    this.say = say;
  }

  /** Compares what is with what was said last, and says what is new. */
  void look(List<SubscriptionStatus> links) {
    for (SubscriptionStatus link : links) {
      String name = name(link.origin());
      Said before = said.getOrDefault(name, Said.NOTHING);
      if (link.connected() && before != Said.UP) {
        tell(name, Said.UP, "connected to " + name);
      } else if (isMissing(link) && before == Said.UP) {
        tell(name, Said.DOWN, "connection to " + name + " lost, trying again");
      } else if (isMissing(link) && before == Said.NOTHING && isLate()) {
        tell(name, Said.DOWN, "not connected to " + name + " yet, still trying");
      }
    }
  }

  private static String name(Origin origin) {
    // What was given after --connect has no other name than its address.
    return origin.name().equals(origin.address())
        ? origin.address()
        : origin.address() + " (" + origin.name() + ")";
  }

  private static boolean isMissing(SubscriptionStatus link) {
    return !link.connected() && !link.isElsewhere();
  }

  private boolean isLate() {
    return System.nanoTime() - start > PATIENCE;
  }

  private void tell(String name, Said now, String text) {
    said.put(name, now);
    say.accept(text);
  }
}
