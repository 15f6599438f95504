package org.peal.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.peal.config.Problem;
import org.peal.node.PealConfig;

/**
 * What is looked at: a configuration and the machine that it is for. Immutable.
 *
 * @param known the configuration, with the files beside it filled in; empty if it is wrong
 * @param problems what is wrong with it
 * @param files the configuration files that were read
 * @param endpointFiles where the endpoint files are, if anywhere
 * @param machine what the checks see of the machine
 * @param bus what comes in when one listens
 * @param node the node of the configuration
 */
public record Patient(
    Optional<PealConfig> known,
    List<Problem> problems,
    List<Path> files,
    Optional<Path> endpointFiles,
    Machine machine,
    Bus bus,
    Node node) {

  /** The node of a configuration, which need not run. */
  public interface Node {

    /** Returns the status that whatever answers in its place tells; empty if nothing does. */
    Optional<JsonNode> ask(PealConfig config) throws InterruptedException;
  }

  /**
   * The machine. Immutable.
   *
   * @param host its name
   * @param environment the environment variables
   * @param clock tells the time
   * @param temporaryFolder where Java puts temporary files
   * @param mounts the system's list of mounted file systems, which need not exist
   * @param openFiles how many files the process may open, if that is limited
   */
  public record Machine(
      String host,
      Map<String, String> environment,
      InstantSource clock,
      Path temporaryFolder,
      Path mounts,
      OptionalLong openFiles) {

    public Machine {
      environment = Map.copyOf(environment);
    }

    /** Returns the name of this machine up to its first dot. */
    String shortHost() {
      return host.split("\\.", 2)[0];
    }
  }

  public Patient {
    problems = List.copyOf(problems);
    files = List.copyOf(files);
  }

  /** Returns the configuration, for checks that need one. */
  PealConfig config() {
    return known.orElseThrow(() -> new IllegalStateException("no configuration"));
  }
}
