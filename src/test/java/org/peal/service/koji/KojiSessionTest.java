package org.peal.service.koji;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peal.PealException.Category;
import org.peal.testing.FakeHub;
import org.peal.testing.FreePorts;
import org.peal.testing.HubTrouble;

/** Everything that a hub can do to a session, over real HTTP. */
class KojiSessionTest {

  private static final Login PETER = new Login.Password("peter", "secret");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final KojiCall TAG_BUILD = KojiCall.changing("tagBuild", "f29", "virt-1-1.c1");
  private static final KojiCall READ = KojiCall.reading("getAPIVersion");

  private final FakeHub hub = new FakeHub();
  private @Nullable KojiSession session;

  @BeforeEach
  void fill() {
    hub.state().addUser("peter", "secret");
    hub.state().addTag("f29");
    hub.state().addBuild("virt-1-1.c1");
  }

  @AfterEach
  void stop() {
    hub.close();
    if (session != null) {
      session.close();
    }
  }

  @Test
  void call_severalInARow_areNumberedFromZero() {
    KojiSession mine = session(PETER);
    assertThat(mine.call(READ)).isEqualTo(1L);
    assertThat(mine.call(TAG_BUILD)).isEqualTo(1L);
    assertThat(mine.call(READ)).isEqualTo(1L);
    assertThat(numbers("getAPIVersion")).containsExactly("0", "2");
    assertThat(numbers("tagBuild")).containsExactly("1");
  }

  @Test
  void call_hubBefore131_carriesTheSessionInTheAddress() {
    hub.state().beOld();
    hub.trouble("tagBuild", new HubTrouble.Cut(true));
    assertThatExceptionOfType(KojiLostReplyException.class)
        .isThrownBy(() -> session(PETER).call(TAG_BUILD))
        .matches(KojiLostReplyException::certain);
    assertThat(numbers("tagBuild")).containsOnlyNulls();
  }

  @Test
  void call_withoutLogin_carriesNoSession() {
    assertThat(session(new Login.Anonymous()).call(READ)).isEqualTo(1L);
    assertThat(numbers("getAPIVersion")).containsOnlyNulls();
    assertThat(hub.state().sessionsMade()).isZero();
    assertThatExceptionOfType(KojiFaultException.class)
        .isThrownBy(() -> session(new Login.Anonymous()).call(TAG_BUILD))
        .matches(e -> e.kind() == FaultKind.NOT_ALLOWED);
  }

  @Test
  void logIn_wrongPassword_isRefusedAfterOneTry() {
    assertThatExceptionOfType(KojiLoginException.class)
        .isThrownBy(() -> session(new Login.Password("peter", "wrong")).logIn())
        .withMessageContaining("invalid username or password")
        .matches(e -> e.category() == Category.PERMANENT);
    assertThat(hub.seen("login")).hasSize(1);
  }

  @Test
  void logIn_cutOff_isRepeated() {
    hub.trouble("login", new HubTrouble.Cut(false), new HubTrouble.Status(503, false));
    session(PETER).logIn();
    assertThat(hub.seen("login")).hasSize(3);
    assertThat(hub.state().openSessions()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1003, 1004, 1005, 1010, 1011, 1012, 1013, 1016, 1019, 1024, 4711})
  void call_finalFault_isNotRepeated(int code) {
    hub.trouble("tagBuild", new HubTrouble.Fault(code, "no"));
    assertThatExceptionOfType(KojiFaultException.class)
        .isThrownBy(() -> session(PETER).call(TAG_BUILD))
        .matches(e -> e.code() == code && e.text().equals("no"))
        .matches(e -> e.category() == Category.PERMANENT);
    assertThat(hub.seen("tagBuild")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1001, 1006, 1014})
  void call_passingFault_isRepeatedUnderItsNumber(int code) {
    hub.trouble(
        "tagBuild", new HubTrouble.Fault(code, "later"), new HubTrouble.Fault(code, "later"));
    assertThat(session(PETER).call(TAG_BUILD)).isEqualTo(1L);
    assertThat(numbers("tagBuild")).containsExactly("0", "0", "0");
    assertThat(hub.state().tasks()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"1, 4", "1001, 6", "1006, 6"})
  void call_faultThatDoesNotPass_endsAtItsLimit(int code, int tries) {
    hub.trouble("getAPIVersion", repeated(new HubTrouble.Fault(code, "later"), 10));
    assertThatExceptionOfType(KojiFaultException.class)
        .isThrownBy(() -> session(PETER).call(READ))
        .matches(e -> e.code() == code && e.category() == Category.TRANSIENT);
    assertThat(hub.seen("getAPIVersion")).hasSize(tries);
  }

