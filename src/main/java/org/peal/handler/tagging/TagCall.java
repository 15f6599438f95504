package org.peal.handler.tagging;

/**
 * One request that Koji gets for a build. Immutable.
 *
 * @param tag the tag to put on
 * @param nvr the build in Koji
 */
public record TagCall(String tag, String nvr) {}
