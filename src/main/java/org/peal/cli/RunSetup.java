package org.peal.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.peal.handler.HandlerConfig;
import org.peal.message.EnvelopeFactory;
import org.peal.node.Folders;
import org.peal.node.NodeSetup;
import org.peal.node.PartName;
import org.peal.node.PealConfig;

/**
 * What a process of handlers is told that is no node: the part {@code handlers} alone, on a
 * database of its own.
 *
 * @param names the handlers: names of sections, or types
 * @param isDryRun whether they change nothing outside
 */
record RunSetup(List<String> names, boolean isDryRun) {

  RunSetup {
    names = List.copyOf(names);
  }

  /**
   * Loads it.
   *
   * @param options configuration values of the command's options, by dotted key
   * @param handler what becomes of each handler's section
   * @param rest what becomes of the rest of the configuration
   */
  NodeSetup load(
      PealCommand command,
      Map<String, Object> options,
      UnaryOperator<HandlerConfig> handler,
      UnaryOperator<PealConfig> rest) {
    Io io = command.io;
    Folders folders = Folders.of(io.environment());
    Map<String, Object> overrides = new LinkedHashMap<>(options);
    overrides.put("node.parts", List.of(PartName.HANDLERS.toString()));
    overrides.put("status.address", "none");
    overrides.put("store.path", HandlerStore.ofRun(folders, names, isDryRun).file().toString());
    Setup setup = Setup.load(command, overrides);
    Map<String, HandlerConfig> chosen = new LinkedHashMap<>();
    for (String name : names) {
      HandlerConfig config = setup.config().handlers().getOrDefault(name, HandlerConfig.defaults());
      chosen.put(name, handler.apply(config));
    }
    return new NodeSetup(
        rest.apply(setup.config()).withHandlers(chosen),
        setup.endpointFolder(io),
        Setup.hostName(io),
        EnvelopeFactory.loginName(io.environment()),
        folders);
  }
}
