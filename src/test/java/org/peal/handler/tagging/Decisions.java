package org.peal.handler.tagging;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.peal.config.ConfigException;
import org.peal.config.Place;

/** Decides in tests, with inputs that are texts. */
final class Decisions {

  static final Place RULES = Place.of(Path.of("/rules.yaml"));
  static final Place MODULEMD = Place.of(Path.of("/modulemd.yaml"));

  private Decisions() {}

  static Decision of(TaggingVectors.Case row, Compat compat) {
    return of(settings(row, compat), row.rules(), row.modulemd(), row.body());
  }

  static Decision of(
      TaggingSettings settings, String rules, Optional<String> modulemd, JsonNode body) {
    return new TaggingEngine(settings)
        .decide(
            body,
            new TaggingEngine.Inputs() {
              @Override
              public Rules rules() {
                return RuleFile.read(rules.getBytes(StandardCharsets.UTF_8), RULES, settings)
                    .inForce(settings.compat());
              }

              @Override
              public Modulemd modulemd(JsonNode message) {
                return Modulemd.parse(
                    modulemd.orElseThrow(() -> new ConfigException(MODULEMD, "", "is not there")),
                    MODULEMD);
              }
            });
  }

  static TaggingSettings settings(TaggingVectors.Case row, Compat compat) {
    Map<String, String> values = new LinkedHashMap<>();
    row.config()
        .properties()
        .forEach(
            entry -> {
              StringBuilder text = new StringBuilder();
              if (entry.getValue().isArray()) {
                entry.getValue().forEach(item -> text.append(item.textValue()).append(','));
              } else {
                text.append(entry.getValue().asText());
              }
              values.put(entry.getKey(), text.toString());
            });
    return TaggingSettings.of(compat, values);
  }
}
