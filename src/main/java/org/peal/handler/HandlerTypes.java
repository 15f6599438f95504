package org.peal.handler;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.peal.config.ConfigException;
import org.peal.config.Place;

/** The types of handlers that there are, and what makes handlers of them. Immutable. */
public final class HandlerTypes {

  /** A handler that was made, and the terms on which it is to run. */
  public record Made(Handler handler, HandlerTerms terms) {}

  private static final Place CONFIGURATION = Place.named("configuration", Path.of(""));

  private final List<HandlerFactory<?>> factories;

  private HandlerTypes(List<HandlerFactory<?>> factories) {
    this.factories = factories;
  }

  /**
   * Finds the types that come with Peal, and those of some jar files.
   *
   * @throws ConfigException if a jar file is missing or what is in it is not as it should be
   */
  public static HandlerTypes in(List<Path> jars) {
    ClassLoader own = HandlerTypes.class.getClassLoader();
    ClassLoader loader =
        jars.isEmpty()
            ? own
            : new URLClassLoader(jars.stream().map(HandlerTypes::url).toArray(URL[]::new), own);
    List<HandlerFactory<?>> found = new ArrayList<>();
    try {
      for (HandlerFactory<?> factory : ServiceLoader.load(HandlerFactory.class, loader)) {
        found.add(factory);
      }
    } catch (ServiceConfigurationError | LinkageError e) {
      throw problem("handlers", "a type of handlers cannot be loaded: " + e.getMessage());
    }
    found.sort(Comparator.comparing(HandlerFactory::type));
    return new HandlerTypes(List.copyOf(found));
  }

  private static URL url(Path jar) {
    if (!Files.isReadable(jar)) {
      throw problem("handlers", "jar file cannot be read: " + jar);
    }
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException("every path is a file URL: " + jar, e);
    }
  }

  private static ConfigException problem(String key, String text) {
    return new ConfigException(CONFIGURATION, key, text);
  }

  /** Returns all types, by name. */
  public List<HandlerFactory<?>> all() {
    return factories;
  }

  /** Returns a type by its name. */
  public Optional<HandlerFactory<?>> find(String type) {
    return factories.stream()
        .<HandlerFactory<?>>map(factory -> factory)
        .filter(factory -> factory.type().equals(type))
        .findFirst();
  }

  /**
   * Makes the handler of a section of the configuration.
   *
   * @param window messages from longer ago go to review
   * @throws ConfigException if there is no such type, or its settings are no good
   */
  public static Made make(String name, HandlerConfig config, Duration window, InstantSource clock) {
    HandlerTypes types = in(config.jars());
    HandlerFactory<?> factory =
        types
            .find(config.typeOf(name))
            .orElseThrow(
                () ->
                    problem(
                        "handlers." + name + ".type",
                        "no such type of handlers: \"%s\" (there are: %s)"
                            .formatted(config.typeOf(name), types.names())));
    Handler handler = create(factory, name, config, clock);
    return new Made(handler, config.terms(name, handler, window));
  }

  private static <S extends Record> Handler create(
      HandlerFactory<S> factory, String name, HandlerConfig config, InstantSource clock) {
    S settings = config.settings().bind(factory.settings(), "handlers." + name + ".settings");
    return factory.create(new HandlerSetup<>(name, settings, clock));
  }

  private String names() {
    return String.join(", ", factories.stream().map(HandlerFactory::type).toList());
  }
}
