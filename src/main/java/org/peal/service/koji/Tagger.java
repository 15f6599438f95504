package org.peal.service.koji;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a tag on a build once: not when the build has it, not while an own task is to put it
 * there, and not again when the reply was lost. As thread-safe as its hub; two of them that work
 * for the same user at the same time may still ask twice, of which the second task fails as already
 * tagged.
 */
public final class Tagger {

  private static final String METHOD = "tagBuild";

  /** Own tasks that are looked through; more than a hub lets one user have at a time. */
  private static final int MOST_TASKS = 1000;

  /** How far the clock of the hub may be behind ours. */
  private static final Duration CLOCKS = Duration.ofMinutes(10);

  private final Koji koji;
  private final InstantSource clock;
  private volatile @Nullable Long user;

  /** Works with this hub. */
  public Tagger(Koji koji, InstantSource clock) {
    this.koji = koji;
    this.clock = clock;
  }

  /**
   * Sees to it that a tag is or will be on a build.
   *
   * @throws KojiException if the hub refuses or cannot be asked; of these {@link
   *     KojiLostReplyException} means that the hub may have been asked, and the next call of this
   *     method finds out
   */
  public TagRequest request(String tag, String nvr) {
    if (koji.tagsOf(nvr).stream().anyMatch(had -> had.name().equals(tag))) {
      return new TagRequest.AlreadyTagged();
    }
    Optional<Task> pending = pending(tag, nvr);
    if (pending.isPresent()) {
      return new TagRequest.Pending(pending.get().id());
    }
    Instant start = clock.instant();
    long newest = newestTask();
    try {
      return new TagRequest.Requested(koji.tagBuild(tag, nvr), false);
    } catch (KojiLostReplyException e) {
      long task = lost(tag, nvr, start, newest).map(Task::id).orElseThrow(() -> e);
      return new TagRequest.Requested(task, true);
    }
  }

  /** Returns an own task that is still to put a tag on a build. */
  public Optional<Task> pending(String tag, String nvr) {
    return find(tag, nvr, Set.copyOf(TaskState.UNFINISHED), Optional.empty(), 0);
  }

  /**
   * Returns the newest own task for a tag on a build that was asked for since a moment.
   *
   * @param newest number of the newest own task at that moment, 0 if that is not known
   */
  public Optional<Task> lost(String tag, String nvr, Instant start, long newest) {
    return find(tag, nvr, Set.of(), Optional.of(start.minus(CLOCKS)), newest);
  }

  /** Returns the number of the newest own task, 0 for none: later ones are newer. */
  private long newestTask() {
    TaskQuery query =
        new TaskQuery(OptionalLong.of(user()), Optional.of(METHOD), Set.of(), Optional.empty(), 1);
    return koji.tasks(query).stream().mapToLong(Task::id).findFirst().orElse(0);
  }

  private Optional<Task> find(
      String tag, String nvr, Set<TaskState> states, Optional<Instant> after, long newest) {
    Optional<Tag> knownTag = koji.tag(tag);
    Optional<Build> knownBuild = koji.build(nvr);
    if (knownTag.isEmpty() || knownBuild.isEmpty()) {
      return Optional.empty();
    }
    OptionalLong owner = OptionalLong.of(user());
    TaskQuery query = new TaskQuery(owner, Optional.of(METHOD), states, after, MOST_TASKS);
    return koji.tasks(query).stream()
        .filter(task -> task.id() > newest)
        .filter(task -> isFor(task, knownTag.get(), knownBuild.get()))
        .findFirst();
  }

  private static boolean isFor(Task task, Tag tag, Build build) {
    return task.request().size() >= 2
        && names(task.request().get(0), tag.id(), tag.name())
        && names(task.request().get(1), build.id(), build.nvr());
  }

  private static boolean names(@Nullable Object argument, long id, String name) {
    return name.equals(argument) || Long.valueOf(id).equals(argument);
  }

  private long user() {
    Long known = user;
    if (known == null) {
      known =
          koji.loggedInUser()
              .orElseThrow(
                  () -> new KojiLoginException("the hub knows no user of this session", null))
              .id();
      user = known;
    }
    return known;
  }
}
