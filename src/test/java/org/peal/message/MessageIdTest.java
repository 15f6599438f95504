package org.peal.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.TimeZone;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageIdTest {

  private static final UUID UUID_4 = UUID.fromString("f1c49f0b-5caf-49e6-b79a-cc54bcfac602");

  @Test
  void create_yearIsLocal() {
    InstantSource newYear = InstantSource.fixed(Instant.parse("2013-12-31T23:30:00Z"));
    assertThat(MessageId.create(newYear, TimeZone.getTimeZone("UTC"), UUID_4).value())
        .isEqualTo("2013-f1c49f0b-5caf-49e6-b79a-cc54bcfac602");
    assertThat(MessageId.create(newYear, TimeZone.getTimeZone("Europe/Prague"), UUID_4).value())
        .isEqualTo("2014-f1c49f0b-5caf-49e6-b79a-cc54bcfac602");
  }

  @ParameterizedTest
  @CsvSource({
    "2014-f1c49f0b-5caf-49e6-b79a-cc54bcfac602, f1c49f0b-5caf-49e6-b79a-cc54bcfac602",
    "f1c49f0b-5caf-49e6-b79a-cc54bcfac602, f1c49f0b-5caf-49e6-b79a-cc54bcfac602",
    "2014-abc, 2014-abc",
    "20x4-f1c49f0b-5caf-49e6-b79a-cc54bcfac602, 20x4-f1c49f0b-5caf-49e6-b79a-cc54bcfac602",
    "anything, anything"
  })
  void dedupKey_dropsTheYear(String id, String key) {
    assertThat(new MessageId(id).dedupKey()).isEqualTo(key);
  }

  @Test
  void new_empty_throws() {
    assertThatThrownBy(() -> new MessageId("")).isInstanceOf(IllegalArgumentException.class);
  }
}
