package org.peal.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** The project of {@code docs/handlers.md}, compiled as it stands there. */
public final class HandlerTemplate {

  private static final Path DOCUMENT = Path.of("docs/handlers.md");
  private static final Pattern FILE =
      Pattern.compile(
          "^`(src/main/\\S+)`\n\n```\\w*\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final String JAVA = "src/main/java/";
  private static final String RESOURCES = "src/main/resources/";

  private HandlerTemplate() {}

  /** Compiles the project and returns its jar. */
  public static Path jar(Path folder) {
    try {
      return made(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path made(Path folder) throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    List<String> arguments =
        new ArrayList<>(List.of("--release", "17", "-Xlint:all", "-Werror", "-proc:none", "-cp"));
    arguments.add(System.getProperty("java.class.path"));
    arguments.addAll(List.of("-d", classes.toString()));
    for (Map.Entry<String, String> file : files().entrySet()) {
      boolean isJava = file.getKey().startsWith(JAVA);
      Path target =
          isJava
              ? folder.resolve(file.getKey())
              : classes.resolve(file.getKey().substring(RESOURCES.length()));
      Files.createDirectories(target.getParent());
      Files.writeString(target, file.getValue());
      if (isJava) {
        arguments.add(target.toString());
      }
    }
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, System.err, arguments.toArray(String[]::new));
    assertThat(status).as("the project of %s compiles", DOCUMENT).isZero();
    return jar(classes, folder.resolve("count.jar"));
  }

  private static Map<String, String> files() throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    Matcher matcher = FILE.matcher(Files.readString(DOCUMENT));
    while (matcher.find()) {
      files.put(matcher.group(1), matcher.group(2));
    }
    assertThat(files).as("files in %s", DOCUMENT).hasSize(4);
    return files;
  }

  private static Path jar(Path classes, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
    return jar;
  }
}
