package org.peal.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.peal.store.StreamId;

/**
 * What a replay server says of its log. Not signed: good for planning, not for proof. Immutable.
 *
 * @param stream the log's identity
 * @param first the sequence id of the oldest message that is still there, last + 1 if there is none
 * @param last the sequence id of the newest message, 0 if there never was one
 * @param oldest the time of the oldest message that is still there
 * @param retention how long messages are kept at least; empty if age does not end them or the
 *     server does not say
 */
public record LogState(
    StreamId stream,
    long first,
    long last,
    Optional<Instant> oldest,
    Optional<Duration> retention) {}
