package org.peal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.peal.ExitCode;

class FedmsgExitTest {

  @Test
  void status_ofTheOriginal_stays() {
    assertThat(FedmsgExit.status(0)).isZero();
    assertThat(FedmsgExit.status(1)).isEqualTo(1);
    assertThat(FedmsgExit.status(2)).isEqualTo(2);
    assertThat(FedmsgExit.status(78)).isEqualTo(78);
  }

  @ParameterizedTest
  @EnumSource(
      value = ExitCode.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"OK", "USAGE", "TEMPORARY", "CLOSED_PIPE", "CONFIGURATION"})
  void status_anyOtherFailure_isOne(ExitCode code) {
    assertThat(FedmsgExit.status(code.status())).isEqualTo(1);
  }

  @Test
  void status_nobodyListened_wasNoFailureThere() {
    assertThat(FedmsgExit.status(ExitCode.TEMPORARY.status())).isZero();
    assertThat(FedmsgExit.status(ExitCode.CLOSED_PIPE.status())).isZero();
  }
}
