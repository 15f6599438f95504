/**
 * Finds out what keeps a node from working, and says what to do about it.
 *
 * <p>{@link org.peal.doctor.Doctor} runs {@link org.peal.doctor.Check}s on a {@link
 * org.peal.doctor.Patient}. Whoever adds a check writes one class and one line in {@code Doctor}.
 * Nothing is published, bound for others to see, or written, besides an empty temporary file.
 */
@NullMarked
package org.peal.doctor;

import org.jspecify.annotations.NullMarked;
