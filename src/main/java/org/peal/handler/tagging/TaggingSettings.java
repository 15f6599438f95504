package org.peal.handler.tagging;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.peal.config.Suggestion;

/**
 * What decides about builds besides the rules. Immutable.
 *
 * @param compat whose behaviour is wanted
 * @param buildState the state of rules that name none
 * @param states the states of builds that are looked at at all
 * @param dryRun whether Koji is asked for nothing
 * @param identity where a build's name, stream, version and context are taken from for matching
 */
public record TaggingSettings(
    Compat compat, String buildState, Set<String> states, boolean dryRun, Identity identity) {

  /** Where the four fields that name a build come from. */
  public enum Identity {
    /** From the message, where they are always text. */
    MESSAGE,
    /** From the modulemd as it was read, where {@code 1.10} may have become 1.1. */
    MODULEMD
  }

  /** The states that a module build goes through. */
  static final Set<String> KNOWN_STATES =
      Set.of("init", "wait", "build", "done", "failed", "ready", "garbage");

  private static final Set<String> TRUE = Set.of("1", "true", "yes", "on");
  private static final Set<String> FALSE = Set.of("", "0", "false", "no", "off");

  public TaggingSettings {
    states = Set.copyOf(states);
  }

  /** Returns the settings that hold when nothing is set. */
  public static TaggingSettings defaults(Compat compat) {
    Identity identity = compat == Compat.ORIGINAL ? Identity.MODULEMD : Identity.MESSAGE;
    return new TaggingSettings(compat, "ready", Set.of("ready", "done"), false, identity);
  }

  /**
   * Returns settings by their names, on top of the defaults.
   *
   * @throws IllegalArgumentException naming what is unknown or wrong, and what would be right
   */
  public static TaggingSettings of(Compat compat, Map<String, String> values) {
    TaggingSettings result = defaults(compat);
    for (Map.Entry<String, String> setting : values.entrySet()) {
      result = result.with(setting.getKey(), setting.getValue());
    }
    return result;
  }

  private TaggingSettings with(String name, String value) {
    return switch (name) {
      case "build_state" -> new TaggingSettings(compat, value, states, dryRun, identity);
      case "build_state_msg_filter" ->
          new TaggingSettings(compat, buildState, words(value), dryRun, identity);
      case "dry_run" ->
          new TaggingSettings(compat, buildState, states, truth(name, value), identity);
      case "identity_from" ->
          new TaggingSettings(compat, buildState, states, dryRun, identity(value));
      default ->
          throw new IllegalArgumentException(
              name
                  + ": "
                  + Suggestion.unknownKey(
                      name,
                      Set.of("build_state", "build_state_msg_filter", "dry_run", "identity_from")));
    };
  }

  /** To the original any text was true, "0" and "false" as well. */
  private boolean truth(String name, String value) {
    String word = value.strip().toLowerCase(Locale.ROOT);
    if (compat == Compat.ORIGINAL) {
      return !value.isEmpty();
    } else if (!TRUE.contains(word) && !FALSE.contains(word)) {
      throw new IllegalArgumentException(name + " must be true or false: \"" + value + "\"");
    }
    return TRUE.contains(word);
  }

  private static Set<String> words(String value) {
    Set<String> words = new LinkedHashSet<>();
    for (String word : value.split("[,\\s]+", -1)) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return words;
  }

  private static Identity identity(String value) {
    return switch (value) {
      case "message" -> Identity.MESSAGE;
      case "modulemd" -> Identity.MODULEMD;
      default ->
          throw new IllegalArgumentException(
              "identity_from must be message or modulemd: \"" + value + "\"");
    };
  }
}
