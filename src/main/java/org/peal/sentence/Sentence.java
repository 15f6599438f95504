package org.peal.sentence;

import java.util.Set;

/**
 * What one message says to people. Immutable; of bounded size; the texts are not yet safe for a
 * terminal.
 *
 * @param title the topic from its fourth segment on
 * @param subtitle what happened, on one or more lines; not blank as long as the topic is not
 * @param link where to read more, or empty
 * @param users the accounts that the message names
 * @param packages the source packages that the message names
 */
public record Sentence(
    String title, String subtitle, String link, Set<String> users, Set<String> packages) {

  public Sentence {
    users = Set.copyOf(users);
    packages = Set.copyOf(packages);
  }

  /** Returns the title, the subtitle and the link as {@code fedmsg-tail --terse} joins them. */
  public String terse() {
    return title + " -- " + subtitle + " " + link;
  }
}
