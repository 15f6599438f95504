package org.peal.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlFactory;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads TOML 1.0 within the limits of {@link YamlReader}. The library tells no places of values, so
 * all of them stand for the whole file; a mistake in the syntax has its own. Stateless.
 */
final class TomlReader {

  private TomlReader() {}

  static YamlTree read(Path file) {
    Place place = Place.of(file);
    return parse(
        YamlReader.decode(YamlReader.bytes(file, place, YamlReader.MAX_BYTES), place), place);
  }

  static YamlTree parse(String text, Place place) {
    try {
      return tree(mapper().readTree(text), place);
    } catch (JsonProcessingException e) {
      throw new ConfigException(at(place, e.getLocation()), "", e.getOriginalMessage());
    }
  }

  private static TomlMapper mapper() {
    StreamReadConstraints limits =
        StreamReadConstraints.builder().maxNestingDepth(YamlReader.MAX_DEPTH).build();
    return new TomlMapper(TomlFactory.builder().streamReadConstraints(limits).build());
  }

  private static Place at(Place place, @Nullable JsonLocation location) {
    return location == null || location.getLineNr() < 1
        ? place
        : place.at(location.getLineNr(), Math.max(1, location.getColumnNr()));
  }

  private static YamlTree tree(JsonNode node, Place place) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        Map<String, YamlTree.Field> fields = new LinkedHashMap<>();
        node.properties()
            .forEach(
                member -> {
                  YamlTree value = tree(member.getValue(), place);
                  fields.put(member.getKey(), new YamlTree.Field(member.getKey(), place, value));
                });
        yield new YamlTree.Mapping(fields, place);
      }
      case ARRAY -> {
        List<YamlTree> items = new ArrayList<>();
        node.forEach(item -> items.add(tree(item, place)));
        yield new YamlTree.Sequence(items, place);
      }
      case BOOLEAN -> new YamlTree.Scalar(node.booleanValue(), node.asText(), place);
      case NUMBER -> new YamlTree.Scalar(number(node), node.asText(), place);
      case STRING -> new YamlTree.Scalar(node.textValue(), node.textValue(), place);
      default -> new YamlTree.Scalar(node.asText(), node.asText(), place); // a date or a time
    };
  }

  private static Object number(JsonNode node) {
    return node.isIntegralNumber()
        ? node.canConvertToInt()
            ? (Object) node.intValue()
            : node.canConvertToLong() ? (Object) node.longValue() : node.bigIntegerValue()
        : (Object) node.doubleValue();
  }
}
