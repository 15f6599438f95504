package org.peal.endpoint;

/**
 * A publisher's address, and who says so. Immutable.
 *
 * @param name the service's name
 * @param address where to connect to
 * @param from for people: a file with its line, or a set of SRV records
 */
public record KnownEndpoint(String name, Endpoint address, String from) {}
