package org.peal.stream;

/**
 * A message's stream and its place there, by its own account. Immutable.
 *
 * @param stream the identity of the publisher's log; for publishers that do not tell it, the name
 *     of their endpoint
 * @param publisher the name under which the endpoint map lists the publisher
 */
record Numbered(String stream, String publisher, Place place) {}
