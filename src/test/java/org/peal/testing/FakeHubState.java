package org.peal.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a {@link FakeHub} keeps: users, sessions, tags, builds, tasks. Thread-safe. */
public final class FakeHubState {

  private static final int FREE = 0;
  private static final int CLOSED = 2;
  private static final int FAILED = 5;

  /** A session with the last number that went with a change. */
  private static final class Session {
    private final String user;
    private String key;
    private boolean expired;
    private long lastChange = -1;
    private long last = -1;

    Session(String user, String key) {
      this.user = user;
      this.key = key;
    }
  }

  private record Task(long id, String user, String tag, String nvr, double created, int state) {}

  private final Map<String, String> passwords = new HashMap<>();
  private final List<String> users = new ArrayList<>();
  private final Map<Long, Session> sessions = new HashMap<>();
  private final List<String> tags = new ArrayList<>();
  private final Set<String> locked = new LinkedHashSet<>();
  private final List<String> builds = new ArrayList<>();
  private final Map<Long, Task> tasks = new LinkedHashMap<>();
  private final Set<List<String>> tagged = new LinkedHashSet<>();
  private boolean headerAuth = true;
  private long sessionsMade;

  /** Has sessions told in the address, as hubs before 1.31 did. */
  public synchronized void beOld() {
    headerAuth = false;
  }

  /** Adds a user with a password. */
  public synchronized void addUser(String name, String password) {
    passwords.put(name, password);
  }

  /** Adds a tag. */
  public synchronized void addTag(String name) {
    tags.add(name);
  }

  /** Locks a tag. */
  public synchronized void lock(String tag) {
    locked.add(tag);
  }

  /** Adds a complete build. */
  public synchronized void addBuild(String nvr) {
    builds.add(nvr);
  }

  /** Takes a build away that has no tags and tasks. */
  public synchronized void removeBuild(String nvr) {
    builds.remove(nvr);
  }

  /** Carries out all tasks that wait. */
  public synchronized void runTasks() {
    for (Task task : List.copyOf(tasks.values())) {
      if (task.state() == FREE) {
        boolean done = tagged.add(List.of(task.tag(), task.nvr()));
        tasks.put(task.id(), ended(task, done ? CLOSED : FAILED));
      }
    }
  }

  private static Task ended(Task task, int state) {
    return new Task(task.id(), task.user(), task.tag(), task.nvr(), task.created(), state);
  }

  /** Forgets all tasks and what they did. */
  public synchronized void forgetTasks() {
    tasks.clear();
    tagged.clear();
  }

  /** Makes a second task that does what a task does. */
  public synchronized void repeatTask(long id) {
    Task old = tasks.get(id);
    long next = tasks.size() + 1;
    tasks.put(next, new Task(next, old.user(), old.tag(), old.nvr(), old.created(), FREE));
  }

  /** Returns the numbers of the tasks that were made for a tag on a build. */
  public synchronized List<Long> tasksFor(String tag, String nvr) {
    return tasks.values().stream()
        .filter(task -> task.tag().equals(tag) && task.nvr().equals(nvr))
        .map(Task::id)
        .toList();
  }

  /** Returns how many tasks were made. */
  public synchronized int tasks() {
    return tasks.size();
  }

  /** Returns the tags of a build, in order of their arrival. */
  public synchronized List<String> tagsOf(String nvr) {
    return tagged.stream()
        .filter(pair -> pair.get(1).equals(nvr))
        .map(pair -> pair.get(0))
        .toList();
  }

  /** Returns how many sessions are open. */
  public synchronized int openSessions() {
    return sessions.size();
  }

  /** Returns how many sessions were made. */
  public synchronized long sessionsMade() {
    return sessionsMade;
  }

  synchronized void spoil(HubSession told, @Nullable HubTrouble trouble) {
    Session session = told.id() == null ? null : sessions.get(told.id());
    if (session == null) {
      return;
    }
    if (trouble instanceof HubTrouble.Expiry) {
      session.expired = true;
    } else if (trouble instanceof HubTrouble.Amnesia) {
      sessions.remove(told.id());
    }
  }

  synchronized @Nullable Object call(
      XmlRpcDom.Request request, HubSession told, @Nullable String webUser) {
    if (request.method().equals("login") || request.method().equals("sslLogin")) {
      return login(request, told, webUser);
    }
    Session session = told.id() == null ? null : checked(told);
    if (session != null && told.number() != null) {
      checkNumber(session, told, request.method());
    }
    return dispatch(request.method(), request.params(), session, told);
  }

