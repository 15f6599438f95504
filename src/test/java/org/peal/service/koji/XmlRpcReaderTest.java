package org.peal.service.koji;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlRpcReaderTest {

  private static final XmlRpcLimits SMALL = new XmlRpcLimits(400, 3, 5);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<value>&e;</value>",
        "<value><string>&e;</string></value>",
        "<value><int>1e3</int></value>",
        "<value><int></int></value>",
        "<value><i8>9223372036854775808</i8></value>",
        "<value><int>99999999999999999999999999999</int></value>",
        "<value><boolean>true</boolean></value>",
        "<value><double>0x1p3</double></value>",
        "<value><double>NaN</double></value>",
        "<value><dateTime.iso8601>20190230T99:00:00</dateTime.iso8601></value>",
        "<value><base64>=</base64></value>",
        "<value><serializable>rO0AB</serializable></value>",
        "<value>text<int>1</int></value>",
        "<value><int>1</int><int>2</int></value>",
        "<value><string>a<b/></string></value>",
        "<value><array><value>1</value></array></value>",
        "<value><struct><member><value>1</value></member></struct></value>",
        "<value><nil>1</nil></value>",
        "<other/>",
        ""
      })
  void reply_brokenValue_isRefused(String value) {
    assertThatExceptionOfType(KojiReplyException.class).isThrownBy(() -> result(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html><body>proxy error</body></html>",
        "<methodResponse/>",
        "<methodResponse><params/></methodResponse>",
        "<methodResponse><fault><value>no</value></fault></methodResponse>",
        "<methodResponse><params><param><value/></param></params></methodResponse><more/>",
        "<!DOCTYPE x SYSTEM 'file:///etc/passwd'><methodResponse><params><param><value/></param>"
            + "</params></methodResponse>"
      })
  void reply_notAnAnswer_isRefused(String text) {
    assertThatExceptionOfType(KojiReplyException.class)
        .isThrownBy(() -> read(text, XmlRpcLimits.REPLY));
  }

  @Test
  void reply_notUtf8_isRefused() {
    byte[] text = "<methodResponse>\u00e9</methodResponse>".getBytes(StandardCharsets.ISO_8859_1);
    assertThatExceptionOfType(KojiReplyException.class)
        .isThrownBy(() -> XmlRpcReader.reply(text, XmlRpcLimits.REPLY));
  }

  @Test
  void reply_beyondALimit_isRefused() {
    assertThat(read(list(list(list(""))), SMALL)).isNotNull();
    assertThatExceptionOfType(KojiReplyException.class)
        .isThrownBy(() -> read(list(list(list(list("")))), SMALL))
        .withMessageContaining("deeper than 3");
    assertThat(read(list("<value/>".repeat(4)), SMALL)).isNotNull();
    assertThatExceptionOfType(KojiReplyException.class)
        .isThrownBy(() -> read(list("<value/>".repeat(5)), SMALL))
        .withMessageContaining("more than 5 values");
    assertThatExceptionOfType(KojiReplyException.class)
        .isThrownBy(() -> read(list(" ".repeat(400)), SMALL))
        .withMessageContaining("larger than 400 bytes");
  }

  @Test
  void reply_hundredThousandLevels_isRefusedWithoutAStackOverflow() {
    String deep = "<value><array><data>".repeat(100_000);
    assertThatExceptionOfType(KojiReplyException.class)
        .isThrownBy(() -> result(deep))
        .withMessageContaining("deeper than 64");
  }

  private static String list(String content) {
    return "<value><array><data>" + content + "</data></array></value>";
  }

  private static @Nullable Object result(String value) {
    return read(value, XmlRpcLimits.REPLY);
  }

  private static @Nullable Object read(String value, XmlRpcLimits limits) {
    boolean whole = !value.startsWith("<value") && !value.isEmpty() && !value.equals("<other/>");
    String text =
        whole
            ? value
            : "<methodResponse><params><param>" + value + "</param></params></methodResponse>";
    return XmlRpcReader.reply(text.getBytes(StandardCharsets.UTF_8), limits);
  }
}
