package org.peal.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** Reads YAML within fixed limits; a text cannot cost more memory or time than they allow. */
final class YamlReader {

  static final int MAX_BYTES = 1 << 20;
  static final int MAX_DEPTH = 50;
  static final int MAX_ALIASES = 50;

  private final Place source;

  YamlReader(Place source) {
    this.source = source;
  }

  static YamlTree read(Path file) {
    Place place = Place.of(file);
    return new YamlReader(place).parse(decode(bytes(file, place, MAX_BYTES), place));
  }

  YamlTree parse(String text) {
    Node root = compose(JsonAsYaml.prepare(text), ParserImpl::new, new Resolver(), MAX_BYTES);
    return root == null ? new YamlTree.Scalar(null, "", source) : new YamlNodes(source).tree(root);
  }

  /**
   * Returns the only document of a text, or null when there is none.
   *
   * @param parsers makes what reads the text
   * @param resolver what gives plain scalars their types
   * @param maxCodePoints how long the text may be
   */
  @Nullable Node compose(
      String text,
      BiFunction<StreamReader, LoaderOptions, Parser> parsers,
      Resolver resolver,
      int maxCodePoints) {
    LoaderOptions limits = limits(maxCodePoints);
    StreamReader reader = null;
    try {
      reader = new StreamReader(text);
      return new Composer(parsers.apply(reader, limits), resolver, limits).getSingleNode();
    } catch (MarkedYAMLException e) {
      throw problem(place(e.getProblemMark()), explain(e));
    } catch (ReaderException e) {
      throw problem(
          place(text, e.getPosition()),
          "character U+%04X is not allowed in YAML".formatted(e.getCodePoint()));
    } catch (YAMLException e) {
      // Breaches of the library's limits have no mark; they are where reading stopped.
      throw problem(
          reader == null ? source : source.at(reader.getLine() + 1, reader.getColumn() + 1),
          uncapitalised(String.valueOf(e.getMessage())));
    }
  }

  private static LoaderOptions limits(int maxCodePoints) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(maxCodePoints);
    // Ours comes first and knows the place; the library's only keeps its recursion bounded.
    options.setNestingDepthLimit(2 * MAX_DEPTH);
    options.setMaxAliasesForCollections(MAX_ALIASES);
    options.setAllowDuplicateKeys(false);
    options.setAllowRecursiveKeys(false);
    return options;
  }

  static byte[] bytes(Path file, Place place, int max) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(max + 1);
      if (bytes.length > max) {
        throw problem(place, "file must have at most " + max + " bytes");
      }
      return bytes;
    } catch (IOException e) {
      throw problem(place, explain(file, e));
    }
  }

  static String decode(byte[] bytes, Place place) {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(rest).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw problem(place, "file must be UTF-8: byte " + rest.position() + " is not");
    }
  }

  private static String explain(Path file, IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    return Files.isDirectory(file) ? "must be a file, but is a folder" : "cannot be read: " + e;
  }

  private static String explain(MarkedYAMLException e) {
    String problem = uncapitalised(String.valueOf(e.getProblem()));
    return e.getContext() == null ? problem : problem + " " + e.getContext();
  }

  private static String uncapitalised(String text) {
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }

  private Place place(@Nullable Mark mark) {
    return mark == null ? source : at(source, mark);
  }

  private Place place(String text, int index) {
    String before = text.substring(0, Math.min(index, text.length()));
    int line = (int) before.chars().filter(c -> c == '\n').count();
    String lastLine = before.substring(before.lastIndexOf('\n') + 1);
    return source.at(line + 1, lastLine.codePointCount(0, lastLine.length()) + 1);
  }

  static Place at(Place source, Mark mark) {
    return source.at(mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static ConfigException problem(Place place, String text) {
    return new ConfigException(place, "", text);
  }
}
