package org.peal.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** BIND on loopback with zones of its own, signed by keys that are made for the test. */
public final class Named extends ExternalProcess {

  private static final Path SERVER = Path.of("/usr/sbin/named");

  private Named(List<String> command, Setting setting) {
    super(command, setting);
  }

  /** Skips the test where there is no BIND. */
  public static void assumeInstalled() {
    assumeTrue(
        Files.isExecutable(SERVER) && Files.isExecutable(Path.of("/usr/bin/dnssec-signzone")),
        "BIND is not installed: apt-get install bind9 bind9-utils");
  }

  /** Signs the records of a zone with a new key, in a folder of its own; returns the DS record. */
  public static String sign(Path folder, String zone, String records) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("zone"), records);
    tool(folder, "dnssec-keygen", "-q", "-a", "ECDSAP256SHA256", "-f", "KSK", zone);
    tool(folder, "dnssec-signzone", "-S", "-z", "-o", zone, "-f", "zone.signed", "zone");
    try (Stream<Path> files = Files.list(folder)) {
      Path key = files.filter(f -> f.toString().endsWith(".key")).findFirst().orElseThrow();
      return tool(folder, "dnssec-dsfromkey", key.toString()).out().get(0);
    }
  }

  private static Named tool(Path folder, String... command) {
    Named tool = new Named(List.of(command), Setting.plain().in(folder));
    tool.closeInput();
    tool.awaitExit();
    return tool;
  }

  /** Starts the server on a port with some zones: name, then file, and so on. */
  public static Named start(Path folder, int port, String... zonesAndFiles) throws IOException {
    StringBuilder config =
        new StringBuilder(
            """
            options {
              directory "%s"; listen-on port %d { 127.0.0.1; }; listen-on-v6 { none; };
              recursion no; pid-file none; session-keyfile none; dnssec-validation no;
            };
            controls { };
            """
                .formatted(folder, port));
    for (int i = 0; i < zonesAndFiles.length; i += 2) {
      config.append(
          "zone \"%s\" { type primary; file \"%s\"; };\n"
              .formatted(zonesAndFiles[i], zonesAndFiles[i + 1]));
    }
    Path file = Files.writeString(folder.resolve("named.conf"), config);
    Named server =
        new Named(List.of(SERVER.toString(), "-g", "-c", file.toString()), Setting.plain());
    server.awaitErr("all zones loaded");
    return server;
  }
}
