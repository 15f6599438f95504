package org.peal.service.koji;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a call as XML-RPC with Koji's additions, nil and integers of eight bytes, in the layout of
 * Koji's own client.
 *
 * <p>One difference is on purpose: a carriage return is written as a reference, since a parser
 * turns a bare one into a line feed.
 */
final class XmlRpcWriter {

  static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd'T'HH:mm:ss");

  /** Deeper than any call; a structure that holds itself ends here. */
  private static final int MAX_DEPTH = XmlRpcLimits.REPLY.maxDepth();

  private final StringBuilder out = new StringBuilder();

  private XmlRpcWriter() {}

  /**
   * Returns the body of a call.
   *
   * @throws KojiRequestException if a value has no form in XML-RPC, or the body is too large
   */
  static byte[] call(String method, List<? extends @Nullable Object> params) {
    XmlRpcWriter writer = new XmlRpcWriter();
    writer.out.append("<?xml version='1.0'?>\n<methodCall>\n<methodName>");
    writer.text(method);
    writer.out.append("</methodName>\n");
    writer.params(params);
    writer.out.append("</methodCall>\n");
    byte[] body = writer.out.toString().getBytes(StandardCharsets.UTF_8);
    if (body.length > XmlRpcLimits.MAX_REQUEST_BYTES) {
      throw new KojiRequestException(
          method + " has " + body.length + " bytes, a hub takes " + XmlRpcLimits.MAX_REQUEST_BYTES);
    }
    return body;
  }

  /** Returns the part of a call that holds its arguments. */
  static String paramsOf(List<? extends @Nullable Object> params) {
    XmlRpcWriter writer = new XmlRpcWriter();
    writer.params(params);
    return writer.out.toString();
  }

  private void params(List<? extends @Nullable Object> params) {
    out.append("<params>\n");
    for (Object param : params) {
      out.append("<param>\n");
      value(param, 1);
      out.append("</param>\n");
    }
    out.append("</params>\n");
  }

  private void value(@Nullable Object value, int depth) {
    if (depth > MAX_DEPTH) {
      throw new KojiRequestException("values nested deeper than " + MAX_DEPTH);
    }
    out.append("<value>");
    if (value == null) {
      // Koji's client breaks no line after this one.
      out.append("<nil/></value>");
      return;
    }
    typed(value, depth);
    out.append("</value>\n");
  }

  private void typed(Object value, int depth) {
    if (value instanceof String text) {
      string(text);
    } else if (value instanceof Boolean truth) {
      element("boolean", truth ? "1" : "0");
    } else if (value instanceof Integer || value instanceof Long) {
      integer(((Number) value).longValue());
    } else if (value instanceof Double number) {
      real(number);
    } else if (value instanceof List<?> list) {
      array(list, depth);
    } else if (value instanceof Map<?, ?> map) {
      struct(map, depth);
    } else if (value instanceof byte[] bytes) {
      element("base64", Base64.getEncoder().encodeToString(bytes));
    } else if (value instanceof LocalDateTime date) {
      element("dateTime.iso8601", DATE.format(date));
    } else {
      throw new KojiRequestException("no form in XML-RPC for a " + value.getClass().getName());
    }
  }

  private void integer(long number) {
    element(number == (int) number ? "int" : "i8", Long.toString(number));
  }

  private void real(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      throw new KojiRequestException("no form in XML-RPC for " + number);
    }
    element("double", BigDecimal.valueOf(number).toPlainString());
  }

  private void string(String text) {
    out.append("<string>");
    text(text);
    out.append("</string>");
  }

  private void array(List<?> list, int depth) {
    out.append("<array><data>\n");
    for (Object item : list) {
      value(item, depth + 1);
    }
    out.append("</data></array>");
  }

  private void struct(Map<?, ?> map, int depth) {
    out.append("<struct>\n");
    for (Map.Entry<?, ?> member : map.entrySet()) {
      if (!(member.getKey() instanceof String name)) {
        throw new KojiRequestException("the name of a member is not text: " + member.getKey());
      }
      out.append("<member>\n<name>");
      text(name);
      out.append("</name>\n");
      value(member.getValue(), depth + 1);
      out.append("</member>\n");
    }
    out.append("</struct>");
  }

  private void element(String type, String content) {
    out.append('<').append(type).append('>').append(content);
    out.append("</").append(type).append('>');
  }

  private void text(String text) {
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '\r' -> out.append("&#13;");
        default -> out.appendCodePoint(checked(c));
      }
    }
  }

  private static int checked(int c) {
    boolean control = c < ' ' && c != '\t' && c != '\n';
    boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    if (control || surrogate || c == 0xFFFE || c == 0xFFFF) {
      throw new KojiRequestException(String.format("XML cannot hold the character U+%04X", c));
    }
    return c;
  }
}
