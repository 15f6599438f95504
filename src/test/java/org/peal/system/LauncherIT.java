package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peal.testing.ExternalProcess;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;

/** {@code bin/peal} itself. */
class LauncherIT {

  private static final Path PEAL = ExternalProcess.checkout().resolve("bin/peal");

  private static final int FORMAT_OF_JAVA_17 = 61;

  /** How many of Java's own classes may come from elsewhere than the archive: events, mostly. */
  private static final int CLASSES_OF_JAVA = 12;

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();
  private Site site;

  @BeforeEach
  void makeSite() {
    site = new Site(folder, processes);
  }

  private void answers(Shell shell) {
    shell.write("[ 1 ]".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    shell.finish(0);
    assertThat(shell.out()).containsExactly("[1]");
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void shouldRunFromAnyFolderAndThroughLinks() throws IOException {
    Path links = Files.createDirectories(folder.resolve("a b/links"));
    // Removed by the test, because JUnit warns of links that lead out of its folder.
    Files.createSymbolicLink(links.resolve("absolute"), PEAL);
    Files.createSymbolicLink(links.resolve("relative"), links.toRealPath().relativize(PEAL));
    Files.createSymbolicLink(links.resolve("chain"), Path.of("../links/relative"));
    Files.createSymbolicLink(folder.resolve("bin"), PEAL.getParent());
    answers(site.shell("cd / && '" + PEAL + "' canonical"));
    answers(site.shell("'" + links + "/absolute' canonical"));
    answers(site.shell("'" + links + "/relative' canonical"));
    answers(site.shell("cd 'a b/links' && ./chain canonical"));
    answers(site.shell("cd 'a b/links' && sh relative canonical"));
    answers(site.shell("bin/peal canonical"));
    answers(site.shell("cd bin && sh peal canonical"));
    site.shell("rm 'a b'/links/* bin").assertExit(0);
  }

  @Test
  void shouldRunWithoutAHomeThatCanBeWritten() {
    answers(site.shell("HOME=/proc/nowhere peal canonical"));
    answers(site.shell("HOME= peal canonical"));
    answers(site.shell("unset HOME; peal canonical"));
    answers(site.shell("HOME=/proc PEAL_CACHE=/proc/nowhere peal canonical"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"node", "relay", "gateway", "bridge", "bridge run", "bridge verify", "run x"})
  void shouldGiveTheSecondCompilerToWhatRunsForLong(String command) throws IOException {
    assertThat(argumentsFor(command)).doesNotContain("-XX:TieredStopAtLevel=1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "bridge dead-letters", "bridge resend x"})
  void shouldStartWithTheFirstCompilerAloneWhatEndsSoon(String command) throws IOException {
    assertThat(argumentsFor(command)).contains("-XX:TieredStopAtLevel=1");
  }

  /** Returns what a command gives to Java. */
  private List<String> argumentsFor(String command) throws IOException {
    Path java = folder.resolve("java");
    Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    Shell shell = site.shell("PEAL_CACHE=none PEAL_JAVA='" + java + "' peal " + command);
    shell.finish(0);
    return shell.out();
  }

  /** Returns the runtime of this test, and one with another kind of archive if there is one. */
  static Stream<Path> runtimes() {
    return Stream.concat(
        Stream.of(Path.of(System.getProperty("java.home"))), newRuntimes().limit(1));
  }

  private static Stream<Path> newRuntimes() {
    Path all = Path.of("/usr/lib/jvm");
    if (Runtime.version().feature() >= 25 || !Files.isDirectory(all)) {
      return Stream.empty();
    }
    try (Stream<Path> found = Files.list(all)) {
      return found.filter(LauncherIT::isNew).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isNew(Path runtime) {
    Path release = runtime.resolve("release");
    try {
      return Files.isRegularFile(release)
          && Files.isExecutable(runtime.resolve("bin/java"))
          && Files.readString(release).contains("JAVA_VERSION=\"25");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("runtimes")
  void shouldMakeAClassArchiveInTheBackgroundUseItAndDoWithoutABrokenOne(Path runtime)
      throws IOException {
    Path cache = Files.createDirectory(folder.resolve("cache"));
    String setting = "export PEAL_CACHE='%s' PEAL_JAVA='%s/bin/java'; ".formatted(cache, runtime);
    // Two at once make one archive.
    Shell one = site.shell(setting + "peal canonical");
    answers(site.shell(setting + "peal canonical"));
    answers(one);
    await().atMost(Duration.ofMinutes(5)).until(() -> archives(cache) == 1);
    String watched = "PEAL_JAVA_OPTS='-Xlog:class+load:file=loaded.txt' ";
    site.shell(setting + "chmod a-w '" + cache + "'").finish(0);
    answers(site.shell(setting + watched + "peal canonical"));
    assertThat(Files.readString(folder.resolve("loaded.txt")))
        .contains("org.peal.cli.Cli source: shared objects file")
        .doesNotContain("source: file:");
    loggerReadsNoLibrary(setting + watched);

    site.shell("chmod -R u+w cache && for f in cache/*.jsa; do echo no > $f; done").finish(0);
    answers(site.shell(setting + watched + "peal canonical"));
    assertThat(Files.readString(folder.resolve("loaded.txt")))
        .contains("org.peal.cli.Cli source: file:");
  }

  /**
   * Checks that what people wait for most often comes from the archive, but for a few of Java's.
   */
  private void loggerReadsNoLibrary(String setting) throws IOException {
    Site.Relay relay = site.relay();
    site.shell(
            setting
                + "peal logger --cert ann.crt --key ann.key --message hi --endpoint "
                + relay.in())
        .assertExit(0);
    List<String> loaded = Files.readAllLines(folder.resolve("loaded.txt"));
    assertThat(loaded)
        .anyMatch(line -> line.contains("picocli.CommandLine source: shared objects file"))
        .noneMatch(line -> line.contains("source: file:"));
    assertThat(loaded.stream().filter(line -> line.contains("source: jrt:")))
        .hasSizeLessThanOrEqualTo(CLASSES_OF_JAVA);
  }

  /** The archive would not hold it on all runtimes in the format that its makers publish. */
  @Test
  void shouldHaveTheOptionParserInTheFormatOfOurOwnClasses() throws IOException {
    Path libraries = ExternalProcess.checkout().resolve("target/lib");
    List<Path> found;
    try (Stream<Path> files = Files.list(libraries)) {
      found = files.filter(file -> file.getFileName().toString().startsWith("picocli")).toList();
    }
    assertThat(found).hasSize(1);
    try (JarFile jar = new JarFile(found.get(0).toFile())) {
      List<JarEntry> classes =
          jar.stream().filter(entry -> entry.getName().endsWith(".class")).toList();
      assertThat(classes).hasSizeGreaterThan(200);
      for (JarEntry entry : classes) {
        try (DataInputStream in = new DataInputStream(jar.getInputStream(entry))) {
          in.skipNBytes(6); // the magic number and the minor version
          assertThat(in.readUnsignedShort()).as(entry.getName()).isEqualTo(FORMAT_OF_JAVA_17);
        }
      }
      assertThat(jar.getManifest().getMainAttributes().getValue("Implementation-Title"))
          .isEqualTo("picocli");
    }
  }

  @ParameterizedTest
  @MethodSource("runtimes")
  void shouldMakeAnotherArchiveWhenALibraryIsAnother(Path runtime) throws IOException {
    Path cache = Files.createDirectory(folder.resolve("cache"));
    String setting = "export PEAL_CACHE='%s' PEAL_JAVA='%s/bin/java'; ".formatted(cache, runtime);
    Path target = ExternalProcess.checkout().resolve("target");
    site.shell(
            "mkdir copy && cp -r '%s' copy/bin && mkdir copy/lib && cp -r '%s/peal.jar' '%s/lib' copy/lib"
                .formatted(PEAL.getParent(), target, target))
        .finish(0);
    answers(site.shell(setting + "copy/bin/peal canonical"));
    await().atMost(Duration.ofMinutes(5)).until(() -> archives(cache) == 1);
    site.shell("touch -d 2020-01-01 copy/lib/lib/jackson-core-*.jar").finish(0);
    answers(site.shell(setting + "copy/bin/peal canonical"));
    await().atMost(Duration.ofMinutes(5)).until(() -> archives(cache) == 2);
  }

  private static long archives(Path cache) {
    try (Stream<Path> files = Files.list(cache)) {
      return files.filter(file -> file.toString().endsWith(".jsa")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void shouldMakeNoArchiveWhenTold() throws IOException {
    answers(site.shell("PEAL_CACHE=none XDG_CACHE_HOME=\"$PWD/xdg\" peal canonical"));
    assertThat(folder.resolve("xdg")).doesNotExist();
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void shouldSayWhenThereIsNoUsableJava() throws IOException {
    Shell missing = site.shell("PEAL_JAVA=/nowhere/java peal canonical");
    missing.assertExit(69);
    assertThat(missing.err()).singleElement().asString().contains("/nowhere/java");

    Path old = Files.createDirectories(folder.resolve("jdk-11/bin"));
    Files.writeString(folder.resolve("jdk-11/release"), "JAVA_VERSION=\"11.0.2\"\n");
    Files.writeString(old.resolve("java"), "#!/bin/sh\nexit 1\n");
    assertThat(old.resolve("java").toFile().setExecutable(true)).isTrue();
    Shell outdated = site.shell("PEAL_JAVA='" + old.resolve("java") + "' peal canonical");
    outdated.assertExit(69);
    assertThat(outdated.err()).singleElement().asString().contains("17 or newer", "is 11");
  }

  @Test
  void shouldEndQuietlyWhenTheReaderGoesAway() throws IOException {
    site.file("many", "[1]\n".repeat(300_000));
    for (String command :
        new String[] {
          "canonical many", "verify --ca ca.crt many", "sign --cert ann.crt --key ann.key many"
        }) {
      Shell shell =
          site.shell("peal " + command + " | head -n 1; echo \"status ${PIPESTATUS[0]}\"");
      shell.assertExit(0);
      assertThat(shell.out()).as(command).hasSize(2).last().isEqualTo("status 141");
      assertThat(shell.err()).noneMatch(line -> line.contains("\tat ") || line.contains("pipe"));
    }
    Shell help = site.shell("peal tail --help | true; echo \"status ${PIPESTATUS[0]}\"");
    help.assertExit(0);
    assertThat(help.err()).isEmpty();
  }

  @Test
  void shouldSayWhenOutputCannotBeWritten() {
    Shell shell = site.shell("echo '[1]' | peal canonical > /dev/full");
    shell.assertExit(74);
    assertThat(shell.err())
        .singleElement()
        .asString()
        .contains("peal canonical: cannot write to standard output: ", "No space left");
  }

  @Test
  void shouldKeepAUsefulCertificateFolder() throws IOException {
    PealProcess init = site.run("", "certs", "--dir", "pki", "init", "--name", "My CA");
    init.assertExit(0);
    site.run("", "certs", "--dir", "pki", "issue", "carl").assertExit(0);
    Path pki = folder.resolve("pki");
    byte[] key = Files.readAllBytes(pki.resolve("carl.key"));
    site.run("", "certs", "--dir", "pki", "issue", "carl").assertExit(73);
    site.run("", "certs", "--dir", "pki", "init").assertExit(73);
    assertThat(pki.resolve("carl.key")).hasBinaryContent(key);
    for (String secret : new String[] {"ca.key", "carl.key"}) {
      assertThat(Files.getPosixFilePermissions(pki.resolve(secret)))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
    PealProcess show = site.run("", "certs", "show", "pki/carl.crt");
    show.assertExit(0);
    assertThat(show.out()).contains("subject: CN=carl", "signer: carl", "issuer: CN=My CA");

    String verify = "verify --ca pki/ca.crt --crl pki/crl.pem";
    String script =
        "echo '{\"topic\":\"a\",\"msg\":{}}' | peal sign --cert pki/carl.crt --key pki/carl.key |"
            + " peal ";
    site.shell("set -o pipefail; " + script + verify).assertExit(0);
    site.run("", "certs", "--dir", "pki", "revoke", "carl").assertExit(0);
    site.run("", "certs", "--dir", "pki", "revoke", "carl").assertExit(1);
    Shell revoked = site.shell(script + verify);
    revoked.assertExit(77);
    assertThat(revoked.out()).singleElement().asString().contains("\"REVOKED\"");
    site.run("", "certs", "--dir", "pki", "crl").assertExit(0);
    site.shell(script + verify).assertExit(77);
  }
}
