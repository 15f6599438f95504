package org.peal.bus;

/**
 * By which way a message came. Immutable.
 *
 * @param name the endpoint's name in the endpoint map, or a role such as {@code relay-in}
 * @param address the transport address that was connected to or bound
 */
public record Origin(String name, String address) {}
