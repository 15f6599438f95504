package org.peal.bench;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A request of XML-RPC as far as the stand-in for a hub looks at it. Immutable.
 *
 * @param isCombined whether it is a {@code multiCall}
 * @param calls the call, or those that are combined
 */
record HubRequest(boolean isCombined, List<Call> calls) {

  private static final String COMBINED = "multiCall";
  private static final String METHOD = "methodName";

  /**
   * One call. Immutable.
   *
   * @param names of all members among its arguments, however deep
   * @param texts all texts among its arguments, however deep
   */
  record Call(String method, List<String> names, List<String> texts) {}

  HubRequest {
    calls = List.copyOf(calls);
  }

  /** Reads a request. */
  static HubRequest of(byte[] request) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(request));
    List<Call> calls = new ArrayList<>();
    while (reader.hasNext()) {
      if (reader.next() == XMLStreamConstants.START_ELEMENT) {
        take(reader, calls);
      }
    }
    boolean isCombined = calls.get(0).method().equals(COMBINED);
    return new HubRequest(isCombined, isCombined ? calls.subList(1, calls.size()) : calls);
  }

  private static void take(XMLStreamReader reader, List<Call> calls) throws XMLStreamException {
    switch (reader.getLocalName()) {
      case METHOD -> calls.add(begun(reader.getElementText()));
      case "name" -> last(calls).names().add(reader.getElementText());
      case "string" -> {
        Call call = last(calls);
        String text = reader.getElementText();
        boolean isMethod = !call.names().isEmpty() && last(call.names()).equals(METHOD);
        if (isMethod) {
          call.names().remove(call.names().size() - 1);
          calls.add(begun(text));
        } else {
          call.texts().add(text);
        }
      }
      default -> {}
    }
  }

  private static Call begun(String method) {
    return new Call(method, new ArrayList<>(), new ArrayList<>());
  }

  private static <T> T last(List<T> all) {
    return all.get(all.size() - 1);
  }
}
