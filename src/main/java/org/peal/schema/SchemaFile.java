package org.peal.schema;

import static java.util.Objects.requireNonNullElse;

import java.util.List;
import java.util.Optional;
import org.peal.config.FreeTable;
import org.peal.message.Severity;

/**
 * What a file says of a kind of messages. Immutable; a component left out is its default.
 *
 * @param name the name that messages carry; that of the file if it is left out
 * @param packageName the package that declares it
 * @param topic the topic of messages for which none is given
 * @param severity how grave messages are for which nothing is said
 * @param deprecated whether publishers are about to give it up
 * @param summary one line about a message, with paths in braces
 * @param usernames paths to the accounts that take part; the other lists are alike
 * @param bodySchema JSON Schema of the body
 * @param headerSchema JSON Schema of the headers
 */
record SchemaFile(
    Optional<String> name,
    Optional<String> packageName,
    Optional<String> topic,
    Severity severity,
    Boolean deprecated,
    Optional<String> summary,
    List<String> usernames,
    List<String> groups,
    List<String> packages,
    List<String> containers,
    List<String> modules,
    List<String> flatpaks,
    Optional<FreeTable> bodySchema,
    Optional<FreeTable> headerSchema) {

  SchemaFile {
    severity = requireNonNullElse(severity, Severity.INFO);
    deprecated = requireNonNullElse(deprecated, false);
    usernames = requireNonNullElse(usernames, List.of());
    groups = requireNonNullElse(groups, List.of());
    packages = requireNonNullElse(packages, List.of());
    containers = requireNonNullElse(containers, List.of());
    modules = requireNonNullElse(modules, List.of());
    flatpaks = requireNonNullElse(flatpaks, List.of());
  }
}
