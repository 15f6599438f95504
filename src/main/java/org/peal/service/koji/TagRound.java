package org.peal.service.koji;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Requests for some tags on some builds, after one look at what the hub knows of them. What others
 * ask for after the look is not seen, so a round is meant for one message. For one thread.
 */
public final class TagRound {

  private record Pair(String tag, String nvr) {}

  /** What the hub says to one question: a value, or the fault that it refuses it with. */
  private record Said<T>(@Nullable T value, Outcome.@Nullable Fault fault) {

    static <T> Said<T> of(Outcome outcome, Function<@Nullable Object, @Nullable T> reader) {
      return outcome instanceof Outcome.Value found
          ? new Said<>(reader.apply(found.value()), null)
          : new Said<>(null, (Outcome.Fault) outcome);
    }

    @Nullable T get() {
      if (fault != null) {
        throw new KojiFaultException(fault.code(), fault.text());
      }
      return value;
    }
  }

  private final Tagger tagger;
  private final Instant start;
  private final Map<String, Said<List<String>>> tagsOf = new HashMap<>();
  private final Map<String, Said<Tag>> tags = new HashMap<>();
  private final Map<String, Said<Build>> builds = new HashMap<>();
  private final Map<Pair, Long> asked = new HashMap<>();
  private final List<Task> unfinished;
  private final long newest;

  /** Looks; for {@link Tagger}. */
  TagRound(Tagger tagger, Instant start, List<String> nvrs, List<String> wanted) {
    this.tagger = tagger;
    this.start = start;
    List<KojiCall> calls = new ArrayList<>();
    nvrs.forEach(nvr -> calls.add(listTags(nvr)));
    nvrs.forEach(nvr -> calls.add(KojiCall.reading("getBuild", nvr)));
    wanted.forEach(tag -> calls.add(KojiCall.reading("getTag", tag)));
    calls.add(tagger.unfinished().call());
    calls.add(tagger.newest().call());
    List<Outcome> answers = tagger.all(calls);
    int at = 0;
    for (String nvr : nvrs) {
      tagsOf.put(nvr, Said.of(answers.get(at++), TagRound::names));
    }
    for (String nvr : nvrs) {
      builds.put(nvr, Said.of(answers.get(at++), found -> one("getBuild", found, Build::of)));
    }
    for (String tag : wanted) {
      tags.put(tag, Said.of(answers.get(at++), found -> one("getTag", found, Tag::of)));
    }
    unfinished = tasks(answers.get(at++));
    newest = tasks(answers.get(at)).stream().mapToLong(Task::id).findFirst().orElse(0);
  }

  private static KojiCall listTags(String nvr) {
    return KojiCall.reading("listTags", KojiCall.named(Map.of("build", nvr)));
  }

  private static List<String> names(@Nullable Object found) {
    return Members.each("listTags", found, Tag::of).stream().map(Tag::name).toList();
  }

  private static <T> @Nullable T one(
      String what, @Nullable Object found, Function<Members, T> maker) {
    return found == null ? null : maker.apply(Members.of(what, found));
  }

  private static List<Task> tasks(Outcome answer) {
    List<Task> found = Said.of(answer, value -> Members.each("listTasks", value, Task::of)).get();
    return found == null ? List.of() : found;
  }

  /** Tells whether the hub has a build of those that were looked for. */
  public boolean hasBuild(String nvr) {
    return known(builds, nvr).isPresent();
  }

  /**
   * Sees to it that a tag is or will be on a build; both are of those that were looked for.
   *
   * @throws KojiException if the hub refuses or cannot be asked; of these {@link
   *     KojiLostReplyException} means that the hub may have been asked, and another round finds out
   */
  public TagRequest request(String tag, String nvr) {
    Said<List<String>> had = tagsOf.get(nvr);
    List<String> names = had == null ? null : had.get();
    if (names != null && names.contains(tag)) {
      return new TagRequest.AlreadyTagged();
    }
    Pair pair = new Pair(tag, nvr);
    Long before = asked.get(pair);
    Optional<Long> pending = before == null ? pending(tag, nvr) : Optional.of(before);
    if (pending.isPresent()) {
      return new TagRequest.Pending(pending.get());
    }
    TagRequest.Requested made = ask(tag, nvr);
    asked.put(pair, made.task());
    return made;
  }

  private TagRequest.Requested ask(String tag, String nvr) {
    try {
      return new TagRequest.Requested(tagger.tagBuild(tag, nvr), false);
    } catch (KojiLostReplyException e) {
      long task = tagger.lost(tag, nvr, start, newest).map(Task::id).orElseThrow(() -> e);
      return new TagRequest.Requested(task, true);
    }
  }

  private Optional<Long> pending(String tag, String nvr) {
    Optional<Tag> knownTag = known(tags, tag);
    Optional<Build> knownBuild = known(builds, nvr);
    if (knownTag.isEmpty() || knownBuild.isEmpty()) {
      return Optional.empty();
    }
    return unfinished.stream()
        .filter(task -> Tagger.isFor(task, knownTag.get(), knownBuild.get()))
        .map(Task::id)
        .findFirst();
  }

  private static <T> Optional<T> known(Map<String, Said<T>> found, String name) {
    Said<T> said = found.get(name);
    return said == null ? Optional.empty() : Optional.ofNullable(said.get());
  }
}
