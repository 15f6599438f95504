package org.peal.handler.tagging.action;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.peal.config.ConfigException;
import org.peal.config.Place;
import org.peal.handler.tagging.Modulemd;
import org.peal.service.mbs.Mbs;
import org.peal.service.mbs.MbsException;
import org.peal.service.mbs.ModuleBuild;

/** Metadata from the Module Build Service. As thread-safe as its client. */
public final class MbsModules implements ModuleSource {

  private static final Place MESSAGE = Place.named("message", Path.of(""));

  private final Mbs mbs;

  /** Asks through a client. */
  public MbsModules(Mbs mbs) {
    this.mbs = mbs;
  }

  /**
   * {@inheritDoc}
   *
   * @throws MbsException if the service cannot be asked, or does not know the build yet
   */
  @Override
  public Modulemd modulemd(JsonNode body) {
    JsonNode id = body.path("id");
    if (!id.isIntegralNumber() || !id.canConvertToLong()) {
      throw new ConfigException(MESSAGE, "id", "must be a whole number: " + id);
    }
    ModuleBuild build =
        mbs.build(id.longValue()).orElseThrow(() -> MbsException.unknown(id.longValue()));
    return of(build);
  }

  /**
   * Returns the metadata of a build.
   *
   * @throws ConfigException if it has none that can be used
   */
  public static Modulemd of(ModuleBuild build) {
    Place place = Place.named("modulemd of module build " + build.id(), Path.of(""));
    return Modulemd.parse(
        build
            .modulemd()
            .orElseThrow(
                () -> new ConfigException(place, "", "the service has none for this build")),
        place);
  }
}
