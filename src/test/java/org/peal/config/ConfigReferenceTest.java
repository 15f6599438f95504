package org.peal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConfigReferenceTest {

  enum Mode {
    ON,
    VERY_ON
  }

  @Doc("What lights do.")
  record Light(
      @Doc("How bright.") Integer maxLevel,
      @Doc("Which way.") @Nullable Mode mode,
      @Doc("Names.") @Nullable Map<String, List<String>> names) {
    Light {
      maxLevel = 7;
    }
  }

  record Root(Light light) {}

  @Test
  void markdown_root_listsEverySetting() {
    assertThat(ConfigReference.markdown(Root.class))
        .startsWith("# Configuration\n")
        .endsWith(
            """

            ## `light`

            What lights do.

            ### `light.max-level`

            How bright.

            - Type: whole number
            - Default: `7`
            - Environment: `PEAL_LIGHT__MAX_LEVEL`

            ### `light.mode`

            Which way.

            - Type: one of `on`, `very-on`
            - Default: not set
            - Environment: `PEAL_LIGHT__MODE`

            ### `light.names`

            Names.

            - Type: map of name to: list of: text
            - Default: not set
            - Environment: `PEAL_LIGHT__NAMES`
            """);
  }
}
