package org.peal.endpoint;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.peal.config.ConfigException;
import org.peal.config.Place;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Master;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;
import org.xbill.DNS.dnssec.ValidatingResolver;

/**
 * Asks name servers, and proves what they say when there is a trust anchor. Thread-safe; every
 * question ends within {@link #LIMIT}.
 */
final class DnsClient implements AutoCloseable {

  /** How long a question may take, with everything that its proof needs. */
  static final Duration LIMIT = Duration.ofSeconds(10);

  private static final Duration ATTEMPT = Duration.ofSeconds(2);
  private static final int ATTEMPTS = 2;

  private final @Nullable DnsServer server;
  private final @Nullable Path trustAnchor;
  private final Set<Future<Message>> pending = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Resolver resolver;
  private volatile boolean isClosed;

  /**
   * Makes a client; nothing is asked yet.
   *
   * @throws ConfigException if the trust anchor cannot be read
   */
  DnsClient(DnsConfig config) {
    this.server = config.resolver();
    this.trustAnchor = config.trustAnchor();
    if (trustAnchor != null) {
      requireAnchors(trustAnchor);
    }
  }

  /** Ends the questions that are under way, and refuses others. Idempotent. */
  @Override
  public void close() {
    isClosed = true;
    pending.forEach(question -> question.cancel(false));
  }

  boolean isClosed() {
    return isClosed;
  }

  /** Tells whether answers are proved. */
  boolean isValidating() {
    return trustAnchor != null;
  }

  /**
   * Asks one question and returns the whole response, whose code is that it exists or does not.
   *
   * @throws DnsFailure if there is no response, or one that says nothing or is not proved
   */
  Message ask(Name name, int type) throws DnsFailure {
    try {
      Message response = send(Message.newQuery(Record.newRecord(name, type, DClass.IN)));
      return checked(response);
    } catch (DnsFailure e) {
      // The system may have got other name servers meanwhile.
      resolver = null;
      throw e;
    }
  }

  private Message send(Message query) throws DnsFailure {
    try {
      return await(resolver().sendAsync(query).toCompletableFuture());
    } catch (TimeoutException e) {
      throw new DnsFailure("no answer within " + LIMIT.toSeconds() + " s");
    } catch (ExecutionException e) {
      throw new DnsFailure(reason(e.getCause() == null ? e : e.getCause()));
    } catch (CancellationException e) {
      throw new DnsFailure("given up, the program no longer needs it");
    } catch (IOException | RuntimeException e) {
      throw new DnsFailure(reason(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DnsFailure("interrupted");
    }
  }

  @SuppressWarnings("CollectionUndefinedEquality") // Each question is meant itself.
  private Message await(Future<Message> question)
      throws InterruptedException, ExecutionException, TimeoutException {
    pending.add(question);
    try {
      if (isClosed) {
        question.cancel(false);
      }
      return question.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      pending.remove(question);
    }
  }

  private static String reason(Throwable e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  private Message checked(Message response) throws DnsFailure {
    int code = response.getRcode();
    if (code != Rcode.NOERROR && code != Rcode.NXDOMAIN) {
      throw new DnsFailure("the name server says " + Rcode.string(code));
    }
    if (isValidating() && !response.getHeader().getFlag(Flags.AD)) {
      throw new DnsFailure("the answer is not signed by the trust anchor");
    }
    return response;
  }

  private Resolver resolver() throws IOException {
    Resolver known = resolver;
    if (known == null) {
      known = trustAnchor == null ? plain() : validating(trustAnchor);
      resolver = known;
    }
    return known;
  }

  private Resolver plain() throws UnknownHostException {
    ExtendedResolver all;
    if (server == null) {
      ResolverConfig.refresh();
      all = new ExtendedResolver();
    } else {
      SimpleResolver one = new SimpleResolver(new InetSocketAddress(server.host(), server.port()));
      all = new ExtendedResolver(new Resolver[] {one});
    }
    all.setTimeout(ATTEMPT);
    all.setRetries(ATTEMPTS);
    return all;
  }

  private Resolver validating(Path anchors) throws IOException {
    ValidatingResolver validating = new ValidatingResolver(plain());
    validating.init(new Properties());
    try (InputStream in = Files.newInputStream(anchors)) {
      validating.loadTrustAnchors(in);
    }
    return validating;
  }

  private static void requireAnchors(Path file) {
    boolean any = false;
    try (InputStream in = Files.newInputStream(file);
        Master records = new Master(in, Name.root, 0)) {
      for (Record next = records.nextRecord(); next != null; next = records.nextRecord()) {
        any |= next.getType() == Type.DS || next.getType() == Type.DNSKEY;
      }
    } catch (IOException | RuntimeException e) {
      throw new ConfigException(Place.of(file), "", "trust anchor cannot be read: " + reason(e));
    }
    if (!any) {
      throw new ConfigException(Place.of(file), "", "trust anchor must hold DS or DNSKEY records");
    }
  }
}
