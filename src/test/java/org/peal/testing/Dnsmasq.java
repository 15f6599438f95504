package org.peal.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real name server on loopback that answers for {@code example.test} only. */
public final class Dnsmasq extends ExternalProcess {

  private static final Path PROGRAM = Path.of("/usr/sbin/dnsmasq");

  private Dnsmasq(List<String> command) {
    super(command, Setting.plain());
  }

  /** Skips the test where there is no dnsmasq. */
  public static void assumeInstalled() {
    assumeTrue(
        Files.isExecutable(PROGRAM), "dnsmasq is not installed: apt-get install dnsmasq-base");
  }

  /** Starts a server on a port and waits for it; each setting is one of dnsmasq's long options. */
  public static Dnsmasq start(int port, String... settings) {
    List<String> command = new ArrayList<>();
    command.add(PROGRAM.toString());
    command.addAll(
        List.of(
            "--keep-in-foreground",
            "--conf-file=/dev/null",
            "--pid-file=",
            "--user=" + System.getProperty("user.name"),
            "--log-facility=-",
            "--no-resolv",
            "--no-hosts",
            "--bind-interfaces",
            "--listen-address=127.0.0.1",
            "--local=/example.test/",
            "--port=" + port));
    for (String setting : settings) {
      command.add("--" + setting);
    }
    Dnsmasq server = new Dnsmasq(command);
    server.awaitErr("started");
    return server;
  }

  /** Returns a port of loopback that was free a moment ago. */
  public static int freePort() {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (DatagramSocket socket = new DatagramSocket(any)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
