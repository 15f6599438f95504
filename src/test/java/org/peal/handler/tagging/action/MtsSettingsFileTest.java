package org.peal.handler.tagging.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings of the original, which are a program that is not run. */
class MtsSettingsFileTest {

  private static final String FILE =
      """
      # -*- coding: utf-8 -*-
      import os
      from os import path

      confdir = path.abspath(path.dirname(__file__))

      class BaseConfiguration(object):
          dry_run = os.environ.get('MTS_DRY_RUN', False)  # a call
          mbs_api_url = 'https://mbs.example.org/module-build-service/1/'  # "ours"
          rules_file_url = ("https://rules.example.org/"
                            'rules.yaml')
          build_state = "done"
          build_state_msg_filter = [
              'ready',  # usual
              'done',
          ]
          requests_timeout = 30
          koji_profile = 'it''s'
          keytab = None
          log_level = 'INFO'

      class DevConfiguration(BaseConfiguration):
          koji_profile = 'stg'
      """;

  private static final List<String> BASE = List.of("BaseConfiguration");

  @Test
  void read_file_hasWhatIsAssignedLiterally() {
    MtsSettingsFile settings = MtsSettingsFile.read(FILE, BASE);
    assertThat(settings.toYaml())
        .isEqualTo(
            """
            handlers:
              tagging:
                settings:
                  mbs-api-url: 'https://mbs.example.org/module-build-service/1/'
                  rules-file-url: 'https://rules.example.org/rules.yaml'
                  build-state: 'done'
                  build-state-msg-filter: ['ready', 'done']
                  requests-timeout: 30s
                  koji-profile: 'its'
            """);
    assertThat(settings.unread().keySet()).containsExactly(5, 8);
    assertThat(settings.unread().get(8)).startsWith("dry_run = os.environ");
    assertThat(settings.left()).containsOnlyKeys("log_level");
  }

  @Test
  void read_laterClass_countsMore() {
    MtsSettingsFile settings =
        MtsSettingsFile.read(FILE, List.of("BaseConfiguration", "DevConfiguration"));
    assertThat(settings.values().get("koji_profile")).containsExactly("stg");
    assertThat(settings.values().get("build_state")).containsExactly("done");
  }

  @ParameterizedTest
  @CsvSource({"True,true", "'''0''',true", "0,false", "False,false", "'''''',false", "None,false"})
  void read_dryRun_isOnAsTheOriginalHasIt(String value, boolean expected) {
    String yaml = MtsSettingsFile.read("dry_run = " + value + "\n", BASE).toYaml();
    assertThat(yaml.contains("dry-run: true")).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "f()",
        "'a' + 'b'",
        "'a' % 1",
        "[x]",
        "[[1]]",
        "{'a': 1}",
        "'a",
        "'\\x41'",
        "'''a'''",
        "['a'",
        "1.5",
        "b'a'",
        "__import__('os').system('id')"
      })
  void read_whatIsNoLiteral_isNamedAndLeftOut(String value) {
    MtsSettingsFile settings = MtsSettingsFile.read("\nbuild_state = " + value + "\n", BASE);
    assertThat(settings.values()).isEmpty();
    assertThat(settings.unread()).containsOnlyKeys(2);
  }

  /** Which of the two holds, and whether the function is ever called, only running would tell. */
  @Test
  void read_whatIsInABlock_isNamedAndLeftOut() {
    MtsSettingsFile settings =
        MtsSettingsFile.read(
            """
            def helper():
                build_state = 'local'

            class BaseConfiguration:
                if True:
                    koji_profile = 'a'
                    if False:
                        keytab = 'k'
                else:
                    koji_profile = 'b'
                principal = 'p'
            class Other: koji_profile = 'c'
            """,
            BASE);
    assertThat(settings.values()).containsOnlyKeys("principal");
    assertThat(settings.unread().keySet()).containsExactly(1, 2, 5, 6, 7, 8, 9, 10, 12);
  }

  @Test
  void read_assignmentInADescription_isNone() {
    MtsSettingsFile settings =
        MtsSettingsFile.read(
            """
            \"""Settings, such as
            koji_profile = 'example'
            \"""
            class BaseConfiguration:
                '''More: (
                build_state = 'example'
                '''
                keytab = 'k'
            """,
            BASE);
    assertThat(settings.values()).containsOnlyKeys("keytab");
    assertThat(settings.unread()).isEmpty();
  }

  @Test
  void read_timeoutThatIsNone_isNamed() {
    assertThat(MtsSettingsFile.read("requests_timeout = 'soon'\n", BASE).unread())
        .containsOnlyKeys(1);
  }

  @Test
  void read_endlessFile_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MtsSettingsFile.read("#".repeat(2 << 20), BASE));
  }
}
