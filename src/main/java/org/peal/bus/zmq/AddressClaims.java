package org.peal.bus.zmq;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Keeps a set of subscriptions from connecting twice to one publisher: each literal address and
 * port belongs to one of them at a time, whatever the names that lead there. Made by any thread,
 * used by the loop thread only.
 *
 * <p>A link that finds its address taken waits for it. So a subscription that is to end can go on
 * while another waits for its address or may yet turn out to, and nothing is missed when a
 * publisher is listed in another way.
 */
public final class AddressClaims {

  private final Map<String, Object> holders = new HashMap<>();
  private final Map<Object, String> waiting = new HashMap<>();
  private final Set<Object> newcomers = new HashSet<>();
  private final List<Publication> own = new CopyOnWriteArrayList<>();
  private long releases;

  /** Makes a set without subscriptions. */
  public AddressClaims() {}

  /**
   * Keeps all links from connecting to {@code publication} from now on, because what they receive
   * is sent there and would go in circles. For any thread.
   */
  public void avoid(Publication publication) {
    own.add(publication);
  }

  /** Returns whether an address leads to a publication that is to be avoided. */
  boolean isOwn(InetAddress host, int port) {
    return own.stream().anyMatch(publication -> publication.isReachedBy(host, port));
  }

  /** Adds a link that does not know its address yet. */
  void enter(Object link) {
    newcomers.add(link);
  }

  /** Notes that a link knows its addresses now, or that they cannot be known. */
  void settle(Object link) {
    newcomers.remove(link);
  }

  /** Returns whether {@code address} belongs to a link from now on; else the link waits for it. */
  boolean take(String address, Object link) {
    Object holder = holders.putIfAbsent(address, link);
    boolean taken = holder == null || holder == link;
    if (taken) {
      waiting.remove(link);
    } else {
      waiting.put(link, address);
    }
    return taken;
  }

  /** Gives an address up; does nothing if it belongs to another. */
  void release(String address, Object link) {
    if (holders.remove(address, link)) {
      releases++;
    }
  }

  /** Forgets a link that has ended. */
  void leave(String address, Object link) {
    release(address, link);
    waiting.remove(link);
    newcomers.remove(link);
  }

  /** Returns whether another link waits for an address, or may turn out to. */
  boolean isAwaited(String address) {
    return !newcomers.isEmpty() || waiting.containsValue(address);
  }

  /** Returns how often an address was given up: when that changes, it is worth trying again. */
  long releases() {
    return releases;
  }
}
