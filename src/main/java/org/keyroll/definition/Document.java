package org.keyroll.definition;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.JsonNode;

/**
 * A definition file as a tree.
 *
 * @param file path as the person knows it
 * @param lines by place; a place within an alias has the line of a place above it
 */
record Document(String file, JsonNode json, Map<JsonPointer, Integer> lines) {

  int line(JsonPointer at) {
    for (var place = at; place != null; place = place.head()) {
      var line = lines.get(place);
      if (line != null) {
        return line;
      }
    }
    return 0;
  }

  Value root() {
    return new Value(this, JsonPointer.empty(), json);
  }

  /** The canonical form: JSON, keys in the order of UTF-16, no spaces, shortest numbers. */
  String form() {
    var canonical = new StringBuilder();
    write(json, canonical);
    return canonical.toString();
  }

  /** SHA-256 of the canonical form. */
  String version() {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(form().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  private static void write(JsonNode node, StringBuilder out) {
    if (node.isObject()) {
      var separator = '{';
      for (var key : new TreeSet<>(node.propertyNames())) {
        write(key, out.append(separator));
        write(node.get(key), out.append(':'));
        separator = ',';
      }
      out.append(node.isEmpty() ? "{}" : "}");
    } else if (node.isArray()) {
      var separator = '[';
      for (var item : node) {
        write(item, out.append(separator));
        separator = ',';
      }
      out.append(node.isEmpty() ? "[]" : "]");
    } else if (node.isNumber()) {
      out.append(node.decimalValue().stripTrailingZeros().toPlainString());
    } else if (node.isString()) {
      write(node.stringValue(), out);
    } else {
      out.append(node);
    }
  }

  private static void write(String text, StringBuilder out) {
    out.append('"').append(JsonStringEncoder.getInstance().quoteAsCharArray(text)).append('"');
  }
}
