package org.peal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;

/** Sets up Jackson's parser: Python's leniencies and no others, and limits. */
final class Parsers {

  /** The longest number, in characters; converting it as a float takes linear time. */
  static final int MAX_NUMBER_LENGTH = 1 << 20;

  private static final int TOKENS_PER_VALUE = 3; // of a container in an object: name, start, end

  private static final JsonFactory DEFAULT = newFactory(JsonLimits.DEFAULT);

  private Parsers() {}

  static JsonFactory factory(JsonLimits limits) {
    return limits.equals(JsonLimits.DEFAULT) ? DEFAULT : newFactory(limits);
  }

  // Names are neither interned nor kept in a shared table, which hostile ones could fill.
  private static JsonFactory newFactory(JsonLimits limits) {
    return JsonFactory.builder()
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
        .streamReadConstraints(constraints(limits))
        .build();
  }

  // Depth and tokens leave room for our own checks, which know the place, to come first.
  private static StreamReadConstraints constraints(JsonLimits limits) {
    return StreamReadConstraints.builder()
        .maxDocumentLength(limits.maxBytes())
        .maxNameLength(limits.maxBytes())
        .maxStringLength(limits.maxBytes())
        .maxNumberLength(MAX_NUMBER_LENGTH)
        .maxNestingDepth(limits.maxDepth() + 1)
        .maxTokenCount((limits.maxValues() + 1L) * TOKENS_PER_VALUE)
        .build();
  }
}
