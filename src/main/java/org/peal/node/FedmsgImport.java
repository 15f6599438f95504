package org.peal.node;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.peal.config.ConfigException;
import org.peal.config.YamlTree;
import org.peal.endpoint.EndpointFiles;

/** Reads what a dump of {@code fedmsg-config} means as Peal's configuration. Stateless. */
public final class FedmsgImport {

  private static final String POLICY = "policy.yaml";
  private static final List<String> ADDRESSES =
      List.of("endpoints", "srv_endpoints", "replay_endpoints");

  private FedmsgImport() {}

  /**
   * Reads a dump.
   *
   * @throws ConfigException if it is none, or says what Peal cannot follow
   */
  public static ConfigImport read(Path file) {
    YamlTree tree = YamlTree.read(file);
    if (!(tree instanceof YamlTree.Mapping dump) || !FedmsgConfig.isDump(dump)) {
      throw new ConfigException(
          tree.place(), "", "file must be the JSON that fedmsg-config prints");
    }
    // Its mistakes are told before anything is written.
    EndpointFiles.read(file);
    Map<String, String> left = new LinkedHashMap<>();
    FedmsgConfig.unused(dump).stream()
        .filter(key -> !ADDRESSES.contains(key))
        .forEach(key -> left.put(key, FedmsgKeys.whyNot(key)));
    ImportedYaml yaml = new ImportedYaml("import-fedmsg", file);
    Map<String, String> files = new LinkedHashMap<>();
    files.put(
        "peal.yaml",
        yaml.settings(
            FedmsgConfig.translate(dump), left, (key, value) -> placed(key, value, yaml)));
    String addresses = addresses(yaml, dump);
    if (!addresses.isEmpty()) {
      files.put("endpoints.d/fedmsg.yaml", addresses);
    }
    if (dump.get("routing_policy") instanceof YamlTree.Mapping policy
        && !policy.fields().isEmpty()) {
      files.put(
          POLICY, yaml.head("Which signers may use which topic.") + ImportedYaml.block(policy, ""));
    }
    return new ConfigImport(files, left);
  }

  private static String addresses(ImportedYaml yaml, YamlTree.Mapping dump) {
    StringBuilder text = new StringBuilder();
    for (String key : ADDRESSES) {
      YamlTree value = dump.get(key);
      if (value != null && !ImportedYaml.isEmpty(value)) {
        text.append(key).append(":").append(ImportedYaml.nested(value, "  "));
      }
    }
    return text.isEmpty()
        ? ""
        : yaml.head("Publishers; every subscriber connects to all of them.") + text;
  }

  private static Optional<String> placed(String key, YamlTree value, ImportedYaml yaml) {
    return switch (key) {
      case "crypto.policy" -> Optional.of(" " + POLICY + "\n");
      case "crypto.ca", "crypto.crl", "crypto.directory" -> yaml.file(value);
      default -> Optional.empty();
    };
  }
}
