package org.peal.handler.tagging.action;

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

  /**
   * Sees to it that a tag is or will be on a build.
   *
   * @param again whether it may have been asked for before
   * @throws org.peal.service.koji.KojiException if the hub refuses or cannot be asked
   */
  Answer request(String tag, String nvr, boolean again);

  /**
   * Tells whether the hub has a build.
   *
   * @throws org.peal.service.koji.KojiException if the hub cannot be asked
   */
  boolean hasBuild(String nvr);
}
