package org.peal.testing;

import static net.bytebuddy.matcher.ElementMatchers.named;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;

/**
 * Lets a Java process see another time of day, which a file says and may change while it runs. Only
 * what asks {@code java.time} is deceived; waits are not. Loaded by {@code -javaagent}.
 */
public final class ClockAgent {

  private static final String OFFSET = "peal.test.clock.offset";
  private static final Duration LOOK = Duration.ofMillis(50);

  private ClockAgent() {}

  /** The code that goes into the JDK's clock; it may only use what the JDK's own code sees. */
  static final class Shift {
    private Shift() {}

    @Advice.OnMethodExit
    static void shift(@Advice.Return(readOnly = false) Instant now) {
      now = now.plusSeconds(Long.getLong("peal.test.clock.offset", 0));
    }
  }

  /** Changes the clock before the program starts; the argument is the file. */
  public static void premain(String file, Instrumentation instrumentation) {
    Path path = Path.of(file);
    read(path);
    new AgentBuilder.Default(new ByteBuddy())
        .disableClassFormatChanges()
        .with(AgentBuilder.RedefinitionStrategy.RETRANSFORMATION)
        .ignore(type -> false)
        .type(named(Clock.class.getName()))
        .transform(
            (builder, type, loader, module, domain) ->
                builder.visit(Advice.to(Shift.class).on(named("currentInstant"))))
        .installOn(instrumentation);
    Thread follower = new Thread(() -> follow(path), "clock-agent");
    follower.setDaemon(true);
    follower.start();
  }

  private static void follow(Path file) {
    while (true) {
      LockSupport.parkNanos(LOOK.toNanos());
      read(file);
    }
  }

  private static void read(Path file) {
    try {
      System.setProperty(OFFSET, Files.readString(file).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes the jar that {@code -javaagent} wants; it refers to this test's own classes.
   *
   * @param folder where to put it
   */
  public static Path jar(Path folder) {
    Attributes attributes = new Attributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(new Attributes.Name("Premain-Class"), ClockAgent.class.getName());
    attributes.put(new Attributes.Name("Can-Retransform-Classes"), "true");
    attributes.put(
        Attributes.Name.CLASS_PATH, origin(ClockAgent.class) + " " + origin(ByteBuddy.class));
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().putAll(attributes);
    Path jar = folder.resolve("clock-agent.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      out.putNextEntry(new JarEntry("empty"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return jar;
  }

  private static String origin(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().toString();
  }
}
