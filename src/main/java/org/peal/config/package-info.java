/**
 * Loading configuration: YAML files, environment and command line become records.
 *
 * <ul>
 *   <li>{@link org.peal.config.ConfigSources} says what to read.
 *   <li>{@link org.peal.config.Configuration} reads it into a {@link org.peal.config.LoadedConfig},
 *       which binds it to records and tells where each value came from.
 *   <li>{@link org.peal.config.YamlTree} reads any other YAML or JSON file with its places.
 *   <li>{@link org.peal.config.ConfigReference} writes the list of all settings.
 * </ul>
 *
 * <p>Each package owns the record of its own section; this package knows none of them.
 */
@NullMarked
package org.peal.config;

import org.jspecify.annotations.NullMarked;
