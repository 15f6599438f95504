package org.peal.config;

import java.nio.file.Path;

/**
 * Where a value was said: a position in a file, an environment variable or the command line.
 * Immutable.
 *
 * @param source the file's path, {@code environment PEAL_X} or {@code command line}
 * @param line from 1; 0 stands for the whole file, -1 for a source that has no lines
 * @param column in code points from 1, or as {@code line}
 * @param folder what a relative path said here starts from
 */
public record Place(String source, int line, int column, Path folder) {

  /** Returns the place that stands for the whole of a file. */
  public static Place of(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return new Place(file.toString(), 0, 0, folder == null ? file.toAbsolutePath() : folder);
  }

  /** Returns the place that stands for a source without lines, such as an environment variable. */
  public static Place named(String source, Path folder) {
    return new Place(source, -1, -1, folder);
  }

  /** Returns the place that stands for the whole of a text that is not in a file. */
  public static Place at(String source) {
    return new Place(source, 0, 0, Path.of("").toAbsolutePath());
  }

  /** Returns a position in the same source; a source without lines stays as it is. */
  Place at(int line, int column) {
    return this.line < 0 ? this : new Place(source, line, column, folder);
  }

  /** Returns {@code source:line}, or only the source when it has no lines. */
  public String withoutColumn() {
    return line < 1 ? source : source + ":" + line;
  }

  /** Returns {@code source:line:column}, or only the source when it has no lines. */
  @Override
  public String toString() {
    return line < 1 ? source : source + ":" + line + ":" + column;
  }
}
