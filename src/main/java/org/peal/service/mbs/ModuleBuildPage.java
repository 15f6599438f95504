package org.peal.service.mbs;

import java.util.List;

/**
 * A part of a list of module builds. Immutable.
 *
 * @param builds those of this page
 * @param pages how many pages there are
 */
public record ModuleBuildPage(List<ModuleBuild> builds, int pages) {

  public ModuleBuildPage {
    builds = List.copyOf(builds);
  }
}
