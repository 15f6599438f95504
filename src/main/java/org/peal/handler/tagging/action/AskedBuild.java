package org.peal.handler.tagging.action;

import java.util.List;

/**
 * What came of asking for the tags of one build in Koji. Immutable.
 *
 * @param nvr the build
 * @param name the name of the module that it is announced as
 * @param tags in the order in which they were asked for
 */
record AskedBuild(String nvr, String name, List<AskedTag> tags) {

  AskedBuild {
    tags = List.copyOf(tags);
  }
}
