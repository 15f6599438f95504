package org.peal.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import picocli.CommandLine.Option;

/** The options that all of fedmsg's commands share. Some have no effect here and are accepted. */
final class FedmsgOptions {

  @Option(names = "--io-threads", paramLabel = "N", description = "Accepted, no effect.")
  @Nullable Integer ioThreads;

  @Option(names = "--topic-prefix", paramLabel = "PREFIX", description = "First part of topics.")
  @Nullable String topicPrefix;

  @Option(
      names = "--post-init-sleep",
      paramLabel = "SECONDS",
      description = "Accepted, no effect: Peal waits for a subscription instead.")
  @Nullable Double postInitSleep;

  @Option(
      names = "--config-filename",
      paramLabel = "FILE",
      description = "Read only this file: YAML, or the JSON that fedmsg-config prints.")
  @Nullable Path configFilename;

  @Option(names = "--print-config", description = "Print the configuration as JSON and exit.")
  boolean printConfig;

  @Option(names = "--high-water-mark", paramLabel = "N", description = "Messages queued per peer.")
  @Nullable Integer highWaterMark;

  @Option(names = "--linger", paramLabel = "MS", description = "How long closing waits.")
  @Nullable Integer linger;

  /** Returns configuration values with those that were given here on top. */
  Map<String, Object> over(Map<String, Object> values) {
    Map<String, Object> overrides = new LinkedHashMap<>(values);
    addTo(overrides);
    return overrides;
  }

  /**
   * Runs an alias with the configuration file that was given here, or prints its configuration
   * instead.
   */
  ExitCode run(PealCommand alias, Map<String, ?> overrides, Callable<ExitCode> command)
      throws Exception {
    if (configFilename != null) {
      alias.config = configFilename;
    }
    return printConfig ? FedmsgExit.printConfig(alias, overrides) : command.call();
  }

  private void addTo(Map<String, Object> overrides) {
    if (topicPrefix != null) {
      overrides.put("topic.prefix", topicPrefix);
    }
    // fedmsg's 0 means whatever the library does, which for us is the default.
    if (highWaterMark != null && highWaterMark != 0) {
      overrides.put("zmq.high-water-mark", highWaterMark);
    }
    if (linger != null) {
      overrides.put("zmq.linger", linger + "ms");
    }
  }
}
