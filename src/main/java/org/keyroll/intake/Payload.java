package org.keyroll.intake;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;

/** Flat objects of texts, the form in which records keep their values. */
public final class Payload {
  private static final JsonFactory FACTORY = new JsonFactory();

  private Payload() {}

  /** {@code {"a":"1","b":"2"}}: no spaces, order kept, so that equal values are equal texts. */
  static String object(Map<String, String> values) {
    var encoder = JsonStringEncoder.getInstance();
    var out = new StringBuilder(32 * values.size() + 2).append('{');
    values.forEach(
        (name, value) -> {
          if (out.length() > 1) {
            out.append(',');
          }
          out.append('"');
          encoder.quoteAsString(name, out);
          out.append("\":\"");
          encoder.quoteAsString(value, out);
          out.append('"');
        });
    return out.append('}').toString();
  }

  /** The values of a record: field to canonical value. */
  public static Map<String, String> read(@Nullable String json) {
    var values = new LinkedHashMap<String, String>();
    if (json == null) {
      return values;
    }
    try (var parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
      String name = null;
      for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.PROPERTY_NAME) {
          name = parser.currentName();
        } else if (token == JsonToken.VALUE_STRING && name != null) {
          values.put(name, parser.getString());
        }
      }
    } catch (JacksonException e) {
      throw new IllegalStateException("a record of our own does not read: " + json, e);
    }
    return values;
  }
}
