package org.peal.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A message as filters see it. Immutable as long as nobody changes the tree, which nobody may.
 *
 * @param envelope the whole message as received; of any JSON type, since hostile ones are no
 *     objects
 * @param signer who signed it, if it was verified and is valid
 */
public record Subject(JsonNode envelope, Optional<String> signer) {}
