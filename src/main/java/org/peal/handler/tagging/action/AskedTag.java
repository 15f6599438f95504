package org.peal.handler.tagging.action;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What came of asking for one tag on one build. Immutable.
 *
 * @param tag the tag
 * @param task the task that puts it there or has put it there, if that is known
 * @param isThere whether the build has the tag already
 * @param error why the hub refuses
 */
record AskedTag(String tag, OptionalLong task, boolean isThere, Optional<String> error) {

  /** Writes it as announcements have it; {@code extra} adds what the original does not have. */
  void writeTo(ObjectNode json, boolean extra) {
    json.put("tag", tag);
    task.ifPresentOrElse(id -> json.put("task_id", id), () -> json.putNull("task_id"));
    error.ifPresent(text -> json.put("error", text));
    if (isThere && extra) {
      json.put("already_tagged", true);
    }
  }
}
