package org.peal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compiles JSON Schemas: each by the draft that it names, from 4 to 2020-12, or else the newest.
 * Nothing is fetched. Thread-safe.
 */
final class JsonSchemas {

  private static final String DRAFT = "$schema";

  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          builder -> builder.schemaLoader(loader -> loader.fetchRemoteResources(false)));

  /** What a schema says of a tree. */
  interface Check {
    /** Returns the first thing that is wrong, for people; empty if all is well. */
    Optional<String> problem(JsonNode tree);
  }

  /**
   * Compiles a schema.
   *
   * @throws IllegalArgumentException if it is none, saying why
   */
  Check compile(ObjectNode text) {
    ObjectNode schema = text;
    if (!isKnown(text.path(DRAFT).textValue())) {
      schema = text.deepCopy();
      schema.remove(DRAFT);
    }
    Schema compiled;
    try {
      compiled = registry.getSchema(schema);
      compiled.initializeValidators();
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("not a JSON schema: " + e.getMessage(), e);
    }
    return tree -> first(compiled.validate(tree));
  }

  private static boolean isKnown(@Nullable String draft) {
    return draft != null
        && SpecificationVersion.fromDialectId(draft.replaceFirst("#$", ""))
            .or(() -> SpecificationVersion.fromDialectId(draft))
            .isPresent();
  }

  private static Optional<String> first(List<Error> errors) {
    return errors.stream()
        .findFirst()
        .map(error -> error.getInstanceLocation() + ": " + error.getMessage());
  }
}
