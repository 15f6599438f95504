package org.peal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.peal.message.Severity;

/** The kind of all messages: any object as body, and headers of the right types. Stateless. */
final class BaseSchema implements MessageSchema {

  static final BaseSchema INSTANCE = new BaseSchema();

  private static final List<String> TEXTS =
      List.of("fedora_messaging_schema", "fedora_messaging_schema_package", "sent-at");
  private static final String SEVERITY = "fedora_messaging_severity";

  private BaseSchema() {}

  @Override
  public String name() {
    return BASE;
  }

  @Override
  public Optional<String> packageName() {
    return Optional.of("fedora_messaging");
  }

  @Override
  public String topic() {
    return "";
  }

  @Override
  public Severity severity() {
    return Severity.INFO;
  }

  @Override
  public boolean isDeprecated() {
    return false;
  }

  @Override
  public Optional<String> problem(ObjectNode headers, ObjectNode body) {
    for (String name : TEXTS) {
      JsonNode value = headers.get(name);
      if (value != null && !value.isTextual()) {
        return Optional.of("header " + name + " must be text: " + value);
      }
    }
    JsonNode severity = headers.get(SEVERITY);
    return severity == null || isSeverity(severity)
        ? Optional.empty()
        : Optional.of("header " + SEVERITY + " must be 10, 20, 30 or 40: " + severity);
  }

  private static boolean isSeverity(JsonNode value) {
    return value.isNumber()
        && value.doubleValue() == value.longValue()
        && Severity.ofNumber(value.longValue()).isPresent();
  }

  @Override
  public List<String> filterHeaders(ObjectNode body) {
    return List.of();
  }

  @Override
  public String summary(String topic, ObjectNode body) {
    return topic;
  }
}
