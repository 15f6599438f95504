package org.peal.node;

/** The two frames of a message that was accepted. Nobody may change their bytes. */
record PublishedFrames(byte[] topic, byte[] payload) {}
