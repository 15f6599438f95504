/**
 * A client of the Koji build system: its calls, its sessions, its configuration files.
 *
 * <ul>
 *   <li>{@link org.peal.service.koji.KojiProfile} is one section of Koji's own configuration files,
 *       read by {@link org.peal.service.koji.KojiProfiles}.
 *   <li>{@link org.peal.service.koji.KojiSession} logs in, numbers the calls and repeats what may
 *       be repeated; whatever fails is a {@link org.peal.service.koji.KojiException}.
 *   <li>{@link org.peal.service.koji.Koji} has a method for each call of use, {@link
 *       org.peal.service.koji.Tagger} asks for a tag no more than once.
 * </ul>
 *
 * <p>Values travel as Java has them: {@code Long} for all integers, {@code Double}, {@code
 * Boolean}, {@code String}, {@code null}, {@code List}, {@code Map}, {@code byte[]}, and {@code
 * LocalDateTime} for the rare date that is not a text.
 */
@NullMarked
package org.peal.service.koji;

import org.jspecify.annotations.NullMarked;
