package org.peal.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The independent peer {@code fedmsg_peer.py}: a bus node made of Python, libzmq and
 * python-cryptography. The file itself tells its modes and what it prints.
 *
 * <p>{@code PEAL_TEST_PYTHON} names the interpreter (default: {@code /usr/bin/python3}).
 */
public final class PythonPeer extends ExternalProcess {

  private static final String PYTHON =
      System.getenv().getOrDefault("PEAL_TEST_PYTHON", "/usr/bin/python3");

  private PythonPeer(List<String> command) {
    super(command, Setting.plain());
  }

  /** Starts the peer in a mode. */
  public static PythonPeer start(String... args) {
    return startScript("fedmsg_peer.py", args);
  }

  /** Starts the peer on the other side of a broker, {@code amqp_peer.py}, in a mode. */
  public static PythonPeer onAmqp(String... args) {
    return startScript("amqp_peer.py", args);
  }

  /** Starts one end of a bridge, {@code bridge_peer.py}, in a mode. */
  public static PythonPeer atBridge(String... args) {
    return startScript("bridge_peer.py", args);
  }

  /** Starts the bridge after the manner of Python's, {@code python_bridge.py}. */
  public static PythonPeer asBridge(String... args) {
    return startScript("python_bridge.py", args);
  }

  private static PythonPeer startScript(String script, String... args) {
    List<String> command = new ArrayList<>(List.of(PYTHON, script(script).toString()));
    command.addAll(List.of(args));
    return new PythonPeer(command);
  }

  /**
   * Skips the test where Python or a library of it is missing; with {@code
   * PEAL_TEST_PEERS=required} in the environment the test fails instead.
   */
  public static void assumeInstalled() {
    if (!"required".equals(System.getenv("PEAL_TEST_PEERS"))) {
      assumeTrue(isInstalled(), PYTHON + " with zmq and cryptography is not installed");
    }
  }

  private static boolean isInstalled() {
    try {
      Process probe = new ProcessBuilder(PYTHON, "-c", "import zmq, cryptography").start();
      return probe.waitFor(60, TimeUnit.SECONDS) && probe.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Path script(String name) {
    try {
      return Path.of(PythonPeer.class.getResource("/python/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
