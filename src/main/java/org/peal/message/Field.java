package org.peal.message;

/** The names of an envelope's own members. */
final class Field {

  static final String TOPIC = "topic";
  static final String BODY = "msg";
  static final String TIMESTAMP = "timestamp";
  static final String MESSAGE_ID = "msg_id";
  static final String COUNTER = "i";
  static final String USERNAME = "username";
  static final String HEADERS = "headers";
  static final String SEQUENCE_ID = "seq_id";

  private Field() {}
}
