package org.peal.crypto;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What became of received bytes. Immutable; the tree is read-only by convention.
 *
 * @param tree the JSON value, if the bytes are JSON at all; of any type
 * @param verdict whether to trust it
 */
public record Verified(Optional<JsonNode> tree, Verdict verdict) {}
