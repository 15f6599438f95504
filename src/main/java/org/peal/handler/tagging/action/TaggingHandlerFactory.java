package org.peal.handler.tagging.action;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.peal.BoundedHttp;
import org.peal.config.ConfigException;
import org.peal.config.Place;
import org.peal.handler.Handler;
import org.peal.handler.HandlerFactory;
import org.peal.handler.HandlerSetup;
import org.peal.handler.tagging.Compat;
import org.peal.handler.tagging.RuleSource;
import org.peal.service.koji.KojiProfile;
import org.peal.service.koji.KojiSetupException;
import org.peal.service.mbs.Mbs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the handler {@code tagging}. */
public final class TaggingHandlerFactory implements HandlerFactory<TaggingHandlerSettings> {

  static final String DRY_RUN = "MTS_DRY_RUN";

  private static final Logger LOG = LoggerFactory.getLogger(TaggingHandlerFactory.class);
  private static final Set<String> OFF = Set.of("", "0", "false", "no", "off");

  private final UnaryOperator<String> environment;

  /** For the service loader. */
  public TaggingHandlerFactory() {
    this(name -> System.getenv().getOrDefault(name, ""));
  }

  TaggingHandlerFactory(UnaryOperator<String> environment) {
    this.environment = environment;
  }

  @Override
  public String type() {
    return "tagging";
  }

  @Override
  public String summary() {
    return "tags module builds in Koji by rules, and announces it";
  }

  @Override
  public Class<TaggingHandlerSettings> settings() {
    return TaggingHandlerSettings.class;
  }

  @Override
  public Handler create(HandlerSetup<TaggingHandlerSettings> setup) {
    TaggingHandlerSettings settings = setup.settings();
    InstantSource clock = setup.clock();
    boolean isDryRun = isDryRun(settings.compat());
    if (isDryRun) {
      LOG.warn("handler {}: {} is set, nothing is tagged or announced", setup.name(), DRY_RUN);
    }
    KojiHub hub = new KojiHub(() -> profile(settings), clock);
    RuleSource rules = rules(setup);
    TaggingWorkflow workflow =
        new TaggingWorkflow(
            settings.rules(),
            rules::rules,
            new MbsModules(new Mbs(settings.mbsApiUrl(), settings.requestsTimeout(), clock)),
            () -> hub,
            settings.devel(),
            settings.buildGrace());
    if (!isDryRun) {
      warnOfTheProfile(setup);
    }
    return new TaggingHandler(
        rules,
        workflow,
        new Announcements(settings.topicPrefix(), settings.compat()),
        new TaggingCounters(setup.name()),
        isDryRun,
        hub);
  }

  /** To the original any text was true, "0" and "false" as well. */
  private boolean isDryRun(Compat compat) {
    String said = environment.apply(DRY_RUN);
    return compat == Compat.ORIGINAL
        ? !said.isEmpty()
        : !OFF.contains(said.strip().toLowerCase(Locale.ROOT));
  }

  private static RuleSource rules(HandlerSetup<TaggingHandlerSettings> setup) {
    TaggingHandlerSettings settings = setup.settings();
    try {
      return RuleSource.open(settings.location(), settings.rules(), BoundedHttp.client().build());
    } catch (IllegalArgumentException e) {
      Place place = Place.named("configuration", Path.of(""));
      throw new ConfigException(
          place, "handlers." + setup.name() + ".settings.rules-file-url", "" + e.getMessage());
    }
  }

  static KojiProfile profile(TaggingHandlerSettings settings) {
    return KojiHub.profile(settings.kojiConfig(), settings.kojiProfile(), settings.kojiOverrides());
  }

  /** A profile may be mended, and a dry run needs none: that it is no good now stops nothing. */
  private static void warnOfTheProfile(HandlerSetup<TaggingHandlerSettings> setup) {
    try {
      profile(setup.settings());
    } catch (KojiSetupException e) {
      LOG.warn(
          "handler {}: builds cannot be tagged until this is mended: {}",
          setup.name(),
          e.getMessage());
    }
  }
}
