package org.peal.bus.zmq;

/**
 * How a responder fares. Immutable.
 *
 * @param questions questions that were handed on
 * @param answers answers given to ZeroMQ
 * @param misshapen messages that are no question: without the envelope of a REQ socket
 * @param slow peers that were dropped because they did not take their answers
 * @param impatient peers that were dropped because they asked on and on without taking answers
 * @param unsentBytes answers that wait for their readers
 * @param peers the connections
 */
public record ResponderStatus(
    long questions,
    long answers,
    long misshapen,
    long slow,
    long impatient,
    long unsentBytes,
    PeerCounters peers) {}
