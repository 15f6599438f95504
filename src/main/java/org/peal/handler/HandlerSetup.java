package org.peal.handler;

import java.time.InstantSource;

/**
 * What a handler is made of. Immutable.
 *
 * @param name the name under which the configuration has it
 * @param settings its own settings
 * @param clock the clock to go by
 */
public record HandlerSetup<S extends Record>(String name, S settings, InstantSource clock) {}
