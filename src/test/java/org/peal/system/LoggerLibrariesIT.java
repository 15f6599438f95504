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

  /** The class, and the jar or module that it came from, without the jar's version. */
  private static final Pattern LOADED =
      Pattern.compile(
          "\\] (\\S+) source: (?:file:\\S*/([a-z-]+?)(?:-[0-9.]+)?\\.jar|jrt:/(\\S+))$");

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();

  private static final class Loaded {
    final Set<String> jars = new TreeSet<>();
    final Set<String> modules = new TreeSet<>();
    final Set<String> packages = new TreeSet<>();

    Loaded(Path log) throws IOException {
      for (String line : Files.readAllLines(log)) {
        Matcher found = LOADED.matcher(line);
        if (found.find()) {
          note(found.group(1), found.group(2), found.group(3));
        }
      }
    }

    private void note(String name, String jar, String module) {
      if (jar == null) {
        modules.add(module);
      } else {
        jars.add(jar);
        if (name.startsWith("org.peal.")) {
          packages.add(name.substring(0, name.lastIndexOf('.')));
        }
      }
    }
  }

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

    Loaded loaded = new Loaded(folder.resolve("loaded"));
    assertThat(loaded.jars).containsExactly();
    assertThat(loaded.modules).containsExactly();
    assertThat(loaded.packages).containsExactly();
  }
}
