package org.peal.bus.amqp;

/** The names of the headers that fedora-messaging puts on messages. */
public final class HeaderNames {

  /** The name of the message's kind, text. */
  public static final String SCHEMA = "fedora_messaging_schema";

  /** The package that declares the kind, text. */
  public static final String SCHEMA_PACKAGE = "fedora_messaging_schema_package";

  /** When the message was made, text such as {@code 2026-11-21T06:25:17+00:00}. */
  public static final String SENT_AT = "sent-at";

  /** How grave it is: 10, 20, 30 or 40. */
  public static final String SEVERITY = "fedora_messaging_severity";

  /** A copy of the message's priority, 0 if it has none. */
  public static final String PRIORITY = "priority";

  private HeaderNames() {}
}
