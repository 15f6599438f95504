package org.peal.testing;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The processes of one test, registered as an extension of it: after the test all are killed, and
 * when it failed the failure shows what each of them printed. Used by the test's thread only.
 */
public final class Processes implements AfterEachCallback {

  private final List<ExternalProcess> running = new ArrayList<>();

  /** Starts {@code peal ARGS}. */
  public PealProcess peal(String... args) {
    return add(PealProcess.start(args));
  }

  /** Starts the Python peer. */
  public PythonPeer python(String... args) {
    return add(PythonPeer.start(args));
  }

  /** Takes care of a process that the test has started. */
  public <P extends ExternalProcess> P add(P process) {
    running.add(process);
    return process;
  }

  /** Takes no more care of a process that has ended as it should. */
  public void forget(ExternalProcess process) {
    running.remove(process);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    context
        .getExecutionException()
        .ifPresent(failure -> running.forEach(p -> failure.addSuppressed(p.failure("at the end"))));
    running.forEach(ExternalProcess::close);
  }
}