  @Test
  void call_hubOffline_isWaitedForBeyondTheCountOfTries() {
    hub.trouble("getAPIVersion", repeated(new HubTrouble.Fault(1014, "maintenance"), 20));
    assertThat(session(PETER).call(READ)).isEqualTo(1L);
    assertThat(hub.seen("getAPIVersion")).hasSize(21);
  }

  @Test
  void call_hubOfflineTooLong_ends() {
    hub.trouble("getAPIVersion", new HubTrouble.Fault(1014, "maintenance"));
    RetryPolicy none = new RetryPolicy(9, HOUR, HOUR, HOUR, Duration.ofMinutes(1), false);
    session = new KojiSession(Profiles.with(hub.address(), PETER, none));
    assertThatExceptionOfType(KojiFaultException.class)
        .isThrownBy(() -> open().call(READ))
        .matches(e -> e.kind() == FaultKind.OFFLINE);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void call_passingStatus_isRepeatedUnderItsNumber(int status) {
    hub.trouble("tagBuild", new HubTrouble.Status(status, false));
    assertThat(session(PETER).call(TAG_BUILD)).isEqualTo(1L);
    assertThat(numbers("tagBuild")).containsExactly("0", "0");
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 401, 403, 404, 405, 501})
  void call_finalStatus_isNotRepeated(int status) {
    hub.trouble("tagBuild", new HubTrouble.Status(status, false));
    assertThatExceptionOfType(KojiException.class)
        .isThrownBy(() -> session(PETER).call(TAG_BUILD))
        .withMessageContaining("HTTP status " + status)
        .matches(e -> e.category() == Category.PERMANENT);
    assertThat(hub.seen("tagBuild")).hasSize(1);
  }

  @Test
  void call_connectionCutBeforeItRan_runsOnce() {
    hub.trouble("tagBuild", new HubTrouble.Cut(false), new HubTrouble.Cut(false));
    assertThat(session(PETER).call(TAG_BUILD)).isEqualTo(1L);
    assertThat(numbers("tagBuild")).containsExactly("0", "0", "0");
    assertThat(hub.state().tasks()).isEqualTo(1);
  }

  @Test
  void call_replyLost_isKnownToHaveRun() {
    for (HubTrouble trouble :
        List.of(
            new HubTrouble.Cut(true),
            new HubTrouble.Status(502, true),
            new HubTrouble.Garbage("<html>", true))) {
      int before = hub.state().tasks();
      hub.trouble("tagBuild", trouble);
      assertThatExceptionOfType(KojiLostReplyException.class)
          .isThrownBy(() -> session(PETER).call(TAG_BUILD))
          .matches(KojiLostReplyException::certain);
      assertThat(hub.state().tasks()).isEqualTo(before + 1);
    }
  }

  @Test
  void call_replyOfAReadingCallLost_isRepeated() {
    hub.trouble("getAPIVersion", new HubTrouble.Cut(true), new HubTrouble.Garbage("?", true));
    assertThat(session(PETER).call(READ)).isEqualTo(1L);
    assertThat(numbers("getAPIVersion")).containsExactly("0", "0", "0");
  }

  @Test
  void call_neverAnswered_mayHaveRun() {
    hub.trouble("tagBuild", new HubTrouble.Silence(), new HubTrouble.Silence());
    session = new KojiSession(Profiles.impatient(hub.address(), PETER, Duration.ofMillis(300)));
    assertThatExceptionOfType(KojiLostReplyException.class)
        .isThrownBy(() -> open().call(TAG_BUILD))
        .matches(e -> !e.certain() && e.category() == Category.TRANSIENT);
  }

