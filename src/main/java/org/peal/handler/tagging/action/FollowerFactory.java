package org.peal.handler.tagging.action;

import org.peal.handler.Handler;
import org.peal.handler.HandlerFactory;
import org.peal.handler.HandlerSetup;

/** Makes the handler {@code tagging-results}. */
public final class FollowerFactory implements HandlerFactory<FollowerSettings> {

  @Override
  public String type() {
    return "tagging-results";
  }

  @Override
  public String summary() {
    return "follows the tasks that tagging has announced, and announces how they ended";
  }

  @Override
  public Class<FollowerSettings> settings() {
    return FollowerSettings.class;
  }

  @Override
  public Handler create(HandlerSetup<FollowerSettings> setup) {
    FollowerSettings settings = setup.settings();
    KojiHub hub =
        new KojiHub(
            () ->
                KojiHub.profile(
                    settings.kojiConfig(),
                    settings.kojiProfile(),
                    KojiHub.overrides(settings.kojiServer(), settings.kojiCert())),
            setup.clock());
    return new Follower(setup.name(), hub, settings.interval());
  }
}
