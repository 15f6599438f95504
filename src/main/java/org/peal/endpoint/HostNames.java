package org.peal.endpoint;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.peal.config.ConfigException;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Finds the addresses of hosts as the {@code dns} section says. Thread-safe.
 *
 * <p>Without a name server and a trust anchor of our own that is the system's affair. With a name
 * server, the system is asked for what that does not know. With a trust anchor it is only asked for
 * names without a dot, such as {@code localhost}, for its answers are not proved.
 */
public final class HostNames {

  private static final int MAX_ADDRESSES = 16;

  private final boolean isOwn;
  private final DnsClient client;

  /**
   * Makes a resolver; nothing is asked yet.
   *
   * @throws ConfigException if the trust anchor cannot be read
   */
  public HostNames(DnsConfig config) {
    this.isOwn = config.resolver() != null || config.trustAnchor() != null;
    this.client = new DnsClient(config);
  }

  /**
   * Returns the addresses of a host in the order in which to try them, at least one and at most 16;
   * may block for some seconds.
   *
   * @throws UnknownHostException if there is none
   */
  public List<InetAddress> resolve(String host) throws UnknownHostException {
    if (!isOwn || host.indexOf('.') < 0 || new Endpoint(host, 0).isLiteral()) {
      return system(host);
    }
    List<InetAddress> found = ask(host);
    if (found.isEmpty() && client.isValidating()) {
      throw new UnknownHostException(host + ": no address that is signed by the trust anchor");
    }
    return found.isEmpty() ? system(host) : found;
  }

  private static List<InetAddress> system(String host) throws UnknownHostException {
    return List.of(InetAddress.getAllByName(host));
  }

  private List<InetAddress> ask(String host) {
    List<InetAddress> found = new ArrayList<>();
    for (int type : new int[] {Type.A, Type.AAAA}) {
      try {
        Name name = Name.fromString(host, Name.root);
        DnsQuestion.ask(client, name, type).records().forEach(r -> found.add(address(r)));
      } catch (DnsFailure | TextParseException e) {
        // No answer is no address; the link that asks says so.
      }
    }
    return found.stream().distinct().limit(MAX_ADDRESSES).toList();
  }

  private static InetAddress address(Record record) {
    return record instanceof AAAARecord six ? six.getAddress() : ((ARecord) record).getAddress();
  }
}
