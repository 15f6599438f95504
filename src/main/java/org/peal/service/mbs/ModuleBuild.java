package org.peal.service.mbs;

import java.util.Optional;

/**
 * A module build as the service knows it. Immutable.
 *
 * @param id its number
 * @param nsvc what people call it
 * @param state such as {@code ready}
 * @param scratch whether it was made to be thrown away
 * @param modulemd YAML, where the service has one
 */
public record ModuleBuild(
    long id, Nsvc nsvc, String state, boolean scratch, Optional<String> modulemd) {}
