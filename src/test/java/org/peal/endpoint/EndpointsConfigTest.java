package org.peal.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.peal.config.TestBinding;

class EndpointsConfigTest {

  @Test
  void bind_nothing_leavesTheFolderUnset() {
    assertThat(TestBinding.defaults(EndpointsConfig.class)).isEqualTo(new EndpointsConfig(null));
  }

  @Test
  void bind_everyKey_isTaken() {
    assertThat(TestBinding.bind(EndpointsConfig.class, "directory: e"))
        .isEqualTo(new EndpointsConfig(Path.of("/base/e")));
  }
}
