package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.testing.ExternalProcess.Setting;

/** The manual pages in the formatter that people read them with. */
class ManualIT {

  @TempDir Path folder;

  @Test
  void pages_formatted_giveNoWarning() throws Exception {
    Setting setting = Setting.plain().in(folder);
    String script =
        "peal man . && ls man1/peal-certs-issue.1 man5/peal.yaml.5"
            + " && for page in man?/*; do groff -man -ww -z -Tutf8 -rLL=78n $page; done"
            + " && groff -man -Tascii -P-cbou man1/peal-logger.1";
    try (Shell shell = new Shell(script, setting)) {
      shell.finish(0);
      assertThat(shell.err()).isEmpty();
      assertThat(String.join("\n", shell.out()))
          .contains("peal logger [OPTION]...", "--json-lines", "peal logger --message 'deployment");
    }
  }
}
