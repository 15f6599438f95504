package org.peal.node;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.peal.bus.amqp.AmqpConfigFile;
import org.peal.config.ConfigException;
import org.peal.config.YamlTree;

/** Reads fedora-messaging's own file as Peal's configuration. Stateless. */
public final class FedoraMessagingImport {

  private static final String TLS = "tls";

  /** What the file may say that Peal has other means for, or none. */
  private static final Map<String, String> LEFT =
      Map.of(
          "callback", "Python is not run: write a handler, see docs/handlers.md",
          "consumer_config", "a handler has its own settings, in handlers.NAME.settings",
          "exchanges", "never declared, by fedora-messaging neither: the broker's operator does it",
          "log_config", "the log goes to standard error",
          "monitoring", "Peal has status pages of its own: set status.address");

  private FedoraMessagingImport() {}

  /**
   * Reads a file.
   *
   * @throws ConfigException if it is no TOML
   */
  public static ConfigImport read(Path file) {
    YamlTree tree = YamlTree.read(file);
    if (!(tree instanceof YamlTree.Mapping said) || !AmqpConfigFile.isToml(said)) {
      throw new ConfigException(tree.place(), "", "file must be fedora-messaging's, named *.toml");
    }
    Map<String, YamlTree.Field> kept = new LinkedHashMap<>();
    Map<String, String> left = new LinkedHashMap<>();
    said.fields()
        .forEach(
            (key, field) -> {
              String reason = LEFT.get(key.toLowerCase(Locale.ROOT));
              if (reason == null) {
                kept.put(key, located(field, file));
              } else {
                left.put(key, reason);
              }
            });
    ImportedYaml yaml = new ImportedYaml("import-fedora-messaging", file);
    YamlTree.Mapping settings = AmqpConfigFile.translate(new YamlTree.Mapping(kept, said.place()));
    return new ConfigImport(
        Map.of("peal.yaml", yaml.settings(settings, left, (key, value) -> Optional.empty())), left);
  }

  /** Relative names of files start from the file's folder, which the new one is not in. */
  private static YamlTree.Field located(YamlTree.Field field, Path file) {
    if (!field.name().equalsIgnoreCase(TLS) || !(field.value() instanceof YamlTree.Mapping tls)) {
      return field;
    }
    Map<String, YamlTree.Field> files = new LinkedHashMap<>();
    tls.fields()
        .forEach(
            (key, each) ->
                files.put(
                    key,
                    new YamlTree.Field(each.name(), each.place(), located(each.value(), file))));
    return new YamlTree.Field(
        field.name(), field.place(), new YamlTree.Mapping(files, tls.place()));
  }

  private static YamlTree located(YamlTree value, Path file) {
    if (!(value instanceof YamlTree.Scalar scalar) || !(scalar.value() instanceof String)) {
      return value;
    }
    String place = ImportedYaml.beside(file, scalar.text());
    return new YamlTree.Scalar(place, place, scalar.place());
  }
}