  @Test
  void call_refusedAfterACut_hasNotRun() {
    hub.trouble("tagBuild", new HubTrouble.Cut(false));
    hub.state().lock("f29");
    assertThatExceptionOfType(KojiFaultException.class)
        .isThrownBy(() -> session(PETER).call(TAG_BUILD))
        .matches(e -> e.text().equals("tag is locked"));
  }

  @Test
  void call_garbageAgainAndAgain_endsAfterAFewTries() {
    hub.trouble("getAPIVersion", repeated(new HubTrouble.Garbage("<oops>", false), 10));
    assertThatExceptionOfType(KojiReplyException.class)
        .isThrownBy(() -> session(PETER).call(READ))
        .withMessageContaining("unexpected <oops> in line 1");
    assertThat(hub.seen("getAPIVersion")).hasSize(4);
  }

  @Test
  void call_answerTooLarge_isNotAskedForAgain() {
    hub.trouble("getAPIVersion", new HubTrouble.Garbage("x".repeat(5000), false));
    XmlRpcLimits small = new XmlRpcLimits(1000, 9, 99);
    session = new KojiSession(Profiles.of(hub.address(), PETER), small, host -> new byte[0]);
    assertThatExceptionOfType(KojiReplyException.class)
        .isThrownBy(() -> open().call(READ))
        .withMessageContaining("larger than 1000 bytes");
    assertThat(hub.seen("getAPIVersion")).hasSize(1);
  }

  @Test
  void call_sessionExpired_isRenewedAndGetsANewNumber() {
    KojiSession mine = session(PETER);
    mine.call(READ);
    hub.trouble("tagBuild", new HubTrouble.Expiry());
    assertThat(mine.call(TAG_BUILD)).isEqualTo(1L);
    assertThat(hub.state().sessionsMade()).isEqualTo(1);
    assertThat(numbers("tagBuild")).containsExactly("1", "3");
    assertThat(hub.seen("login")).hasSize(2);
  }

  @Test
  void call_sessionForgotten_logsInAnewOnce() {
    KojiSession mine = session(PETER);
    hub.trouble("tagBuild", new HubTrouble.Amnesia());
    assertThat(mine.call(TAG_BUILD)).isEqualTo(1L);
    assertThat(hub.state().sessionsMade()).isEqualTo(2);
    hub.trouble("tagBuild", new HubTrouble.Amnesia(), new HubTrouble.Amnesia());
    assertThatExceptionOfType(KojiFaultException.class)
        .isThrownBy(() -> mine.call(TAG_BUILD))
        .matches(e -> e.kind() == FaultKind.AUTHENTICATION);
    assertThat(hub.state().sessionsMade()).isEqualTo(3);
  }

  @Test
  void call_sessionCannotBeRenewed_logsInAnew() {
    KojiSession mine = session(PETER);
    hub.trouble("getAPIVersion", new HubTrouble.Expiry());
    mine.logIn();
    hub.trouble("login", new HubTrouble.Fault(1002, "cannot be renewed"));
    assertThat(mine.call(READ)).isEqualTo(1L);
    assertThat(hub.state().sessionsMade()).isEqualTo(2);
  }

  @Test
  void call_sequenceFault_getsANewSession() {
    hub.trouble("tagBuild", new HubTrouble.Fault(1008, "8 > 3 (session 15)"));
    assertThat(session(PETER).call(TAG_BUILD)).isEqualTo(1L);
    assertThat(hub.state().sessionsMade()).isEqualTo(2);
  }

  @Test
  void call_gssapiFault_logsInAnewUntilItPasses() {
    hub.trouble("tagBuild", repeated(new HubTrouble.Fault(1023, "clock skew"), 3));
    assertThat(session(PETER).call(TAG_BUILD)).isEqualTo(1L);
    assertThat(hub.state().sessionsMade()).isEqualTo(4);
  }

  @Test
  void call_sessionGoneWhenTheReplyWasLost_isNotDoneTwice() {
    hub.trouble("tagBuild", new HubTrouble.Cut(true), new HubTrouble.Amnesia());
    assertThatExceptionOfType(KojiLostReplyException.class)
        .isThrownBy(() -> session(PETER).call(TAG_BUILD))
        .matches(e -> !e.certain());
    assertThat(hub.state().tasks()).isEqualTo(1);
  }

