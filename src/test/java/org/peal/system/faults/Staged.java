package org.peal.system.faults;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.testing.Processes;

/** Scenarios on a stage of their own, which end within an hour. */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
abstract class Staged {

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();
  Stage stage;

  @BeforeEach
  void setStage() {
    stage = new Stage(folder, processes);
  }
}
