package org.peal.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The options of all commands that watch the bus: which messages, from where, and whom to trust.
 */
final class WatchOptions {

  @Mixin BusOption bus = new BusOption();

  @Option(
      names = "--topic",
      paramLabel = "PREFIX",
      description = "Only topics that begin so; repeatable. Default: all.")
  List<String> topics = new ArrayList<>();

  @Option(
      names = "--include",
      paramLabel = "REGEX",
      defaultValue = "^((?!_heartbeat).)*$$",
      description = "Only topics in which this is found. Default: all but heartbeats.")
  String include = "";

  @Option(
      names = "--exclude",
      paramLabel = "REGEX",
      defaultValue = "_heartbeat",
      description = "Not the topics in which this is found. Default: ${DEFAULT-VALUE}.")
  String exclude = "";

  @Mixin WhereOption where = new WhereOption();

  @Option(
      names = "--users",
      paramLabel = "NAME",
      split = ",",
      description = "Only messages in which one of these accounts takes part.")
  List<String> users = new ArrayList<>();

  @Option(
      names = "--packages",
      paramLabel = "NAME",
      split = ",",
      description = "Only messages about one of these packages.")
  List<String> packages = new ArrayList<>();

  @Option(
      names = "--connect",
      paramLabel = "ADDRESS",
      description =
          "Connect here (tcp://HOST:PORT) instead of the known endpoints; repeatable. With --bus"
              + " amqp: the broker (amqp://USER:PASSWORD@HOST/VIRTUAL-HOST).")
  List<String> connect = new ArrayList<>();

  @Option(
      names = "--validate",
      negatable = true,
      description = "Verify, or do not. Default: if there is a certificate authority.")
  @Nullable Boolean validate;

  @Mixin TrustOptions trust = new TrustOptions();

  /** Returns the configuration values that were given, checking that the files can be read. */
  Map<String, Object> overrides(PealCommand command) {
    Map<String, Object> values = new LinkedHashMap<>(trust.overrides(command));
    if (bus.isAmqp() && !connect.isEmpty()) {
      values.put("amqp.amqp-url", Options.broker("--connect", connect));
    }
    if (validate != null) {
      values.put("crypto.validate", validate);
    }
    return values;
  }
}
