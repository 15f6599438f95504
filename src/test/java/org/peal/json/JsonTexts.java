package org.peal.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Makes random JSON texts, and breaks given ones. */
final class JsonTexts {

  private static final String[] SPACES = {"", "", "", " ", "\n", "\r\n", "\t", "  \n\t"};
  private static final String[] STRINGS = {
    "a",
    "b",
    "msg",
    "\\\"",
    "\\\\",
    "\\/",
    "\\n",
    "\\u00e9",
    "\\u007f",
    "\\uD83D\\uDE00",
    "\\ud83d",
    "\\uDE00",
    "\\uffff",
    "é",
    "😀",
    "\u2028",
    "\uFEFF",
    " ",
    "{",
    "]",
    ":",
    ",",
    "\\u0000",
    "\u007f"
  };
  private static final String[] NUMBERS = {
    "0",
    "-0",
    "1",
    "-1",
    "1.0",
    "-0.0",
    "1e5",
    "1E+400",
    "-1e400",
    "1e-400",
    "12345678901234567890",
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775808",
    "2147483648",
    "0.1",
    "1700000000.123456",
    "2e23",
    "5e-324",
    "999999999999999999",
    "1000000000000000000",
    "0E0"
  };
  private static final String[] WORDS = {
    "true", "false", "null", "NaN", "Infinity", "-Infinity", "{}", "[]", "\"\""
  };
  private static final String[] FRAGMENTS = {
    "INF",
    "-INF",
    "+Infinity",
    "-NaN",
    "nan",
    "+1",
    ".5",
    "1.",
    "01",
    "-",
    "-01",
    "1e",
    "1e+",
    "0x1",
    "'a'",
    "//",
    "/**/",
    "#",
    ",",
    ":",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "\\",
    "\\u12",
    "\\ud83d",
    "\\U00e9",
    "\0",
    "\t",
    "\u000b",
    "\f",
    "\u00a0",
    "\u2028",
    "\uFEFF",
    "\u001e",
    "True",
    "None",
    "\\u００ａ０",
    "\\u0İ2ı",
    "\\uDE\\ud83d00",
    "\\\\ud83d",
    "Ģ"
  };
  private static final byte[][] BYTES = {
    {(byte) 0xC0, (byte) 0x80},
    {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
    {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
    {(byte) 0xE2, (byte) 0x82},
    {(byte) 0x80},
    {(byte) 0xFF},
    {(byte) 0xF0, (byte) 0x9F, (byte) 0x98, (byte) 0x80}
  };

  private final SplittableRandom random;

  JsonTexts(SplittableRandom random) {
    this.random = random;
  }

  /** Returns a text that is valid JSON by Python's rules. */
  byte[] valid() {
    StringBuilder text = new StringBuilder();
    value(text, random.nextInt(6));
    return text.toString().getBytes(UTF_8);
  }

  private void value(StringBuilder text, int depth) {
    space(text);
    switch (random.nextInt(depth == 0 ? 3 : 5)) {
      case 0 -> text.append(oneOf(NUMBERS));
      case 1 -> text.append(oneOf(WORDS));
      case 2 -> string(text);
      case 3 -> array(text, depth);
      default -> object(text, depth);
    }
    space(text);
  }

  private void array(StringBuilder text, int depth) {
    text.append('[');
    for (int i = random.nextInt(5); i >= 0; i--) {
      value(text, depth - 1);
      text.append(i == 0 ? "]" : ",");
    }
  }

  private void object(StringBuilder text, int depth) {
    text.append('{');
    for (int i = random.nextInt(5); i >= 0; i--) {
      space(text);
      string(text);
      space(text);
      text.append(':');
      value(text, depth - 1);
      text.append(i == 0 ? "}" : ",");
    }
  }

  private void string(StringBuilder text) {
    text.append('"');
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(oneOf(STRINGS));
    }
    text.append('"');
  }

  private void space(StringBuilder text) {
    text.append(oneOf(SPACES));
  }

  /** Returns a text that is nearly the given one, rarely still valid. */
  byte[] mutated(byte[] text) {
    byte[] result = text;
    for (int i = random.nextInt(3); i >= 0; i--) {
      result = mutatedOnce(result);
    }
    return result;
  }

  private byte[] mutatedOnce(byte[] text) {
    int from = random.nextInt(text.length + 1);
    int to = random.nextBoolean() ? from : Math.min(text.length, from + 1 + random.nextInt(4));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(text, 0, from);
    out.writeBytes(insertion(text));
    out.write(text, to, text.length - to);
    return out.toByteArray();
  }

  private byte[] insertion(byte[] text) {
    return switch (random.nextInt(8)) {
      case 0 -> new byte[0];
      case 1 -> new byte[] {(byte) random.nextInt(256)};
      case 2 -> BYTES[random.nextInt(BYTES.length)];
      case 3 -> oneOf(NUMBERS).getBytes(UTF_8);
      case 4 -> slice(text);
      case 5 -> asciiInLowByte().getBytes(UTF_8);
      default -> oneOf(FRAGMENTS).getBytes(UTF_8);
    };
  }

  private String asciiInLowByte() {
    return Character.toString(random.nextInt(1, 0xD8) << 8 | random.nextInt(' ', 0x80));
  }

  private byte[] slice(byte[] text) {
    int from = random.nextInt(text.length + 1);
    int to = Math.min(text.length, from + random.nextInt(12));
    return Arrays.copyOfRange(text, from, to);
  }

  byte[] oneOf(List<byte[]> texts) {
    return texts.get(random.nextInt(texts.size()));
  }

  private String oneOf(String[] choices) {
    return choices[random.nextInt(choices.length)];
  }
}
