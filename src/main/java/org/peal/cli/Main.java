package org.peal.cli;

/** Entry point of the {@code peal} command. */
public final class Main {

  /** What Java takes for sockets on Linux, after it has looked for others. */
  private static final String SELECTORS = "sun.nio.ch.EPollSelectorProvider";

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    spareSearches();
    System.exit(new Cli(Io.ofProcess()).run(args));
  }

  /**
   * Tells libraries not to look for what is not there or not used: the first search for a missing
   * class opens every library, which is a tenth of the time of a one-shot command.
   */
  private static void spareSearches() {
    System.setProperty("picocli.disable.closures", "true");
    System.setProperty("picocli.converters.excludes", "java\\.(time|sql)\\..*");
    System.setProperty("slf4j.provider", "org.slf4j.simple.SimpleServiceProvider");
    System.setProperty("slf4j.internal.verbosity", "WARN");
    if (isThere(SELECTORS)) {
      System.setProperty("java.nio.channels.spi.SelectorProvider", SELECTORS);
    }
  }

  private static boolean isThere(String name) {
    try {
      Class.forName(name);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
