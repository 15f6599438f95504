package org.peal.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.peal.ExitCode;
import org.peal.config.ConfigEntry;
import org.peal.config.Configuration;
import org.peal.node.PealConfig;

/** How the aliases end. Stateless. */
final class FedmsgExit {

  private FedmsgExit() {}

  /**
   * Returns what the original would: 2 for a wrong option, 1 for any other failure. That nobody
   * listened was no failure there: the warning on standard error is ours. A configuration that only
   * the original can read, or that is wrong, keeps our number.
   */
  static int status(int status) {
    if (status == ExitCode.TEMPORARY.status() || status == ExitCode.CLOSED_PIPE.status()) {
      return ExitCode.OK.status();
    }
    boolean kept = status == ExitCode.USAGE.status() || status == ExitCode.CONFIGURATION.status();
    return status == 0 || kept ? status : 1;
  }

  /** Prints the configuration as one JSON object, a member for each setting. */
  static ExitCode printConfig(PealCommand command, Map<String, ?> overrides) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    for (ConfigEntry entry :
        Configuration.load(Setup.sources(command, overrides)).origins(PealConfig.class)) {
      all.put(entry.key(), entry.value());
    }
    Output out = new Output(command.io.out());
    out.line(PrettyJson.format(all, new Colours(false)));
    out.flush();
    return ExitCode.OK;
  }
}
