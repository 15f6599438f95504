package org.peal.handler.tagging;

import java.time.Instant;

/**
 * Which rule file a decision was made by. Immutable.
 *
 * @param sha256 of its bytes, in hexadecimal
 * @param read when it was read
 */
public record RuleVersion(String sha256, Instant read) {}
