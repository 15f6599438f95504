package org.peal.handler.tagging.action;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.peal.PealException;
import org.peal.service.koji.Koji;
import org.peal.service.koji.KojiException;
import org.peal.service.koji.KojiLoginException;
import org.peal.service.koji.KojiProfile;
import org.peal.service.koji.KojiProfiles;
import org.peal.service.koji.KojiSession;
import org.peal.service.koji.RetryPolicy;
import org.peal.service.koji.TagRequest;
import org.peal.service.koji.TagRound;
import org.peal.service.koji.Tagger;
import org.peal.service.koji.Task;

/**
 * A hub over the network, with one session that is opened when it is first needed. After a refused
 * login the profile and its files are read again. For one thread; closed by any.
 */
final class KojiHub implements TagHub, AutoCloseable {

  /**
   * Within a call the session tries no longer, and not at all while the hub is down: the message
   * waits in the journal meanwhile.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final Duration CALL = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** How far back the task of a tag that is there already is looked for. */
  private static final Duration OWN_TASKS = Duration.ofDays(1);

  private record Open(KojiSession session, Koji koji, Tagger tagger) {}

  private final Supplier<KojiProfile> profile;
  private final InstantSource clock;
  private final HubOutage outage;
  private volatile @Nullable Open open;

  /** Works with the hub of a profile, which is read when a session is opened. */
  KojiHub(Supplier<KojiProfile> profile, InstantSource clock) {
    this.profile = profile;
    this.clock = clock;
    this.outage = new HubOutage(clock);
  }

  /** Returns what is known of an outage of the hub. */
  HubOutage outage() {
    return outage;
  }

  /** Returns a profile of Koji's client configuration in a folder and in the user's home. */
  static KojiProfile profile(Path config, String name, Map<String, String> overrides) {
    return KojiProfiles.in(config, Path.of(System.getProperty("user.home")))
        .profile(name, overrides);
  }

  /** Returns the keys of a profile that say what is not null here. */
  static Map<String, String> overrides(@Nullable URI server, @Nullable Path certificate) {
    Map<String, String> keys = new LinkedHashMap<>();
    if (server != null) {
      keys.put("server", server.toString());
    }
    if (certificate != null) {
      keys.put("authtype", "ssl");
      keys.put("cert", certificate.toString());
    }
    return keys;
  }

  @Override
  public Round round(List<String> nvrs, List<String> tags, boolean again) {
    TagRound round = with(hub -> hub.tagger().round(nvrs, tags));
    return new Round() {
      @Override
      public Answer request(String tag, String nvr) {
        return with(hub -> answer(hub, round.request(tag, nvr), tag, nvr));
      }

      @Override
      public boolean hasBuild(String nvr) {
        return round.hasBuild(nvr);
      }

      private Answer answer(Open hub, TagRequest made, String tag, String nvr) {
        if (made instanceof TagRequest.Requested requested) {
          return new Answer(OptionalLong.of(requested.task()), false);
        } else if (made instanceof TagRequest.Pending pending) {
          return new Answer(OptionalLong.of(pending.task()), false);
        }
        return new Answer(again ? earlier(hub, tag, nvr) : OptionalLong.empty(), true);
      }
    };
  }

  /** Returns the task that was asked for before a sudden end. */
  private OptionalLong earlier(Open hub, String tag, String nvr) {
    Optional<Task> task = hub.tagger().lost(tag, nvr, clock.instant().minus(OWN_TASKS), 0);
    return task.map(found -> OptionalLong.of(found.id())).orElseGet(OptionalLong::empty);
  }

  /** Returns tasks in the order of their numbers; empty for those that the hub does not have. */
  List<Optional<Task>> tasks(List<Long> ids) {
    return with(hub -> hub.koji().tasks(ids));
  }

  /** Tells whether a build has a tag now. */
  boolean hasTag(String nvr, String tag) {
    return with(hub -> hub.koji().tagsOf(nvr).stream().anyMatch(had -> had.name().equals(tag)));
  }

  private <T> T with(Function<Open, T> calls) {
    outage.check();
    Open opened = opened();
    try {
      T answer = calls.apply(opened);
      outage.passed();
      return answer;
    } catch (KojiException e) {
      if (e instanceof KojiLoginException) {
        close();
      }
      throw outage
          .failed(e, opened.session().profile().retries().offlinePause())
          .<PealException>map(away -> away)
          .orElse(e);
    }
  }

  private Open opened() {
    Open known = open;
    if (known == null) {
      KojiSession session = new KojiSession(hurried(profile.get()));
      Koji koji = new Koji(session);
      known = new Open(session, koji, new Tagger(koji, clock));
      open = known;
    }
    return known;
  }

  private static KojiProfile hurried(KojiProfile said) {
    RetryPolicy retries = said.retries();
    return new KojiProfile(
        said.name(),
        said.server(),
        said.login(),
        said.serverCa(),
        said.verifyTls(),
        shorter(said.timeout(), CALL),
        shorter(said.authTimeout(), CALL),
        new RetryPolicy(
            retries.maxRetries(),
            shorter(retries.longestPause(), PAUSE),
            shorter(retries.patience(), PATIENCE),
            retries.offlinePause(),
            Duration.ZERO,
            retries.anonymous()));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** Logs out; a later call opens another session. */
  @Override
  public void close() {
    Open last = open;
    open = null;
    if (last != null) {
      last.session().close();
    }
  }
}
