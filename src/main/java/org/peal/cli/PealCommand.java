package org.peal.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.bus.amqp.AmqpConfigFile;
import org.peal.config.YamlTree;
import org.peal.node.FedmsgConfig;
import picocli.CommandLine.Option;

/** What all commands have in common. One object runs one command once, on one thread. */
abstract class PealCommand implements Callable<Integer> {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  @Option(
      names = "--config",
      paramLabel = "FILE|DIR",
      description =
          "Read this configuration file, or this folder (peal.yaml, conf.d/, endpoints.d/, certs/),"
              + " instead of the usual places.")
  @Nullable Path config;

  final Io io;

  PealCommand(Io io) {
    this.io = io;
  }

  /** Does the work and returns how it ended. */
  abstract ExitCode run() throws Exception;

  /** Returns the name that messages begin with. */
  abstract String name();

  /** Returns the exit status to use for a status; the aliases keep the originals' numbers. */
  int exitStatus(int status) {
    return status;
  }

  /** Tells whether the first argument that is no option begins another program's command line. */
  boolean isFollowedByCommand() {
    return false;
  }

  /** Tells whether it works with a broker, so that fedora-messaging's configuration counts too. */
  boolean isOnAmqp() {
    return false;
  }

  /**
   * Tells whether it works with a broker if Peal's own configuration says so, and a named file of
   * fedora-messaging counts then.
   */
  boolean mayBeOnAmqp() {
    return false;
  }

  /** Returns the file of fedora-messaging that an option names. */
  Optional<Path> fedoraMessagingFile() {
    return Optional.empty();
  }

  /**
   * Turns what a configuration file says into Peal's own keys; fedmsg's JSON and fedora-messaging's
   * TOML are understood.
   */
  YamlTree.Mapping translated(YamlTree.Mapping file) {
    YamlTree.Mapping own = AmqpConfigFile.isToml(file) ? file : FedmsgConfig.translate(file);
    return AmqpConfigFile.translate(own);
  }

  @Override
  public final Integer call() throws Exception {
    return run().status();
  }

  /** Says something to the user that is not data. */
  final void say(String text) {
    io.err().println(name() + ": " + text);
  }

  /** Returns a path that the user gave, made absolute. */
  final Path absolute(Path given) {
    return io.folder().resolve(given);
  }

  /** Returns a file that the user gave after {@code option}, if it can be read. */
  final Path readable(String option, Path given) {
    Path path = absolute(given);
    if (!Files.exists(path)) {
      throw new CommandException(ExitCode.NO_INPUT, option + ": no such file: " + given);
    }
    if (Files.isDirectory(path)) {
      throw new CommandException(ExitCode.NO_INPUT, option + ": is a folder, not a file: " + given);
    }
    if (!Files.isReadable(path)) {
      throw new CommandException(ExitCode.NO_INPUT, option + ": permission denied: " + given);
    }
    return path;
  }
}
