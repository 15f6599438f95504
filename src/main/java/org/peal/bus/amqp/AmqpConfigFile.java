package org.peal.bus.amqp;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.peal.config.YamlTree;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings configuration files into the form of {@link AmqpConfig}: the whole of a TOML file, which
 * is fedora-messaging's own, and the section {@code amqp} of any other. Stateless.
 *
 * <p>Only keys change: underscores become hyphens where the key is Peal's to know; arguments of
 * queues, client properties and the consumer's own settings stay as they are.
 */
public final class AmqpConfigFile {

  private static final Logger LOG = LoggerFactory.getLogger(AmqpConfigFile.class);
  private static final String SECTION = "amqp";
  private static final Set<String> TABLES = Set.of("qos", "tls");

  /** What the Python program knows and Peal has other means for. */
  private static final Set<String> IGNORED = Set.of("log-config", "monitoring");

  private AmqpConfigFile() {}

  /** Returns the same settings under Peal's keys; what does not concern AMQP stays as it is. */
  public static YamlTree.Mapping translate(YamlTree.Mapping file) {
    if (isToml(file)) {
      YamlTree.Field section =
          new YamlTree.Field(SECTION, file.place(), section(withoutIgnored(file)));
      return new YamlTree.Mapping(Map.of(SECTION, section), file.place());
    }
    return mapped(
        file,
        field -> field.name().equals(SECTION) ? withValue(field, section(field.value())) : field);
  }

  /** Tells whether a file is fedora-messaging's own. */
  public static boolean isToml(YamlTree.Mapping file) {
    return file.place().source().endsWith(".toml");
  }

  private static YamlTree.Mapping withoutIgnored(YamlTree.Mapping file) {
    Map<String, YamlTree.Field> fields = new LinkedHashMap<>(file.fields());
    for (String key : file.fields().keySet()) {
      if (IGNORED.contains(hyphened(key))) {
        fields.remove(key);
        LOG.warn("{}: {} is not used", file.place(), key);
      }
    }
    return new YamlTree.Mapping(fields, file.place());
  }

  private static YamlTree section(YamlTree section) {
    return hyphened(section, field -> withValue(field, value(field)));
  }

  private static YamlTree value(YamlTree.Field field) {
    if (TABLES.contains(field.name())) {
      return hyphened(field.value());
    } else if (field.name().equals("queues")) {
      return field.value() instanceof YamlTree.Mapping queues
          ? mapped(queues, q -> withValue(q, hyphened(q.value())))
          : field.value();
    } else if (field.name().equals("bindings")) {
      return field.value() instanceof YamlTree.Sequence bindings
          ? new YamlTree.Sequence(
              bindings.items().stream().map(AmqpConfigFile::hyphened).toList(), bindings.place())
          : hyphened(field.value());
    }
    return field.value();
  }

  private static YamlTree hyphened(YamlTree tree) {
    return hyphened(tree, UnaryOperator.identity());
  }

  /** Returns a map with hyphens in its keys; any other value as it is. */
  private static YamlTree hyphened(YamlTree tree, UnaryOperator<YamlTree.Field> then) {
    if (!(tree instanceof YamlTree.Mapping mapping)) {
      return tree;
    }
    return mapped(
        mapping,
        field ->
            then.apply(new YamlTree.Field(hyphened(field.name()), field.place(), field.value())));
  }

  private static YamlTree.Mapping mapped(
      YamlTree.Mapping mapping, UnaryOperator<YamlTree.Field> change) {
    Map<String, YamlTree.Field> fields = new LinkedHashMap<>();
    for (YamlTree.Field field : mapping.fields().values()) {
      YamlTree.Field changed = change.apply(field);
      fields.put(changed.name(), changed);
    }
    return new YamlTree.Mapping(fields, mapping.place());
  }

  private static YamlTree.Field withValue(YamlTree.Field field, YamlTree value) {
    return new YamlTree.Field(field.name(), field.place(), value);
  }

  private static String hyphened(String key) {
    return key.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
