package org.peal.stream;

/**
 * What was counted while streams were followed. Immutable.
 *
 * @param gaps gaps that were found
 * @param filled messages that filled gaps or were found behind the last live one
 * @param lost messages that were reported as lost for certain
 * @param late messages that came after what follows them, having been passed over
 * @param open messages that were passed over and are still asked for, now
 * @param duplicates messages that had come before
 * @param rolledBack times that a publisher's log went back
 * @param dropped held messages that were dropped for want of room, to be fetched again
 * @param questions questions put to publishers' logs
 * @param held messages that wait behind gaps now
 */
public record StreamCounters(
    long gaps,
    long filled,
    long lost,
    long late,
    long open,
    long duplicates,
    long rolledBack,
    long dropped,
    long questions,
    int held) {}