  private Session checked(HubSession told) {
    Session session = sessions.get(told.id());
    if (session == null || !session.key.equals(told.key())) {
      throw new HubFault(1002, "Invalid session or bad credentials");
    }
    if (session.expired) {
      throw new HubFault(1007, "session \"" + told.id() + "\" has expired");
    }
    return session;
  }

  private static void checkNumber(Session session, HubSession told, String method) {
    long number = told.number();
    if (number < session.last) {
      throw new HubFault(1008, session.last + " > " + number + " (session " + told.id() + ")");
    }
    if (number == session.lastChange) {
      throw new HubFault(
          1009,
          "unable to retry call " + number + " (method " + method + ") for session " + told.id());
    }
  }

  private Object login(XmlRpcDom.Request request, HubSession told, @Nullable String webUser) {
    String user = request.method().equals("login") ? passwordUser(request.params()) : webUser;
    if (user == null) {
      throw new HubFault(1002, "could not verify client");
    }
    boolean renew = named(request.params()).get("renew") == Boolean.TRUE;
    Session old = told.id() == null ? null : sessions.get(told.id());
    if (old != null && !renew) {
      throw new HubFault(1002, "Already logged in");
    }
    if (renew && (old == null || !old.key.equals(told.key()))) {
      throw new HubFault(1002, "Invalid session or bad credentials");
    }
    return old == null ? opened(user) : renewed(old, told.id());
  }

  private Object opened(String user) {
    long id = ++sessionsMade;
    if (!users.contains(user)) {
      users.add(user);
    }
    sessions.put(id, new Session(user, id + "-a+b/c"));
    return keys(id, sessions.get(id).key);
  }

  private Object renewed(Session session, long id) {
    session.expired = false;
    session.key = session.key + "x";
    return keys(id, session.key);
  }

  private Object keys(long id, String key) {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("session-id", id);
    keys.put("session-key", key);
    if (headerAuth) {
      keys.put("header-auth", true);
    }
    return keys;
  }

  private String passwordUser(List<@Nullable Object> params) {
    String user = (String) params.get(0);
    String password = passwords.get(user);
    if (password == null || !password.equals(params.get(1))) {
      throw new HubFault(1002, "invalid username or password");
    }
    return user;
  }

  private @Nullable Object dispatch(
      String method, List<@Nullable Object> params, @Nullable Session session, HubSession told) {
    Map<String, @Nullable Object> named = named(params);
    return switch (method) {
      case "getAPIVersion" -> 1L;
      case "getKojiVersion" -> "1.35.3";
      case "hello" -> "Hello World";
      case "echo" -> params;
      case "getLoggedInUser" -> session == null ? null : user(session.user);
      case "getTag" -> tags.contains(params.get(0)) ? tag((String) params.get(0)) : null;
      case "getBuild" -> builds.contains(params.get(0)) ? build((String) params.get(0)) : null;
      case "listTags" -> tagsOf((String) named.get("build")).stream().map(this::tag).toList();
      case "listTagged" -> listTagged((String) named.get("tag"));
      case "getTaskInfo" -> taskInfo(params.get(0));
      case "getTaskResult" -> taskResult((Long) params.get(0));
      case "listTasks" -> listTasks(params);
      case "tagBuild" -> tagBuild((String) params.get(0), (String) params.get(1), session, told);
      case "untagBuild" ->
          untagBuild((String) params.get(0), (String) params.get(1), session, told);
      case "logout" -> sessions.remove(told.id()) == null ? null : null;
      case "multiCall" -> multiCall((List<?>) params.get(0), session, told);
      default -> throw new HubFault(1000, "Invalid method: " + method);
    };
  }

  private List<Object> multiCall(List<?> calls, @Nullable Session session, HubSession told) {
    List<Object> results = new ArrayList<>();
    for (Object entry : calls) {
      Map<?, ?> call = (Map<?, ?>) entry;
      try {
        List<@Nullable Object> params = new ArrayList<>((List<?>) call.get("params"));
        Object result = dispatch((String) call.get("methodName"), params, session, told);
        results.add(Collections.singletonList(result));
      } catch (HubFault e) {
        results.add(XmlRpcDom.faultMembers(e.code(), e.text()));
      }
    }
    return results;
  }

