package org.keyroll.publication;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Published JSON: indented, and the same bytes on any platform. */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private static final JsonMapper LINES =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private Json() {}

  static byte[] bytes(Object value) {
    // Line ends do not follow the platform.
    var text = MAPPER.writeValueAsString(value).replace("\r\n", "\n") + "\n";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** One line without its end, keys in their order. */
  static String line(Object value) {
    return LINES.writeValueAsString(value);
  }

  /**
   * @throws tools.jackson.core.JacksonException when it is something else
   */
  static <T> T read(byte[] bytes, Class<T> type) {
    return MAPPER.readValue(bytes, type);
  }
}
