package org.peal.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * The hub's side of XML-RPC, by another way than that of the client under test: requests through a
 * DOM, replies by plain concatenation.
 */
public final class XmlRpcDom {

  private XmlRpcDom() {}

  /** A request as a hub reads it. */
  public record Request(String method, List<@Nullable Object> params) {}

  /** Reads a request. */
  public static Request request(byte[] body) {
    try {
      Element call =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new ByteArrayInputStream(body))
              .getDocumentElement();
      List<@Nullable Object> params = new ArrayList<>();
      for (Element param : children(child(call, "params"))) {
        params.add(value(child(param, "value")));
      }
      return new Request(child(call, "methodName").getTextContent(), params);
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new IllegalArgumentException("not a request", e);
    }
  }

  private static @Nullable Object value(Element value) {
    List<Element> typed = children(value);
    if (typed.isEmpty()) {
      return value.getTextContent();
    }
    Element content = typed.get(0);
    String text = content.getTextContent();
    return switch (content.getTagName()) {
      case "string" -> text;
      case "int", "i8" -> Long.valueOf(text);
      case "boolean" -> text.equals("1");
      case "double" -> Double.valueOf(text);
      case "nil" -> null;
      case "base64" -> Base64.getDecoder().decode(text);
      case "array" -> array(content);
      case "struct" -> struct(content);
      default -> throw new IllegalArgumentException(content.getTagName());
    };
  }

  private static List<@Nullable Object> array(Element array) {
    List<@Nullable Object> items = new ArrayList<>();
    children(child(array, "data")).forEach(item -> items.add(value(item)));
    return items;
  }

  private static Map<String, @Nullable Object> struct(Element struct) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (Element member : children(struct)) {
      members.put(child(member, "name").getTextContent(), value(child(member, "value")));
    }
    return members;
  }

  private static Element child(Element parent, String name) {
    return children(parent).stream()
        .filter(element -> element.getTagName().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no " + name));
  }

  private static List<Element> children(Element parent) {
    List<Element> found = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        found.add(element);
      }
    }
    return found;
  }

  /** Writes a result. */
  public static String result(@Nullable Object value) {
    return response("<params><param>" + written(value) + "</param></params>");
  }

  /** Writes a fault. */
  public static String fault(int code, String text) {
    return response("<fault>" + written(faultMembers(code, text)) + "</fault>");
  }

  /** Returns what a fault holds. */
  public static Map<String, Object> faultMembers(int code, String text) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("faultCode", code);
    members.put("faultString", text);
    return members;
  }

  private static String response(String content) {
    return "<?xml version='1.0'?>\n<methodResponse>" + content + "</methodResponse>\n";
  }

  private static String written(@Nullable Object value) {
    StringBuilder out = new StringBuilder("<value>");
    if (value == null) {
      out.append("<nil/>");
    } else if (value instanceof Boolean truth) {
      out.append("<boolean>").append(truth ? 1 : 0).append("</boolean>");
    } else if (value instanceof Number && !(value instanceof Double)) {
      out.append("<i8>").append(value).append("</i8>");
    } else if (value instanceof Double) {
      out.append("<double>").append(value).append("</double>");
    } else if (value instanceof List<?> list) {
      out.append("<array><data>");
      list.forEach(item -> out.append(written(item)));
      out.append("</data></array>");
    } else if (value instanceof Map<?, ?> map) {
      out.append("<struct>");
      map.forEach(
          (name, member) ->
              out.append("<member><name>" + name + "</name>" + written(member) + "</member>"));
      out.append("</struct>");
    } else {
      String text = value.toString().replace("&", "&amp;").replace("<", "&lt;");
      out.append("<string>").append(text).append("</string>");
    }
    return out.append("</value>").toString();
  }
}
