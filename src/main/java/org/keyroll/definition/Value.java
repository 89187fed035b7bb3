package org.keyroll.definition;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.DefinitionErrors.Fault;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * A value of a definition that fits its schema, and where it stands. Absent lists and maps are
 * empty, absent flags false.
 */
record Value(Document document, JsonPointer at, JsonNode json) {

  boolean has(String key) {
    return json.has(key);
  }

  /** The value under a key; without one, the place where it is missing. */
  Value get(String key) {
    var child = json.get(key);
    return child == null ? this : new Value(document, at.appendProperty(key), child);
  }

  Value get(int index) {
    return new Value(document, at.appendIndex(index), json.get(index));
  }

  Fault fault(String message) {
    return new Fault(document.file(), document.line(at), message);
  }

  String text() {
    return json.stringValue();
  }

  String text(String key) {
    return get(key).text();
  }

  @Nullable String textOrNull(String key) {
    return has(key) ? text(key) : null;
  }

  double number(String key) {
    return get(key).json.doubleValue();
  }

  @Nullable Double numberOrNull(String key) {
    return has(key) ? (Double) number(key) : null;
  }

  @Nullable BigDecimal decimalOrNull(String key) {
    return has(key) ? get(key).json.decimalValue() : null;
  }

  int integer(String key, int otherwise) {
    return has(key) ? get(key).json.intValue() : otherwise;
  }

  boolean flag(String key) {
    return has(key) && get(key).json.booleanValue();
  }

  <E extends Enum<E>> E word(String key, Class<E> type) {
    return Enum.valueOf(type, text(key).toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  List<Value> items(String key) {
    if (!has(key)) {
      return List.of();
    }
    var list = get(key);
    var items = new ArrayList<Value>();
    for (int i = 0; i < list.json.size(); i++) {
      items.add(list.get(i));
    }
    return items;
  }

  <T> List<T> list(String key, Function<Value, T> read) {
    return items(key).stream().map(read).toList();
  }

  List<String> texts(String key) {
    return list(key, Value::text);
  }

  <T> Map<String, T> map(String key, Function<Value, T> read) {
    if (!has(key)) {
      return Map.of();
    }
    var map = get(key);
    var values = new LinkedHashMap<String, T>();
    for (var name : map.json.propertyNames()) {
      values.put(name, read.apply(map.get(name)));
    }
    return Collections.unmodifiableMap(values);
  }

  /** All its keys. */
  Map<String, Value> members() {
    var members = new LinkedHashMap<String, Value>();
    json.propertyNames().forEach(name -> members.put(name, get(name)));
    return members;
  }

  @Nullable LocalDate dateOrNull(String key) {
    return has(key) ? LocalDate.parse(text(key)) : null;
  }

  <E extends Enum<E>> E word(String key, E otherwise) {
    return has(key) ? word(key, otherwise.getDeclaringClass()) : otherwise;
  }

  Map<String, List<String>> textLists(String key) {
    return map(key, Value::allTexts);
  }

  private List<String> allTexts() {
    var texts = new ArrayList<String>();
    for (var item : json) {
      texts.add(item.stringValue());
    }
    return List.copyOf(texts);
  }
}