  @Test
  void call_nobodyThere_isTransientAndHasNotRun() {
    URI nowhere = URI.create("http://127.0.0.1:" + FreePorts.run(1) + "/kojihub");
    session = new KojiSession(Profiles.of(nowhere, PETER));
    assertThatExceptionOfType(KojiTransportException.class)
        .isThrownBy(() -> open().call(TAG_BUILD))
        .matches(e -> e.category() == Category.TRANSIENT && !e.mayHaveRun());
  }

  @Test
  void call_anonymousAndCutOff_isRepeatedOnlyIfConfigured() {
    hub.trouble("getAPIVersion", new HubTrouble.Cut(false));
    assertThatExceptionOfType(KojiTransportException.class)
        .isThrownBy(() -> session(new Login.Anonymous()).call(READ));
    hub.trouble("getAPIVersion", new HubTrouble.Cut(false));
    RetryPolicy repeating =
        new RetryPolicy(5, Duration.ZERO, Profiles.LONG, Duration.ZERO, Profiles.LONG, true);
    session = new KojiSession(Profiles.with(hub.address(), new Login.Anonymous(), repeating));
    assertThat(open().call(READ)).isEqualTo(1L);
  }

  @Test
  void close_openSession_logsOutAndRefusesFurtherCalls() {
    KojiSession mine = session(PETER);
    mine.call(READ);
    mine.close();
    assertThat(hub.state().openSessions()).isZero();
    assertThatExceptionOfType(KojiTransportException.class)
        .isThrownBy(() -> mine.call(READ))
        .withMessageContaining("closed");
  }

  @Test
  void close_hubThatFails_isIgnored() {
    KojiSession mine = session(PETER);
    mine.logIn();
    hub.trouble("logout", new HubTrouble.Fault(1, "no"));
    mine.close();
    assertThat(hub.seen("logout")).hasSize(1);
  }

  @Test
  void close_duringAPause_endsTheCall() throws Exception {
    hub.trouble("getAPIVersion", repeated(new HubTrouble.Fault(1014, "maintenance"), 2));
    RetryPolicy slow = new RetryPolicy(9, HOUR, HOUR, HOUR, Duration.ofDays(1), false);
    KojiSession mine = new KojiSession(Profiles.with(hub.address(), PETER, slow));
    CompletableFuture<@Nullable Object> call = CompletableFuture.supplyAsync(() -> mine.call(READ));
    await().until(() -> hub.seen("getAPIVersion").size() == 1);
    mine.close();
    assertThatThrownBy(() -> call.get(60, TimeUnit.SECONDS))
        .hasCauseInstanceOf(KojiTransportException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void new_certificateThatIsMissing_isRefused(@TempDir Path folder) {
    Login missing = new Login.Certificate(folder.resolve("none.pem"));
    assertThatExceptionOfType(KojiSetupException.class)
        .isThrownBy(() -> new KojiSession(Profiles.of(hub.address(), missing)))
        .withMessageContaining("none.pem")
        .matches(e -> e.category() == Category.FATAL);
  }

  @Test
  void logIn_keytabThatIsMissing_isRefused(@TempDir Path folder) {
    Login.Kerberos.Key key =
        new Login.Kerberos.Key("peal@EXAMPLE.ORG", folder.resolve("none.keytab"));
    session = new KojiSession(Profiles.of(hub.address(), new Login.Kerberos(key)));
    assertThatExceptionOfType(KojiLoginException.class)
        .isThrownBy(() -> open().logIn())
        .withMessageContaining("peal@EXAMPLE.ORG")
        .withMessageContaining("none.keytab")
        .matches(e -> e.category() == Category.TRANSIENT);
  }

  private KojiSession session(Login login) {
    stopLast();
    session = new KojiSession(Profiles.of(hub.address(), login));
    return session;
  }

  private void stopLast() {
    if (session != null) {
      session.close();
    }
  }

  private KojiSession open() {
    return Objects.requireNonNull(session);
  }

  private List<@Nullable String> numbers(String method) {
    return hub.seen(method).stream().map(FakeHub.Seen::number).toList();
  }

  private static HubTrouble[] repeated(HubTrouble trouble, int times) {
    return Collections.nCopies(times, trouble).toArray(new HubTrouble[0]);
  }
}
