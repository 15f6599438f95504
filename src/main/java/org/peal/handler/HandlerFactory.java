package org.peal.handler;

import org.peal.config.ConfigException;

/**
 * Makes handlers of one type. Found through {@link java.util.ServiceLoader}: a provider has a
 * constructor without parameters and is listed in {@code
 * META-INF/services/org.peal.handler.HandlerFactory}. Thread-safe.
 *
 * @param <S> the record of the settings under {@code handlers.NAME.settings}, as all configuration
 *     records: components are keys, what is not set is null in the constructor, which puts the
 *     default and refuses bad values with an {@link IllegalArgumentException}
 */
public interface HandlerFactory<S extends Record> {

  /** Returns the name of the type, as the configuration says it: small letters and hyphens. */
  String type();

  /** Returns what the handler does, in one line for people. */
  String summary();

  /** Returns the record of the settings. */
  Class<S> settings();

  /**
   * Makes a handler. It may read files, but has no effect yet.
   *
   * @throws ConfigException if the settings are no good
   */
  Handler create(HandlerSetup<S> setup);
}
