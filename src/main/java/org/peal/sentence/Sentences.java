package org.peal.sentence;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.peal.config.Place;
import org.peal.config.YamlTree;

/** A set of rules by which messages are told to people. Immutable and thread-safe. */
public final class Sentences {

  private static final String BUILT_IN = "rules.yaml";

  private final Map<String, List<Rule>> services;
  private final Rule otherwise;

  Sentences(Map<String, List<Rule>> services, Rule otherwise) {
    this.services = Map.copyOf(services);
    this.otherwise = otherwise;
  }

  /** Reads the rules that come with Peal. */
  public static Sentences builtIn() {
    return RuleReader.read(List.of(builtInRules()));
  }

  /**
   * Reads a file of rules to be tried before those that come with Peal.
   *
   * @throws org.peal.config.ConfigException naming file, line and column of what cannot be used
   */
  public static Sentences withFile(Path file) {
    return RuleReader.read(List.of(YamlTree.read(file), builtInRules()));
  }

  private static YamlTree builtInRules() {
    try (InputStream in = Sentences.class.getResourceAsStream(BUILT_IN)) {
      if (in == null) {
        throw new IllegalStateException("resource is missing: " + BUILT_IN);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return YamlTree.parse(text, Place.of(Path.of(BUILT_IN)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tells a message of any shape; never fails. */
  public Sentence of(JsonNode envelope) {
    Subject subject = new Subject(envelope);
    for (Rule rule : services.getOrDefault(subject.service(), List.of())) {
      Sentence sentence = rule.tell(subject);
      if (sentence != null) {
        return sentence;
      }
    }
    Sentence sentence = otherwise.tell(subject);
    return sentence == null
        ? new Sentence(subject.title(), subject.title(), "", Set.of(), Set.of())
        : sentence;
  }
}
