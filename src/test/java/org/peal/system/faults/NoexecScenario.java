package org.peal.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.system.Shell;
import org.peal.system.Site;
import org.peal.testing.Processes;

/**
 * A folder for temporary files in which no program may run, as administrators like it. A real one
 * takes the right to mount, in a name space of its own, which few test machines give; so only
 * {@code script/faults} runs it.
 */
class NoexecScenario {

  /** Mounts an empty folder over {@code tmp} that nothing can be run in; then runs a script. */
  private static final String MOUNTED =
      "exec unshare -m sh -c 'mount -t tmpfs -o noexec,size=64m none tmp && %s'";

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();
  private Site site;

  @BeforeEach
  void makeSite() {
    Campaign.start("noexec");
    site = new Site(folder, processes);
    site.file("tmp/.keep", "");
    Shell mount = site.shell(MOUNTED.formatted("true"));
    mount.closeInput();
    assertThat(mount.awaitExit())
        .as("this scenario needs the right to mount (root): %s", mount.err())
        .isZero();
  }

  private Shell inside(String script) {
    Shell shell =
        site.shell(
            MOUNTED.formatted("export PEAL_JAVA_OPTS=-Djava.io.tmpdir=$PWD/tmp && " + script));
    shell.closeInput();
    return shell;
  }

  @Test
  void shouldStillComputeSignaturesFast() {
    Shell version = inside("peal --version");
    version.assertExit(0);
    assertThat(version.out())
        .singleElement()
        .asString()
        .contains("signatures by AmazonCorrettoCryptoProvider");
    assertThat(folder.resolve(".cache/peal/native")).isDirectory();
  }

  @Test
  void shouldStillOpenAStore() {
    site.file(
        "peal.yaml",
        """
        node: {parts: [publisher, replay], name: test.host, submit: node.sock}
        publisher: {out: ["tcp://127.0.0.1:0"]}
        replay: {in: "tcp://127.0.0.1:0"}
        status: {address: none}
        crypto: {sign: false}
        store: {path: store.db}
        """);
    Shell node = inside("exec peal node --config peal.yaml");
    node.awaitErr("node test.host runs publisher, replay");
    assertThat(folder.resolve("store.db")).exists();
    node.terminate();
    node.assertExit(0);
  }

  @Test
  void shouldTellTheDoctorsPatient() {
    Shell doctor = inside("peal doctor --for 0.1");
    doctor.awaitExit();
    assertThat(doctor.out())
        .anyMatch(
            line ->
                line.startsWith("ok")
                    && line.contains("temporary folder")
                    && line.contains("libraries are unpacked into"));
  }
}
