package org.peal.handler.tagging.action;

import java.util.List;
import java.util.OptionalLong;

/** The hub that puts tags on builds. */
public interface TagHub {

  /**
   * What the hub says to a request. Immutable.
   *
   * @param task the task that puts the tag there, or has put it there, if that is known
   * @param isThere whether the build has the tag already
   */
  record Answer(OptionalLong task, boolean isThere) {}

  /** Requests for the builds and tags of one message, after one look at them. For one thread. */
  interface Round {

    /**
     * Sees to it that a tag is or will be on a build.
     *
     * @throws org.peal.service.koji.KojiException if the hub refuses or cannot be asked
     * @throws HubAwayException if it is down
     */
    Answer request(String tag, String nvr);

    /** Tells whether the hub had a build when it was looked at. */
    boolean hasBuild(String nvr);
  }

  /**
   * Looks at builds and tags.
   *
   * @param again whether they may have been asked for before
   * @throws org.peal.service.koji.KojiException if the hub cannot be asked
   * @throws HubAwayException if it is down
   */
  Round round(List<String> nvrs, List<String> tags, boolean again);
}
