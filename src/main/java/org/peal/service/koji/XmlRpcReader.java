package org.peal.service.koji;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads the answer to one call. Document types and entities are refused, limits are kept. */
final class XmlRpcReader {

  private static final XMLInputFactory FACTORY = factory();
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,20}");
  private static final Pattern REAL =
      Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,4})?");

  private final XMLStreamReader xml;
  private final XmlRpcLimits limits;
  private int values;

  private XmlRpcReader(XMLStreamReader xml, XmlRpcLimits limits) {
    this.xml = xml;
    this.limits = limits;
  }

  private static XMLInputFactory factory() {
    // The JDK's own: what else is on the class path does not matter.
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    // From JDK 24 on it is 100 elements; each value in a value takes three of them, and is counted.
    factory.setProperty("jdk.xml.maxElementDepth", "0");
    return factory;
  }

  /**
   * Returns the result.
   *
   * @throws KojiFaultException if the answer is a fault
   * @throws KojiReplyException if it is no answer, or exceeds a limit
   */
  static @Nullable Object reply(byte[] body, XmlRpcLimits limits) {
    if (body.length > limits.maxBytes()) {
      throw new KojiReplyException("larger than " + limits.maxBytes() + " bytes", null);
    }
    try {
      XMLStreamReader xml;
      synchronized (FACTORY) {
        xml = FACTORY.createXMLStreamReader(new ByteArrayInputStream(body));
      }
      try {
        return new XmlRpcReader(xml, limits).response();
      } finally {
        xml.close();
      }
    } catch (XMLStreamException e) {
      throw new KojiReplyException("not an answer in XML-RPC: " + firstLine(e), e);
    }
  }

  private static String firstLine(XMLStreamException problem) {
    return String.valueOf(problem.getMessage())
        .lines()
        .reduce("", (all, line) -> all + " " + line)
        .strip();
  }

  private @Nullable Object response() throws XMLStreamException {
    start("methodResponse");
    xml.nextTag();
    if (isStart("fault")) {
      Object fault = wrapped();
      finish("fault");
      throw fault(fault);
    }
    expectStart("params");
    start("param");
    Object result = wrapped();
    end("param");
    finish("params");
    return result;
  }

  private @Nullable Object wrapped() throws XMLStreamException {
    start("value");
    return value(1);
  }

  /** Checks that the end of {@code last} is all that is left. */
  private void finish(String last) throws XMLStreamException {
    end(last);
    end("methodResponse");
    while (xml.hasNext()) {
      xml.next();
    }
  }

  private static KojiException fault(@Nullable Object value) {
    if (value instanceof Map<?, ?> members
        && members.get("faultCode") instanceof Long code
        && code == code.intValue()) {
      return new KojiFaultException(code.intValue(), String.valueOf(members.get("faultString")));
    }
    return new KojiReplyException("a fault without a number", null);
  }

  /** Reads what is in a value that was begun, and its end. */
  private @Nullable Object value(int depth) throws XMLStreamException {
    if (depth > limits.maxDepth()) {
      throw new KojiReplyException("values nested deeper than " + limits.maxDepth(), null);
    }
    if (++values > limits.maxValues()) {
      throw new KojiReplyException("more than " + limits.maxValues() + " values", null);
    }
    String before = text();
    if (xml.getEventType() == XMLStreamConstants.END_ELEMENT) {
      return before;
    }
    if (!before.isBlank()) {
      throw unexpected();
    }
    Object result = typed(xml.getLocalName(), depth);
    end("value");
    return result;
  }

  private @Nullable Object typed(String type, int depth) throws XMLStreamException {
    return switch (type) {
      case "array" -> array(depth);
      case "struct" -> struct(depth);
      default -> scalar(type, content());
    };
  }

  private @Nullable Object scalar(String type, String content) {
    return switch (type) {
      case "string" -> content;
      case "i1", "i2", "i4", "int", "i8" -> integer(content.strip());
      case "boolean" -> truth(content.strip());
      case "double" -> real(content.strip());
      case "nil" -> nil(content.strip());
      case "base64" -> bytes(content);
      case "dateTime.iso8601" -> date(content.strip());
      default -> throw new KojiReplyException("unknown type of value " + type, null);
    };
  }

  private List<@Nullable Object> array(int depth) throws XMLStreamException {
    start("data");
    List<@Nullable Object> items = new ArrayList<>();
    while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
      expectStart("value");
      items.add(value(depth + 1));
    }
    end("array");
    return items;
  }

  private Map<String, @Nullable Object> struct(int depth) throws XMLStreamException {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
      expectStart("member");
      start("name");
      String name = content();
      start("value");
      members.put(name, value(depth + 1));
      end("member");
    }
    return members;
  }

  private static Long integer(String text) {
    if (INTEGER.matcher(text).matches()) {
      BigInteger number = new BigInteger(text);
      if (number.bitLength() < Long.SIZE) {
        return number.longValue();
      }
    }
    throw bad("an integer of at most 64 bits", text);
  }

  private static Boolean truth(String text) {
    return switch (text) {
      case "1" -> true;
      case "0" -> false;
      default -> throw bad("0 or 1", text);
    };
  }

  private static Double real(String text) {
    if (!REAL.matcher(text).matches()) {
      throw bad("a number", text);
    }
    return Double.valueOf(text);
  }

  private static @Nullable Object nil(String text) {
    if (!text.isEmpty()) {
      throw bad("nothing", text);
    }
    return null;
  }

  private static byte[] bytes(String text) {
    try {
      return Base64.getMimeDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw bad("base64", text);
    }
  }

  private static LocalDateTime date(String text) {
    try {
      return LocalDateTime.parse(text, XmlRpcWriter.DATE);
    } catch (DateTimeException e) {
      throw bad("a date like 20190318T11:56:34", text);
    }
  }

  private static KojiReplyException bad(String wanted, String found) {
    String shown = found.length() > 40 ? found.substring(0, 40) + "..." : found;
    return new KojiReplyException("expected " + wanted + ", found '" + shown + "'", null);
  }

  /** Reads the text of an element without children, and its end. */
  private String content() throws XMLStreamException {
    String text = text();
    if (xml.getEventType() != XMLStreamConstants.END_ELEMENT) {
      throw unexpected();
    }
    return text;
  }

  /** Reads text up to the next tag, which becomes the current event. */
  private String text() throws XMLStreamException {
    StringBuilder text = new StringBuilder();
    while (true) {
      switch (xml.next()) {
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            text.append(xml.getText());
        case XMLStreamConstants.COMMENT, XMLStreamConstants.PROCESSING_INSTRUCTION -> {}
        case XMLStreamConstants.START_ELEMENT, XMLStreamConstants.END_ELEMENT -> {
          return text.toString();
        }
        default -> throw unexpected();
      }
    }
  }

  private void start(String name) throws XMLStreamException {
    xml.nextTag();
    expectStart(name);
  }

  private void expectStart(String name) {
    if (!isStart(name)) {
      throw unexpected();
    }
  }

  private boolean isStart(String name) {
    return xml.isStartElement() && xml.getLocalName().equals(name);
  }

  private void end(String name) throws XMLStreamException {
    xml.nextTag();
    if (!xml.isEndElement() || !xml.getLocalName().equals(name)) {
      throw unexpected();
    }
  }

  private KojiReplyException unexpected() {
    String what = xml.hasName() ? "<" + xml.getLocalName() + ">" : "text or a reference";
    int line = xml.getLocation().getLineNumber();
    return new KojiReplyException("unexpected " + what + " in line " + line, null);
  }
}
