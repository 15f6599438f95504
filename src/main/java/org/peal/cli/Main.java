package org.peal.cli;

/** Entry point of the {@code peal} command. */
public final class Main {

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(new Cli(Io.ofProcess()).run(args));
  }
}
