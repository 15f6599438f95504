package org.peal.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/** One step of a path. Immutable. */
sealed interface Step {

  /** Returns the value that the step leads to, or the missing node. */
  JsonNode from(JsonNode value);

  String text();

  /** To a member of an object. */
  record Member(String name) implements Step {
    @Override
    public JsonNode from(JsonNode value) {
      return value.path(name);
    }

    @Override
    public String text() {
      return Lexer.isWord(name) ? "." + name : "[" + Literal.of(name).text() + "]";
    }
  }

  /** To an element of an array, counted from 0. */
  record Element(int index) implements Step {
    @Override
    public JsonNode from(JsonNode value) {
      return value.path(index);
    }

    @Override
    public String text() {
      return "[" + index + "]";
    }
  }

  /** To every element of an array; the path sees to the rest. */
  record Each() implements Step {
    @Override
    public JsonNode from(JsonNode value) {
      return MissingNode.getInstance();
    }

    @Override
    public String text() {
      return "[]";
    }
  }
}