  private long tagBuild(String tag, String nvr, @Nullable Session session, HubSession told) {
    if (session == null) {
      throw new HubFault(1004, "you must be logged in for this operation");
    }
    if (!tags.contains(tag)) {
      throw new HubFault(1000, "No such tagInfo: '" + tag + "'");
    }
    if (!builds.contains(nvr)) {
      throw new HubFault(1000, "No such build: '" + nvr + "'");
    }
    if (locked.contains(tag)) {
      throw new HubFault(1004, "tag is locked");
    }
    long id = tasks.size() + 1;
    double now = System.currentTimeMillis() / 1e3;
    tasks.put(id, new Task(id, session.user, tag, nvr, now, FREE));
    changed(session, told);
    return id;
  }

  private @Nullable Object untagBuild(
      String tag, String nvr, @Nullable Session session, HubSession told) {
    if (session == null || !tagged.remove(List.of(tag, nvr))) {
      throw new HubFault(1003, "build " + nvr + " not in tag " + tag);
    }
    changed(session, told);
    return null;
  }

  private static void changed(Session session, HubSession told) {
    if (told.number() != null) {
      session.lastChange = told.number();
      session.last = told.number();
    }
  }

  private List<Object> listTagged(@Nullable String tag) {
    List<Object> found = new ArrayList<>();
    for (List<String> pair : tagged) {
      if (pair.get(0).equals(tag)) {
        found.add(build(pair.get(1)));
      }
    }
    return found;
  }

  private @Nullable Object taskInfo(@Nullable Object which) {
    if (which instanceof List<?> ids) {
      List<@Nullable Object> all = new ArrayList<>();
      ids.forEach(id -> all.add(taskInfo(id)));
      return all;
    }
    Task task = tasks.get(which);
    return task == null ? null : info(task);
  }

  private @Nullable Object taskResult(Long id) {
    Task task = tasks.get(id);
    if (task == null || task.state() == FREE) {
      throw new HubFault(1000, "Task " + id + " is not finished");
    }
    return task.state() == CLOSED
        ? null
        : XmlRpcDom.faultMembers(1003, "build " + task.nvr() + " already tagged");
  }

  private List<Object> listTasks(List<@Nullable Object> params) {
    Map<?, ?> which = (Map<?, ?>) params.get(0);
    Map<?, ?> how = (Map<?, ?>) params.get(1);
    Object after = which.get("createdAfter");
    List<Task> found = new ArrayList<>(tasks.values());
    Collections.reverse(found);
    return found.stream()
        .filter(task -> which.get("owner").equals(userId(task.user())))
        .filter(task -> "tagBuild".equals(which.get("method")))
        .filter(
            task ->
                !(which.get("state") instanceof List<?> states)
                    || states.contains((long) task.state()))
        .filter(task -> !(after instanceof Double time) || task.created() > time)
        .limit((Long) how.get("limit"))
        .map(this::info)
        .toList();
  }

  private Object info(Task task) {
    Map<String, @Nullable Object> info = new LinkedHashMap<>();
    info.put("id", task.id());
    info.put("method", "tagBuild");
    info.put("state", task.state());
    info.put("owner", userId(task.user()));
    info.put("create_ts", task.created());
    info.put("completion_ts", null);
    long tag = tags.indexOf(task.tag()) + 1;
    long build = builds.indexOf(task.nvr()) + 1;
    List<@Nullable Object> request = new ArrayList<>(List.of(tag, build, false));
    request.add(null);
    info.put("request", request);
    return info;
  }

  private long userId(String name) {
    return users.indexOf(name) + 1;
  }

  private Object user(String name) {
    return Map.of("id", userId(name), "name", name);
  }

  private Object tag(String name) {
    return Map.of(
        "id", tags.indexOf(name) + 1, "name", name, "locked", locked.contains(name), "arches", "");
  }

  private Object build(String nvr) {
    int release = nvr.lastIndexOf('-');
    int version = nvr.lastIndexOf('-', release - 1);
    Map<String, @Nullable Object> build = new LinkedHashMap<>();
    build.put("id", builds.indexOf(nvr) + 1);
    build.put("nvr", nvr);
    build.put("name", nvr.substring(0, version));
    build.put("version", nvr.substring(version + 1, release));
    build.put("release", nvr.substring(release + 1));
    build.put("state", 1);
    build.put("owner_name", "mbs");
    build.put("task_id", null);
    build.put("completion_time", "2026-11-21 06:24:22.534321+00:00");
    build.put("extra", null);
    return build;
  }

  private static Map<String, @Nullable Object> named(List<@Nullable Object> params) {
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    if (!params.isEmpty()
        && params.get(params.size() - 1) instanceof Map<?, ?> last
        && last.containsKey("__starstar")) {
      last.forEach((name, value) -> named.put((String) name, value));
    }
    return named;
  }
}
