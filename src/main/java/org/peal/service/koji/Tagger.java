package org.peal.service.koji;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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
   * Begins a round of requests: looks, in one call, at what the hub knows of builds and tags.
   *
   * @throws KojiException if the hub cannot be asked
   */
  public TagRound round(List<String> nvrs, List<String> tags) {
    return new TagRound(this, clock.instant(), nvrs, tags);
  }

  /** Sees to it that one tag is or will be on one build, in a round of its own. */
  public TagRequest request(String tag, String nvr) {
    return round(List.of(nvr), List.of(tag)).request(tag, nvr);
  }

  /**
   * Returns the newest own task for a tag on a build that was asked for since a moment.
   *
   * @param newest number of the newest own task at that moment, 0 if that is not known
   */
  public Optional<Task> lost(String tag, String nvr, Instant start, long newest) {
    Optional<Tag> knownTag = koji.tag(tag);
    Optional<Build> knownBuild = koji.build(nvr);
    if (knownTag.isEmpty() || knownBuild.isEmpty()) {
      return Optional.empty();
    }
    TaskQuery query = own(Set.of(), Optional.of(start.minus(CLOCKS)), MOST_TASKS);
    return koji.tasks(query).stream()
        .filter(task -> task.id() > newest)
        .filter(task -> isFor(task, knownTag.get(), knownBuild.get()))
        .findFirst();
  }

  /** Returns the question for own tasks that are still to be carried out. */
  TaskQuery unfinished() {
    return own(Set.copyOf(TaskState.UNFINISHED), Optional.empty(), MOST_TASKS);
  }

  /** Returns the question for the newest own task: those with higher numbers are newer. */
  TaskQuery newest() {
    return own(Set.of(), Optional.empty(), 1);
  }

  private TaskQuery own(Set<TaskState> states, Optional<Instant> after, int limit) {
    return new TaskQuery(OptionalLong.of(user()), Optional.of(METHOD), states, after, limit);
  }

  /** Puts questions to the hub, as few calls as it allows. */
  List<Outcome> all(List<KojiCall> calls) {
    List<Outcome> answers = new ArrayList<>();
    for (int from = 0; from < calls.size(); from += Koji.MOST_CALLS) {
      answers.addAll(koji.all(calls.subList(from, Math.min(calls.size(), from + Koji.MOST_CALLS))));
    }
    return answers;
  }

  long tagBuild(String tag, String nvr) {
    return koji.tagBuild(tag, nvr);
  }

  static boolean isFor(Task task, Tag tag, Build build) {
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
