package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.testing.Processes;

/**
 * What a one-shot command may load. Each library costs it time that people wait: whoever adds one
 * here says why.
 */
class LoggerLibrariesIT {

  /** The jar, without its version, or the module that a class came from. */
  private static final Pattern LOADED =
      Pattern.compile(" source: (?:file:\\S*/([a-z0-9-]+?)(?:-[0-9.]+)?\\.jar|jrt:/(\\S+))$");

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();

  @Test
  void shouldLoadForLoggerOnlyWhatItNeeds() throws IOException {
    Site site = new Site(folder, processes);
    Site.Relay relay = site.relay();
    // Without an archive of classes: they would all come from the archive.
    site.shell(
            "PEAL_CACHE=none PEAL_JAVA_OPTS='-Xshare:off -Xlog:class+load:file=loaded' peal logger"
                + " --endpoint "
                + relay.in()
                + " --cert ann.crt --key ann.key --message hi")
        .assertExit(0);

    Set<String> jars = new TreeSet<>();
    Set<String> modules = new TreeSet<>();
    for (String line : Files.readAllLines(folder.resolve("loaded"))) {
      Matcher found = LOADED.matcher(line);
      if (found.find()) {
        (found.group(1) == null ? modules : jars)
            .add(found.group(1) == null ? found.group(2) : found.group(1));
      }
    }
    assertThat(jars)
        .containsExactly(
            "jackson-core",
            "jackson-databind",
            "jeromq",
            "peal",
            "picocli",
            "slf4j-api",
            "slf4j-simple");
    // JeroMQ asks jdk.net for options of sockets.
    assertThat(modules).contains("java.base").isSubsetOf("java.base", "jdk.net");
  }
}
