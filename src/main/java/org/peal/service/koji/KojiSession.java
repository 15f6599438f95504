package org.peal.service.koji;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.peal.Deadline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session at a hub: logs in before its first call, again when the hub has forgotten it, and
 * repeats what may be repeated within the limits of its profile.
 *
 * <p>Each new call has the next number; a repetition keeps its number, by which the hub tells
 * whether an earlier try has changed something. A call that changes something is never sent under a
 * second number while the fate of the first is not known: that ends in a {@link
 * KojiLostReplyException}.
 *
 * <p>Thread-safe; calls of several threads go one after another, as the numbers demand. Closing
 * ends a pause between two tries at once.
 */
public final class KojiSession implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(KojiSession.class);

  /** Koji's twelve hours are for uploads. */
  private static final Duration LONGEST_CALL = Duration.ofMinutes(5);

  private static final Duration LOGOUT = Duration.ofSeconds(5);

  private final KojiProfile profile;
  private final HubConnection hub;
  private final NegotiateTokens tokens;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Object turn = new Object();

  private @Nullable SessionKeys keys;
  private boolean expired;
  private long nextNumber;

  /**
   * Makes a session that is not logged in yet.
   *
   * @throws KojiSetupException if a certificate of the profile is of no use
   */
  public KojiSession(KojiProfile profile) {
    this(profile, XmlRpcLimits.REPLY, tokensOf(profile));
  }

  KojiSession(KojiProfile profile, XmlRpcLimits limits, NegotiateTokens tokens) {
    this.profile = profile;
    this.hub = new HubConnection(profile, limits);
    this.tokens = tokens;
    warn();
  }

  private static NegotiateTokens tokensOf(KojiProfile profile) {
    return new KerberosTokens(
        profile.login() instanceof Login.Kerberos kerberos ? kerberos.key() : null);
  }

  private void warn() {
    if (!profile.verifyTls()) {
      LOG.warn("Koji profile {}: no_ssl_verify, anybody can pose as the hub", profile.name());
    }
    if (profile.login() instanceof Login.Password && profile.server().getScheme().equals("http")) {
      LOG.warn("Koji profile {}: the password goes over plain http", profile.name());
    }
  }

  /** Returns the profile. */
  public KojiProfile profile() {
    return profile;
  }

  /**
   * Logs in now instead of before the first call; does nothing if that was done.
   *
   * @throws KojiException if it is not possible
   */
  public void logIn() {
    synchronized (turn) {
      new Tries(KojiCall.reading("login")).untilLoggedIn();
    }
  }

  /**
   * Returns the result of a call.
   *
   * @throws KojiException if there is none
   */
  public @Nullable Object call(KojiCall call) {
    byte[] body = XmlRpcWriter.call(call.method(), call.arguments());
    synchronized (turn) {
      return new Tries(call).result(body);
    }
  }

  /** Logs out, if the hub answers soon, and ends. */
  @Override
  public void close() {
    closed.countDown();
    synchronized (turn) {
      SessionKeys last = keys;
      keys = null;
      if (last != null) {
        try {
          hub.post(XmlRpcWriter.call("logout", List.of()), last, nextNumber++, LOGOUT);
        } catch (KojiException e) {
          LOG.debug("logout failed, the session will expire: {}", e.getMessage());
        }
      }
    }
  }

  private boolean anonymous() {
    return profile.login() instanceof Login.Anonymous;
  }

  private Duration timeout() {
    Duration wanted = profile.timeout();
    return wanted.compareTo(LONGEST_CALL) > 0 ? LONGEST_CALL : wanted;
  }

  /** Makes the session ready; the caller has the turn. */
  private void ensureLoggedIn() {
    if (anonymous()) {
      return;
    }
    if (expired && keys != null) {
      renew(keys);
    }
    if (keys == null) {
      try {
        keys = SessionKeys.of(askToLogIn(null));
      } catch (KojiFaultException e) {
        if (e.kind() == FaultKind.AUTHENTICATION) {
          throw new KojiLoginException("login refused: " + e.text(), e);
        }
        throw e;
      }
      nextNumber = 0;
      expired = false;
    }
  }

  private void renew(SessionKeys old) {
    try {
      keys = SessionKeys.of(askToLogIn(old));
    } catch (KojiFaultException | KojiLoginException e) {
      LOG.debug("the session cannot be renewed, a new one is needed: {}", e.getMessage());
      keys = null;
    }
    expired = false;
  }

  private @Nullable Object askToLogIn(@Nullable SessionKeys old) {
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    if (old != null) {
      named.put("renew", true);
      named.put("exclusive", false);
    }
    if (profile.login() instanceof Login.Password password) {
      return passwordLogin(password, old, named);
    }
    named.put("proxyuser", null);
    byte[] body = XmlRpcWriter.call("sslLogin", List.of(KojiCall.named(named)));
    byte[] token =
        profile.login() instanceof Login.Kerberos
            ? tokens.forHost(profile.server().getHost())
            : null;
    long number = old == null ? 0 : nextNumber++;
    return hub.postLogin(body, token, old, number, profile.authTimeout());
  }

  private @Nullable Object passwordLogin(
      Login.Password password, @Nullable SessionKeys old, Map<String, @Nullable Object> named) {
    if (old == null) {
      byte[] body = XmlRpcWriter.call("login", List.of(password.user(), password.password()));
      return hub.post(body, profile.authTimeout());
    }
    List<Object> arguments = List.of(password.user(), password.password(), KojiCall.named(named));
    byte[] body = XmlRpcWriter.call("login", arguments);
    return hub.post(body, old, nextNumber++, profile.authTimeout());
  }

  /** The tries of one call: what was seen so far, and what is left of its limits. */
  private final class Tries {

    private static final long NONE = -1;

    private final KojiCall call;
    private final Deadline deadline = Deadline.after(profile.retries().patience());
    private final Deadline offlineDeadline = Deadline.after(profile.retries().offlinePatience());
    private long number = NONE;
    private int repeated;
    private int repeatedFew;
    private boolean loggedInAgain;
    private boolean mayHaveRun;

    Tries(KojiCall call) {
      this.call = call;
    }

    @Nullable Object result(byte[] body) {
      while (true) {
        untilLoggedIn();
        try {
          return send(body);
        } catch (KojiException e) {
          mayHaveRun |= e.mayHaveRun();
          prepareNext(e);
        }
      }
    }

    void untilLoggedIn() {
      while (true) {
        if (closed.getCount() == 0) {
          throw stopped();
        }
        try {
          ensureLoggedIn();
          return;
        } catch (KojiException e) {
          prepareNext(e);
        }
      }
    }

    private @Nullable Object send(byte[] body) {
      if (keys == null) {
        return hub.post(body, timeout());
      }
      if (number == NONE) {
        number = nextNumber++;
      }
      return hub.post(body, keys, number, timeout());
    }

    /** Does what the next try needs, or throws what there is to say. */
    private void prepareNext(KojiException problem) {
      LOG.debug("{}: {}", call.method(), problem.getMessage());
      switch (problem.remedy()) {
        case NONE -> throw last(problem);
        case LOOK_UP ->
            throw call.changes()
                ? new KojiLostReplyException(call.method(), true, problem)
                : problem;
        case REPEAT -> repeat(problem);
        case REPEAT_FEW -> repeatFew(problem);
        case WAIT -> waitForHub(problem);
        case RENEW -> {
          logInAgainOnce(problem);
          expired = true;
        }
        case LOG_IN -> {
          logInAgainOnce(problem);
          keys = null;
        }
        case LOG_IN_SLOWLY -> {
          takeNewNumber(problem);
          keys = null;
          repeat(problem);
        }
      }
    }

    private void repeat(KojiException problem) {
      RetryPolicy policy = profile.retries();
      Duration pause = policy.pause(++repeated, ThreadLocalRandom.current());
      boolean allowed = !anonymous() || policy.anonymous();
      if (!allowed || repeated > policy.maxRetries() || pause.compareTo(deadline.left()) > 0) {
        throw last(problem);
      }
      pause(pause);
    }

    private void repeatFew(KojiException problem) {
      if (++repeatedFew > RetryPolicy.FEW) {
        throw last(problem);
      }
      repeat(problem);
    }

    private void waitForHub(KojiException problem) {
      Duration pause = profile.retries().offlinePause();
      if (pause.compareTo(offlineDeadline.left()) >= 0) {
        throw last(problem);
      }
      pause(pause);
    }

    private void logInAgainOnce(KojiException problem) {
      if (loggedInAgain || anonymous()) {
        throw last(problem);
      }
      loggedInAgain = true;
      takeNewNumber(problem);
    }

    private void takeNewNumber(KojiException problem) {
      if (mayHaveRun && call.changes()) {
        throw last(problem);
      }
      number = NONE;
    }

    private KojiException last(KojiException problem) {
      // A fault of the call itself says that no earlier try under this number has done it.
      boolean decided = problem instanceof KojiFaultException && problem.remedy() == Remedy.NONE;
      return mayHaveRun && call.changes() && !decided
          ? new KojiLostReplyException(call.method(), false, problem)
          : problem;
    }

    private KojiException stopped() {
      return last(KojiTransportException.stopped("the session was closed", mayHaveRun));
    }

    private void pause(Duration time) {
      try {
        if (closed.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
          throw stopped();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw last(KojiTransportException.stopped("interrupted between two tries", mayHaveRun));
      }
    }
  }
}
