package org.peal.service.koji;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a hub that handlers use, by their types. As thread-safe as its session; every method
 * throws {@link KojiException}, and what changes something throws {@link KojiLostReplyException}
 * when nobody knows whether it was done.
 */
public final class Koji {

  /** What one call to the hub may combine; it is one transaction there. */
  static final int MOST_CALLS = 1000;

  private final KojiSession session;

  /** Makes the calls within this session. */
  public Koji(KojiSession session) {
    this.session = session;
  }

  /** Asks for a tag on a build; returns the task that will do it. The tag is not there yet. */
  public long tagBuild(String tag, String nvr) {
    return Members.number("tagBuild", session.call(KojiCall.changing("tagBuild", tag, nvr)));
  }

  /** Takes a tag off a build, at once. */
  public void untagBuild(String tag, String nvr) {
    session.call(KojiCall.changing("untagBuild", tag, nvr));
  }

  /** Returns the tag of this name, if there is one. */
  public Optional<Tag> tag(String name) {
    return optional("getTag", KojiCall.reading("getTag", name), Tag::of);
  }

  /** Returns the build of this name, version and release, if there is one. */
  public Optional<Build> build(String nvr) {
    return optional("getBuild", KojiCall.reading("getBuild", nvr), Build::of);
  }

  /** Returns the build of this number, if there is one. */
  public Optional<Build> build(long id) {
    return optional("getBuild", KojiCall.reading("getBuild", id), Build::of);
  }

  /** Returns the tags that a build has now. */
  public List<Tag> tagsOf(String nvr) {
    return list("listTags", Map.of("build", nvr), Tag::of);
  }

  /**
   * Returns the builds that have a tag now.
   *
   * @param name of the package; null for all
   * @param inherited whether builds of parent tags count
   * @param latest whether only the newest of each package counts
   */
  public List<Build> tagged(String tag, @Nullable String name, boolean inherited, boolean latest) {
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    named.put("tag", tag);
    named.put("package", name);
    named.put("inherit", inherited);
    named.put("latest", latest);
    return list("listTagged", named, Build::of);
  }

  /** Returns when a build got and lost a tag; a null tag stands for all. */
  public List<TagChange> tagHistory(String nvr, @Nullable String tag) {
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    named.put("tables", List.of("tag_listing"));
    named.put("build", nvr);
    named.put("tag", tag);
    KojiCall call = KojiCall.reading("queryHistory", KojiCall.named(named));
    Members tables = Members.of("queryHistory", session.call(call));
    return Members.each("tag_listing", tables.items("tag_listing"), TagChange::of);
  }

  /** Returns a task with its arguments, if it exists. */
  public Optional<Task> task(long id) {
    return optional("getTaskInfo", KojiCall.reading("getTaskInfo", id, withRequest()), Task::of);
  }

  /** Returns tasks with their arguments in the order of their numbers in the list. */
  public List<Optional<Task>> tasks(List<Long> ids) {
    KojiCall call = KojiCall.reading("getTaskInfo", List.copyOf(ids), withRequest());
    List<Optional<Task>> tasks = new ArrayList<>();
    for (Object info : Members.list("getTaskInfo", session.call(call))) {
      tasks.add(Optional.ofNullable(info).map(it -> Task.of(Members.of("task", it))));
    }
    return Collections.unmodifiableList(tasks);
  }

  /** Returns the tasks that a query asks for. */
  public List<Task> tasks(TaskQuery query) {
    return Members.each("listTasks", session.call(query.call()), Task::of);
  }

  /** Returns what a finished task has come to. */
  public Outcome taskResult(long id) {
    Map<String, @Nullable Object> named = KojiCall.named(Map.of("raise_fault", false));
    return Outcome.of(session.call(KojiCall.reading("getTaskResult", id, named)));
  }

  /** Returns who is logged in, if anybody is. */
  public Optional<User> loggedInUser() {
    return optional("getLoggedInUser", KojiCall.reading("getLoggedInUser"), User::of);
  }

  /** Returns the version of the calls, which is 1. */
  public long apiVersion() {
    return Members.number("getAPIVersion", session.call(KojiCall.reading("getAPIVersion")));
  }

  /** Returns the version of the hub; hubs before 1.23 refuse the call. */
  public String kojiVersion() {
    return Members.text("getKojiVersion", session.call(KojiCall.reading("getKojiVersion")));
  }

  /** Returns the greeting of the hub. */
  public String hello() {
    return Members.text("hello", session.call(KojiCall.reading("hello")));
  }

  /**
   * Makes several calls in one; each succeeds or fails alone.
   *
   * @return what came of each, in their order
   */
  public List<Outcome> all(List<KojiCall> calls) {
    if (calls.isEmpty()) {
      return List.of();
    }
    if (calls.size() > MOST_CALLS) {
      throw new KojiRequestException(calls.size() + " calls in one, more than " + MOST_CALLS);
    }
    List<?> results = Members.list("multiCall", session.call(combined(calls)));
    if (results.size() != calls.size()) {
      throw KojiReplyException.ofOtherForm(
          "multiCall returned " + results.size() + " results of " + calls.size() + " calls");
    }
    return results.stream().map(Koji::entry).toList();
  }

  private static KojiCall combined(List<KojiCall> calls) {
    List<Map<String, Object>> entries = new ArrayList<>();
    for (KojiCall call : calls) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("methodName", call.method());
      entry.put("params", call.arguments());
      entries.add(entry);
    }
    boolean changes = calls.stream().anyMatch(KojiCall::changes);
    return changes
        ? KojiCall.changing("multiCall", entries)
        : KojiCall.reading("multiCall", entries);
  }

  private static Outcome entry(@Nullable Object result) {
    if (result instanceof List<?> list && list.size() == 1) {
      return new Outcome.Value(list.get(0));
    }
    Outcome outcome = Outcome.of(result);
    if (outcome instanceof Outcome.Fault) {
      return outcome;
    }
    throw KojiReplyException.ofOtherForm("an entry of multiCall is neither result nor fault");
  }

  private static Map<String, @Nullable Object> withRequest() {
    return KojiCall.named(Map.of("request", true));
  }

  private <T> Optional<T> optional(String what, KojiCall call, Function<Members, T> maker) {
    Object result = session.call(call);
    return result == null ? Optional.empty() : Optional.of(maker.apply(Members.of(what, result)));
  }

  private <T> List<T> list(
      String method, Map<String, ? extends @Nullable Object> named, Function<Members, T> maker) {
    KojiCall call = KojiCall.reading(method, KojiCall.named(named));
    return Members.each(method, session.call(call), maker);
  }
}
