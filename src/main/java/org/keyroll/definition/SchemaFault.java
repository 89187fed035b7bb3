package org.keyroll.definition;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.keyroll.definition.DefinitionErrors.Fault;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** Says in words where a document departs from its schema. */
record SchemaFault(Document document, JsonNode schema, Error error) {
  private static final Map<String, String> TYPES =
      Map.of(
          "string", "a text",
          "number", "a number",
          "integer", "a whole number",
          "boolean", "true or false",
          "array", "a list",
          "object", "a map of keys",
          "null", "empty");

  Fault fault() {
    var at = pointer(error.getInstanceLocation());
    var place = at;
    if (error.getKeyword().equals("additionalProperties") || isNameOfKey()) {
      place = at.appendProperty(offendingKey());
    }
    return new Fault(document.file(), document.line(place), sentence(at));
  }

  private boolean isNameOfKey() {
    return error.getEvaluationPath().contains("propertyNames");
  }

  private String offendingKey() {
    if (error.getProperty() != null) {
      return error.getProperty();
    }
    var node = error.getInstanceNode();
    return node != null && node.isString() ? node.stringValue() : "";
  }

  private String sentence(JsonPointer at) {
    if (isNameOfKey()) {
      return "the key \"" + offendingKey() + "\" must be " + ruleOfKey();
    }
    var rule = error.getSchemaNode();
    return switch (error.getKeyword()) {
      case "additionalProperties" -> unknownKey();
      case "required" -> "missing key \"" + error.getProperty() + "\"" + in(at);
      case "type" -> name(at) + " must be " + types(rule) + "; found " + found() + hint(rule);
      case "enum" -> oneOf(at, rule);
      case "pattern" ->
          name(at)
              + " must be "
              + comment("a text that matches " + rule.stringValue())
              + "; found "
              + found();
      case "minimum" -> name(at) + " must be at least " + rule.asString() + "; found " + found();
      case "maximum" -> name(at) + " must be at most " + rule.asString() + "; found " + found();
      case "minLength" ->
          name(at) + " must have at least " + rule.asString() + " characters; found " + found();
      case "maxLength" ->
          name(at) + " must have at most " + rule.asString() + " characters; found " + found();
      case "minItems", "minProperties" -> name(at) + " must not be empty";
      case "uniqueItems" -> name(at) + " holds the same value twice";
      default ->
          "false".equals(rule.asString()) || error.getKeyword().equals("false")
              ? misplaced(at)
              : name(at) + " " + error.getMessage();
    };
  }

  private String misplaced(JsonPointer at) {
    var parent = document.json().at(at.head());
    var kind = parent.has("type") ? "type" : parent.has("by") ? "by" : "kind";
    var value = parent.path(kind).asString("");
    return name(at) + " does not go with " + kind + " " + value + "; remove it";
  }

  private String unknownKey() {
    var key = offendingKey();
    var known =
        new ArrayList<>(
            at(error.getSchemaLocation().getFragment().getParent())
                .path("properties")
                .propertyNames());
    known.removeAll(error.getInstanceNode().propertyNames());
    return "unknown key \"" + key + "\"" + Words.instead(key, known);
  }

  private String oneOf(JsonPointer at, JsonNode rule) {
    var allowed = new ArrayList<String>();
    rule.forEach(word -> allowed.add(word.asString()));
    var node = error.getInstanceNode();
    var near = node.isString() ? Words.nearest(node.stringValue(), allowed) : null;
    var must = allowed.size() == 1 ? " must be " : " must be one of ";
    return name(at)
        + must
        + String.join(", ", allowed)
        + "; found "
        + found()
        + (near == null ? "" : "; did you mean \"" + near + "\"?");
  }

  private String ruleOfKey() {
    var rule = error.getSchemaNode();
    if (rule.has("$ref")) {
      rule = schema.at(rule.get("$ref").stringValue().substring(1));
    }
    return rule.has("enum")
        ? "one of " + listed(rule.get("enum"))
        : rule.path("$comment").asString("another word");
  }

  private static String listed(JsonNode words) {
    return String.join(", ", words.valueStream().map(JsonNode::asString).toList());
  }

  private String comment(String otherwise) {
    return at(error.getSchemaLocation().getFragment().getParent())
        .path("$comment")
        .asString(otherwise);
  }

  private JsonNode at(NodePath path) {
    return schema.at(pointer(path));
  }

  private String hint(JsonNode rule) {
    var node = error.getInstanceNode();
    if (rule.isArray()) {
      return "";
    }
    if (rule.stringValue().equals("string") && (node.isNumber() || node.isBoolean())) {
      return "; put it in quotes";
    }
    if (rule.stringValue().equals("array") && node.isString()) {
      return "; write [" + node.stringValue() + "]";
    }
    return "";
  }

  private String found() {
    var node = error.getInstanceNode();
    if (node.isNull()) {
      return "nothing";
    }
    if (node.isContainer()) {
      return node.isArray() ? "a list" : "a map of keys";
    }
    return node.isNumber()
        ? "the number " + node.asString()
        : node.isBoolean() ? "the value " + node.asString() : "\"" + node.asString() + "\"";
  }

  private String types(JsonNode rule) {
    return rule.isArray()
        ? comment(String.join(" or ", rule.valueStream().map(t -> type(t.stringValue())).toList()))
        : type(rule.stringValue());
  }

  private static String type(String name) {
    return TYPES.getOrDefault(name, name);
  }

  private static String in(JsonPointer at) {
    return at.toString().isEmpty() ? "" : " in " + name(at);
  }

  /** The last key of the place, and which item of it. */
  private static String name(JsonPointer at) {
    var parts = List.of(at.toString().split("/", -1));
    var last = parts.get(parts.size() - 1);
    if (parts.size() == 1) {
      return "the file";
    }
    return last.matches("[0-9]+") && parts.size() > 2
        ? "item " + (Integer.parseInt(last) + 1) + " of \"" + parts.get(parts.size() - 2) + "\""
        : "\"" + last.replace("~1", "/").replace("~0", "~") + "\"";
  }

  private static JsonPointer pointer(NodePath path) {
    var pointer = JsonPointer.empty();
    for (int i = 0; i < path.getNameCount(); i++) {
      var element = path.getElement(i);
      pointer =
          element instanceof Integer index
              ? pointer.appendIndex(index)
              : pointer.appendProperty(String.valueOf(element));
    }
    return pointer;
  }
}
