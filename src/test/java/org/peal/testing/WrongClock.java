package org.peal.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.peal.testing.ExternalProcess.Setting;

/** A clock that is wrong by as many seconds as a file says, for whoever runs in its setting. */
public record WrongClock(Path file, Path agent) {

  /** Makes a clock that is right so far, with its files in a folder. */
  public static WrongClock in(Path folder, String name) {
    WrongClock clock = new WrongClock(folder.resolve(name), ClockAgent.jar(folder));
    clock.set(0);
    return clock;
  }

  /** Makes it wrong by so many seconds. */
  public void set(long seconds) {
    try {
      Path next = file.resolveSibling(file.getFileName() + ".next");
      Files.writeString(next, Long.toString(seconds));
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a setting in which Java programs see it. */
  public Setting in(Setting setting) {
    return setting.with("PEAL_JAVA_OPTS", "-javaagent:%s=%s".formatted(agent, file));
  }
}
