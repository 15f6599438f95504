package org.peal.handler.tagging.action;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.peal.PealException.Category;
import org.peal.handler.Outcome;
import org.peal.handler.tagging.ModuleBuild;
import org.peal.service.koji.FaultKind;
import org.peal.service.koji.KojiException;
import org.peal.service.koji.KojiFaultException;
import org.peal.service.koji.KojiLoginException;
import org.peal.service.koji.KojiSetupException;

/**
 * Asks for the tags of one module build, in order: those of the build, then those of its twin. What
 * the hub refuses for good is noted; what may pass is asked for again later, with all the rest. For
 * one message, one thread.
 */
final class TagRequests {

  /** After so many attempts a fault of the hub's own is taken for its answer. */
  private static final int FEW = 4;

  private static final String NO_BUILD = "No such build";

  private final TagHub hub;
  private final TaggingWorkflow.Request request;
  private final Duration grace;
  private final List<AskedBuild> asked = new ArrayList<>();
  private Optional<Outcome> again = Optional.empty();

  TagRequests(TagHub hub, TaggingWorkflow.Request request, Duration grace) {
    this.hub = hub;
    this.request = request;
    this.grace = grace;
  }

  /** Asks; stops early if the hub cannot be asked at all. */
  void ask(ModuleBuild build, List<String> tags, DevelTwin devel) {
    String own = build.nvrs().get(0);
    String twin = build.nvrs().get(1);
    try {
      TagHub.Round round = hub.round(build.nvrs(), tags, request.isAgain());
      ask(round, own, build.name(), tags);
      if (devel == DevelTwin.ALWAYS || tags.isEmpty() || round.hasBuild(twin)) {
        ask(round, twin, build.name() + "-devel", tags);
      }
    } catch (HubAwayException e) {
      again = Optional.of(new Outcome.Wait(e.after(), e.getMessage()));
    } catch (KojiException e) {
      retry(e.getMessage());
    }
  }

  private void retry(String why) {
    again = Optional.of(new Outcome.Retry(Duration.ZERO, why));
  }

  private void ask(TagHub.Round round, String nvr, String name, List<String> tags) {
    List<AskedTag> answers = new ArrayList<>();
    for (String tag : tags) {
      answers.add(ask(round, tag, nvr));
    }
    asked.add(new AskedBuild(nvr, name, answers));
  }

  private AskedTag ask(TagHub.Round round, String tag, String nvr) {
    try {
      TagHub.Answer answer = round.request(tag, nvr);
      return new AskedTag(tag, answer.task(), answer.isThere(), Optional.empty());
    } catch (KojiFaultException e) {
      if (mayPass(e)) {
        retry(nvr + " " + tag + ": " + e.getMessage());
      }
      return new AskedTag(tag, OptionalLong.empty(), false, Optional.of(e.text()));
    } catch (KojiLoginException | KojiSetupException e) {
      // Whoever looks after this program mends that; the build must not be the loser.
      throw e;
    } catch (KojiException e) {
      if (e.category() == Category.TRANSIENT) {
        throw e;
      }
      return new AskedTag(
          tag, OptionalLong.empty(), false, Optional.of(String.valueOf(e.getMessage())));
    }
  }

  private boolean mayPass(KojiFaultException fault) {
    if (fault.kind() == FaultKind.SERVER_ERROR) {
      return request.attempt() < FEW;
    }
    // Replicated hubs and slow imports have the build a little later.
    boolean isMissing = fault.kind() == FaultKind.GENERAL && fault.text().startsWith(NO_BUILD);
    return isMissing ? request.age().compareTo(grace) < 0 : fault.category() == Category.TRANSIENT;
  }

  /** Returns what came of it so far. */
  List<AskedBuild> asked() {
    return asked;
  }

  /** Returns when and why all of it has to be asked for again, if it has. */
  Optional<Outcome> again() {
    return again;
  }
}
