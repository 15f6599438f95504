package org.peal.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The real {@code gpg} program with a home of its own, for tests. Keys have no passphrase unless
 * one is given. Not thread-safe; closing ends the agent that gpg starts.
 */
public final class GnuPg implements AutoCloseable {

  private final Path home;

  /** Makes an empty home; its path must be short, for there are sockets in it. */
  public GnuPg() {
    try {
      home = Files.createTempDirectory("gpg");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the folder of the keys. */
  public Path home() {
    return home;
  }

  /** Makes a primary key and returns its fingerprint. */
  public String makeKey(String userId, String algorithm, String usage, String expire) {
    run("--passphrase", "", "--quick-gen-key", userId, algorithm, usage, expire);
    return fingerprints(userId).get(0);
  }

  /** Adds a subkey and returns its fingerprint. */
  public String makeSubkey(String primary, String algorithm, String usage, String expire) {
    run("--passphrase", "", "--quick-add-key", primary, algorithm, usage, expire);
    List<String> all = fingerprints(primary);
    return all.get(all.size() - 1);
  }

  /** Returns the fingerprints of a key and its subkeys. */
  public List<String> fingerprints(String key) {
    String list = text(run("--with-colons", "--fingerprint", "--fingerprint", "--list-keys", key));
    return list.lines()
        .filter(line -> line.startsWith("fpr:"))
        .map(line -> line.split(":")[9])
        .toList();
  }

  /** Returns a detached signature; an exclamation mark behind the key means exactly that one. */
  public byte[] sign(String key, byte[] text, String... options) {
    Path file = write("text", text);
    List<String> command = new ArrayList<>(List.of("--local-user", key));
    command.addAll(List.of(options));
    command.addAll(List.of("--output", "-", "--detach-sign", file.toString()));
    return run(command.toArray(String[]::new));
  }

  /** Tells whether gpg takes a detached signature for good. */
  public boolean verify(byte[] signature, byte[] text) {
    Path signed = write("signed", text);
    Path detached = write("signature", signature);
    return exit("--verify", detached.toString(), signed.toString()).code() == 0;
  }

  /** Takes a key back for good, by the certificate that gpg made with it. */
  public void revoke(String fingerprint) {
    Path made = home.resolve("openpgp-revocs.d").resolve(fingerprint + ".rev");
    try {
      String text = Files.readString(made).replace(":-----BEGIN", "-----BEGIN");
      run("--import", write("revocation", text.getBytes(StandardCharsets.UTF_8)).toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Edits a key with these answers to gpg's questions. */
  public void edit(String key, String... answers) {
    Path script =
        write("answers", (String.join("\n", answers) + "\n").getBytes(StandardCharsets.UTF_8));
    List<String> arguments = List.of("--command-file", script.toString(), "--edit-key", key);
    List<String> command = new ArrayList<>(List.of("gpg", "--homedir", home.toString()));
    command.addAll(List.of("--no-tty", "--pinentry-mode", "loopback", "--passphrase", ""));
    command.addAll(arguments);
    Result result = execute(command);
    if (result.code() != 0) {
      throw new AssertionError(command + ": " + text(result.err()));
    }
  }

  /** Writes public keys to a file and returns it. */
  public Path export(Path file, String... arguments) {
    return output(file, "--export", arguments);
  }

  /** Writes secret keys to a file and returns it. */
  public Path exportSecret(Path file, String... arguments) {
    return output(file, "--export-secret-keys", arguments);
  }

  private Path output(Path file, String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of("--passphrase", "", command));
    List<String> options = Arrays.stream(arguments).filter(a -> a.startsWith("--")).toList();
    all.addAll(0, options);
    Arrays.stream(arguments).filter(a -> !a.startsWith("--")).forEach(all::add);
    try {
      return Files.write(file, run(all.toArray(String[]::new)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs gpg and returns what it prints; it must succeed. */
  public byte[] run(String... arguments) {
    Result result = exit(arguments);
    if (result.code() != 0) {
      throw new AssertionError(String.join(" ", arguments) + ": " + text(result.err()));
    }
    return result.out();
  }

  private record Result(int code, byte[] out, byte[] err) {}

  private Result exit(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of("gpg", "--homedir", home.toString(), "--batch", "--yes", "--no-tty"));
    command.addAll(List.of("--pinentry-mode", "loopback"));
    command.addAll(List.of(arguments));
    return execute(command);
  }

  private Result execute(List<String> command) {
    Path out = home.resolve("out");
    Path err = home.resolve("err");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + " does not end");
      }
      return new Result(process.exitValue(), Files.readAllBytes(out), Files.readAllBytes(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Path write(String name, byte[] content) {
    try {
      return Files.write(home.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    execute(List.of("gpgconf", "--homedir", home.toString(), "--kill", "all"));
    try (var files = Files.walk(home)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
