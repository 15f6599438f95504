package org.peal.sentence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Text with fields in it. Immutable.
 *
 * <p>A field without a value leaves the whole template without one, unless it stands in an optional
 * part, which is then left out.
 */
record Template(List<Part> parts) implements Operand {

  Template {
    parts = List.copyOf(parts);
  }

  /** A piece of a template; null stands for a piece that cannot be written. */
  interface Part {
    @Nullable String in(Subject subject);
  }

  /** What is always the same. */
  record Text(String text) implements Part {
    @Override
    public String in(Subject subject) {
      return text;
    }
  }

  /** What the message has to say. */
  record Field(Operand value) implements Part {
    @Override
    public @Nullable String in(Subject subject) {
      List<String> texts = value.in(subject);
      return texts.isEmpty() ? null : Series.of(texts);
    }
  }

  /** What is left out when one of its fields has no value. */
  record Maybe(Template inner) implements Part {
    @Override
    public String in(Subject subject) {
      String text = inner.write(subject);
      return text == null ? "" : text;
    }
  }

  /** Returns the text for a message, or null when a field has no value. */
  @Nullable String write(Subject subject) {
    StringBuilder out = new StringBuilder();
    for (Part part : parts) {
      String text = part.in(subject);
      if (text == null) {
        return null;
      }
      out.append(Limits.cut(text, Limits.TEXT - out.length()));
    }
    return out.toString();
  }

  /** Returns the text, or all texts of a template that is nothing but one field. */
  @Override
  public List<String> in(Subject subject) {
    if (parts.size() == 1 && parts.get(0) instanceof Field field) {
      return field.value().in(subject);
    }
    String text = write(subject);
    return text == null ? List.of() : Limits.one(text);
  }
}
