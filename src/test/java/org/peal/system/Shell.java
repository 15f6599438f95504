package org.peal.system;

import java.nio.file.Path;
import java.util.List;
import org.peal.testing.ExternalProcess;

/** A script of bash that runs {@code peal} among other programs. */
public final class Shell extends ExternalProcess {

  Shell(String script, Setting setting) {
    super(List.of("bash", "-c", script), withPeal(setting));
  }

  private static Setting withPeal(Setting setting) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return setting
        .with("PATH", checkout().resolve("bin") + ":" + System.getenv("PATH"))
        .with("PEAL_JAVA", java.toString());
  }
}
