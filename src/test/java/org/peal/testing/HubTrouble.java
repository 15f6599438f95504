package org.peal.testing;

/** What a {@link FakeHub} does to one call instead of answering it well. */
public sealed interface HubTrouble {

  /** Answers well. */
  record None() implements HubTrouble {}

  /** Refuses without doing anything. */
  record Fault(int code, String text) implements HubTrouble {}

  /** Answers by HTTP status, after the call was carried out or not. */
  record Status(int code, boolean carriedOut) implements HubTrouble {}

  /** Closes the connection without an answer, after the call was carried out or not. */
  record Cut(boolean carriedOut) implements HubTrouble {}

  /** Answers with this text, after the call was carried out or not. */
  record Garbage(String text, boolean carriedOut) implements HubTrouble {}

  /** Carries the call out and never answers. */
  record Silence() implements HubTrouble {}

  /** Ends the session before it looks at the call: it can be renewed. */
  record Expiry() implements HubTrouble {}

  /** Forgets the session before it looks at the call: it cannot be renewed. */
  record Amnesia() implements HubTrouble {}
}
