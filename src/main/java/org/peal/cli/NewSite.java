package org.peal.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.peal.ExitCode;
import org.peal.crypto.KeyKind;
import org.peal.crypto.x509.CertificateAuthority;

/**
 * Writes the configuration folder of a host: {@code peal.yaml}, {@code policy.yaml}, {@code
 * endpoints.d} and {@code certs}. Never overwrites anything. For one thread.
 *
 * @param folder where it goes
 * @param host the host's short name
 * @param address under which other hosts reach this one
 * @param ports where the parts listen
 * @param keys the kind of the keys
 */
record NewSite(Path folder, String host, String address, Ports ports, KeyKind keys) {

  private static final String CERTS = "certs";
  private static final String ENDPOINTS = "endpoints.d";

  /** The programs that have a key pair of their own; the host's name follows. */
  private static final List<String> SIGNERS = List.of("shell-", "signing_relay-");

  /** Where the parts listen. */
  record Ports(
      int relayIn,
      int relayOut,
      int gateway,
      int signingIn,
      int signingOut,
      int publisher,
      int replay,
      int status) {

    static final Ports USUAL = new Ports(2001, 4001, 9940, 2011, 4011, 3000, 4002, 9941);

    /** How many ports a site takes. */
    static final int COUNT = 8;

    static Ports from(int first) {
      return new Ports(
          first, first + 1, first + 2, first + 3, first + 4, first + 5, first + 6, first + 7);
    }
  }

  /** Unix sockets with longer names are refused by the system. */
  private static final int LONGEST_SOCKET = 100;

  private static final String SOCKET = "run/submit.sock";
  private static final String DATABASE = "state/store.db";

  /** Writes a site of its own, with a new authority. */
  void write() throws IOException {
    prepare();
    CertificateAuthority authority = authority(folder);
    authority.init(
        "Peal CA of " + host,
        keys,
        CertificateAuthority.AUTHORITY_VALIDITY,
        CertificateAuthority.CRL_VALIDITY);
    issue(authority);
    texts();
  }

  /** Writes the folder of one more host of the site in another folder, and lists it there. */
  void writeBeside(Path site) throws IOException {
    prepare();
    issue(authority(site));
    Path certs = Files.createDirectories(folder.resolve(CERTS));
    for (String file : List.of("ca.crt", "crl.pem")) {
      copy(site.resolve(CERTS).resolve(file), certs.resolve(file));
    }
    for (String signer : SIGNERS) {
      for (String ending : List.of(".key", ".crt")) {
        String name = signer + host + ending;
        copy(site.resolve(CERTS).resolve(name), certs.resolve(name));
      }
    }
    Path endpoints = Files.createDirectories(folder.resolve(ENDPOINTS));
    try (Stream<Path> known = Files.list(site.resolve(ENDPOINTS))) {
      for (Path file : known.filter(Files::isRegularFile).toList()) {
        copy(file, endpoints.resolve(file.getFileName().toString()));
      }
    }
    texts();
    copy(endpointFile(folder), endpointFile(site));
  }

  private void prepare() throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> entries = Files.list(folder)) {
        if (entries.findAny().isPresent()) {
          throw exists(folder + " is not empty");
        }
      }
    } else if (Files.exists(folder)) {
      throw exists(folder + " is a file");
    }
    Files.createDirectories(folder);
  }

  private static CommandException exists(String problem) {
    return new CommandException(
        ExitCode.CANNOT_CREATE, problem + "; nothing is overwritten, name a new folder");
  }

  /** Returns the authority of the site in a folder. */
  static CertificateAuthority authority(Path site) {
    return new CertificateAuthority(site.resolve(CERTS), InstantSource.system());
  }

  private void issue(CertificateAuthority authority) {
    SIGNERS.forEach(
        signer -> authority.issue(signer + host, keys, CertificateAuthority.CERTIFICATE_VALIDITY));
  }

  private void texts() throws IOException {
    Files.createDirectories(folder.resolve(ENDPOINTS));
    text("endpoints.yaml", endpointFile(folder));
    text("policy.yaml", folder.resolve("policy.yaml"));
    text("peal.yaml", folder.resolve("peal.yaml"));
  }

  /** Returns the file in which a folder lists this host. */
  Path endpointFile(Path in) {
    return in.resolve(ENDPOINTS).resolve(host + ".yaml");
  }

  /** Tells whether only programs of the same machine reach an address. */
  static boolean isLoopback(String address) {
    return address.equals("localhost") || address.startsWith("127.") || address.equals("::1");
  }

  private static String bracketed(String address) {
    return address.indexOf(':') >= 0 ? "[" + address + "]" : address;
  }

  private void text(String template, Path file) throws IOException {
    String text = template(template);
    for (Map.Entry<String, String> value : values().entrySet()) {
      text = text.replace("@" + value.getKey() + "@", value.getValue());
    }
    try {
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw exists(file + " exists");
    }
  }

  private Map<String, String> values() {
    String reach = bracketed(address);
    Map<String, String> values = new LinkedHashMap<>();
    values.put("HOST", host);
    values.put("ADDRESS", reach);
    values.put("RELAY_IN", String.valueOf(ports.relayIn));
    values.put("RELAY_OUT_PORT", String.valueOf(ports.relayOut));
    String listen = isLoopback(address) ? reach : "*";
    values.put("LISTEN", listen);
    values.put("RELAY_OUT", "tcp://" + listen + ":" + ports.relayOut);
    values.put("PUBLISHER", "tcp://" + listen + ":" + ports.publisher);
    values.put("PUBLISHER_PORT", String.valueOf(ports.publisher));
    values.put("REPLAY", "tcp://" + listen + ":" + ports.replay);
    values.put("REPLAY_PORT", String.valueOf(ports.replay));
    values.put("STATUS", String.valueOf(ports.status));
    values.put("SUBMIT", (holdsSocket() ? "" : "# ") + "submit: " + SOCKET);
    values.put("DATABASE", (holdsState() ? "" : "# ") + "path: " + DATABASE);
    values.put("ELLIPTIC", keys.isElliptic() ? "elliptic: sign" : "# elliptic: accept");
    values.put("GATEWAY", String.valueOf(ports.gateway));
    values.put("SIGNING_IN", String.valueOf(ports.signingIn));
    values.put("SIGNING_OUT", String.valueOf(ports.signingOut));
    return values;
  }

  /** A service has its state where the system keeps it, not among its configuration. */
  private boolean holdsState() {
    return !folder.startsWith("/etc");
  }

  private boolean holdsSocket() {
    return holdsState() && folder.resolve(SOCKET).toString().length() <= LONGEST_SOCKET;
  }

  private static String template(String name) {
    try (InputStream in = NewSite.class.getResourceAsStream("site/" + name)) {
      if (in == null) {
        throw new IllegalStateException("no template " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try {
      Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    } catch (FileAlreadyExistsException e) {
      throw exists(to + " exists");
    }
  }
}
