package org.peal.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.peal.PealException;
import org.peal.Threads;

/** Runs all checks at the same time, within a bound. Stateless. */
public final class Doctor {

  /** In the order in which people read them; whoever adds a check adds a line. */
  private static final List<Check> CHECKS =
      List.of(
          new ConfigurationCheck(),
          new JavaCheck(),
          new SignatureAlgorithmCheck(),
          new TemporaryFolderCheck(),
          new StateFolderCheck(),
          new LeaseCheck(),
          new HandlerQueuesCheck(),
          new BrokerCheck(),
          new ClockCheck(),
          new OpenFilesCheck(),
          new KeyPairCheck(),
          new PrivateKeyCheck(),
          new CertificateCheck(),
          new AuthorityCheck(),
          new RevocationListCheck(),
          new OwnSignatureCheck(),
          new PolicyCheck(),
          new OwnTopicsCheck(),
          new GnuPgCheck(),
          new EndpointFilesCheck(),
          new DnsCheck(),
          new EndpointsCheck(),
          new MessagesCheck(),
          new OldReceiversCheck(),
          new PortsCheck());

  private Doctor() {}

  private record Running(Check check, Findings findings, Future<?> future) {}

  /**
   * Looks at everything.
   *
   * @param limit when to end; a check that has not ended by then has failed
   */
  public static List<Finding> examine(Patient patient, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    ExecutorService threads = Executors.newCachedThreadPool(Threads.factory("peal-doctor"));
    try {
      List<Running> running = new ArrayList<>();
      for (Check check : CHECKS) {
        if (patient.known().isPresent() || !check.needsConfiguration()) {
          Findings findings = new Findings(check.what());
          running.add(
              new Running(check, findings, threads.submit(() -> look(check, patient, findings))));
        }
      }
      List<Finding> all = new ArrayList<>();
      for (Running each : running) {
        await(each, end, limit);
        all.addAll(each.findings().all());
      }
      return all;
    } finally {
      threads.shutdownNow();
    }
  }

  private static void await(Running each, long end, Duration limit) throws InterruptedException {
    try {
      each.future().get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      each.findings()
          .fail(
              "not known after " + limit.toSeconds() + " s",
              "see whether the machine or its name service hangs; allow more with --timeout");
    } catch (ExecutionException e) {
      each.findings()
          .fail("the check itself failed: " + e.getCause(), "report this, it is a fault of peal");
    }
  }

  private static void look(Check check, Patient patient, Findings findings) {
    try {
      check.look(patient, findings);
    } catch (PealException e) {
      findings.fail(String.valueOf(e.getMessage()), "mend what the message names");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
