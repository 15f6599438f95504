/**
 * Loading configuration: YAML files, environment and command line become records.
 *
 * <p>Each package owns the record of its own section; this package knows none of them.
 */
@NullMarked
package org.peal.config;

import org.jspecify.annotations.NullMarked;
