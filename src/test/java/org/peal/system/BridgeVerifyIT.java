package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.testing.Broker;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;
import org.peal.testing.PythonPeer;

/** {@code peal bridge verify}, as a process of its own beside a bridge that has lost something. */
class BridgeVerifyIT {

  private static final String LOST = "org.example.dev.old.lost";

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();

  private final Broker broker = Broker.shared();
  private BridgeSite site;

  @Test
  void messages_lostInBothDirections_areFoundAgainLaterAndSentAgain() {
    site = new BridgeSite(folder, processes, broker);
    site.net("z1", "b0", "py");
    PealProcess bridge = site.startBridge(0, "{}", "z1", site.url());
    bridge.terminate();
    bridge.assertExit(0);
    // Without its queue the bridge will never get what comes now, and of "py" there is no log.
    broker.control("delete_queue", "peal.bridge.to-zmq", "--vhost", site.virtualHost());
    PealProcess first = watch();
    PythonPeer publisher = site.publishByPython(LOST);
    first.awaitErr("messages come from ZeroMQ");
    publisher.close();
    site.publishOnAmqp(0, 1);
    first.awaitErr("messages come from AMQP");
    first.terminate();
    first.assertExit(1);
    assertThat(first.out())
        .anyMatch(line -> line.contains("\"to-amqp\"") && line.contains(LOST))
        .anyMatch(line -> line.contains("\"to-zmq\"") && line.contains("app.native"))
        .allMatch(line -> line.contains("\"missing\""));

    site.startBridge(0, "{}", "z1", site.url());
    PythonPeer onAmqp = site.collectOnAmqp(Integer.MAX_VALUE);
    PealProcess second = watch("--resend");
    second.awaitErr("(b0.host)");
    second.terminate();

    second.assertExit(0);
    assertThat(second.out()).containsExactlyInAnyOrderElementsOf(first.out());
    onAmqp.awaitOut(LOST);
    PealProcess third =
        site.run(new byte[0], "bridge", "verify", "--for", "2", "--settle", "0.001");
    third.assertExit(0);
    assertThat(third.out()).isEmpty();
  }

  /** Starts a comparison that ends by a signal, and waits until it sees both buses. */
  private PealProcess watch(String... more) {
    List<String> args =
        new ArrayList<>(List.of("bridge", "verify", "--json", "--for", "600", "--settle", "0.001"));
    args.addAll(List.of(more));
    PealProcess verify = site.startBeside(args.toArray(String[]::new));
    verify.awaitErr("watching both buses");
    return verify;
  }
}
