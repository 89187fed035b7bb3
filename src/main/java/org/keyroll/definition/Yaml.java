package org.keyroll.definition;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keyroll.definition.DefinitionErrors.Fault;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads YAML 1.2 into a JSON tree and keeps the line of every value. Built on the parser's events
 * and not on Jackson's YAML reader, which takes an alias for a text, or on a composer, whose stack
 * a deep nesting overflows.
 */
final class Yaml {
  private static final int DEPTH = 40;
  private static final int VALUES = 50_000;
  private static final int DIGITS = 40;
  private static final LoadSettings SETTINGS = LoadSettings.builder().build();
  private static final ScalarResolver SCALARS = SETTINGS.getSchema().getScalarResolver();
  private static final Set<String> TAGS = Set.of(Tag.STR.getValue(), "!");
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final String file;
  private final List<Fault> faults;
  private final Iterator<Event> events;
  private final Map<JsonPointer, Integer> lines = new HashMap<>();
  private final Map<Anchor, Node> anchors = new HashMap<>();
  private int values;

  private record Node(JsonNode json, int size) {}

  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int line;

    Stop(int line, String message) {
      super(message);
      this.line = line;
    }
  }

  private Yaml(String file, String text, List<Fault> faults) {
    this.file = file;
    this.faults = faults;
    this.events = new Parse(SETTINGS).parseString(text).iterator();
  }

  /** The document; empty where it cannot be used, and then there are new faults. */
  static Optional<Document> read(String file, String text, List<Fault> faults) {
    var before = faults.size();
    try {
      var yaml = new Yaml(file, text, faults);
      var json = yaml.document();
      return faults.size() == before
          ? Optional.of(new Document(file, json, yaml.lines))
          : Optional.empty();
    } catch (Stop e) {
      faults.add(new Fault(file, e.line, String.valueOf(e.getMessage())));
    } catch (MarkedYamlEngineException e) {
      var line = e.getProblemMark().or(e::getContextMark).map(mark -> mark.getLine() + 1).orElse(0);
      faults.add(new Fault(file, line, "not valid YAML: " + e.getProblem()));
    } catch (ReaderException e) {
      var end =
          text.offsetByCodePoints(
              0, Math.min(e.getPosition(), text.codePointCount(0, text.length())));
      var line = 1 + (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
      var sign = String.format("U+%04X", e.getCodePoint());
      faults.add(new Fault(file, line, "the character " + sign + " is not allowed in YAML"));
    } catch (YamlEngineException e) {
      faults.add(new Fault(file, 0, "not valid YAML: " + e.getMessage()));
    }
    return Optional.empty();
  }

  private JsonNode document() {
    events.next();
    var start = events.next();
    if (start.getEventId() == Event.ID.StreamEnd) {
      throw new Stop(0, "the file is empty");
    }
    var root = node(events.next(), JsonPointer.empty(), 0).json();
    lines.put(JsonPointer.empty(), 1);
    events.next();
    var after = events.next();
    if (after.getEventId() != Event.ID.StreamEnd) {
      throw new Stop(line(after), "a second document begins here; a file holds one");
    }
    return root;
  }

  private Node node(Event event, JsonPointer at, int depth) {
    lines.putIfAbsent(at, line(event));
    if (depth > DEPTH) {
      throw new Stop(line(event), "nested deeper than " + DEPTH + " levels");
    }
    int before = values;
    count(1, event);
    if (event instanceof AliasEvent alias) {
      var node = anchors.get(alias.getAlias());
      if (node == null) {
        throw new Stop(
            line(event), "*" + alias.getAlias() + " names no anchor that stands before it");
      }
      count(node.size(), event);
      return node;
    }
    JsonNode json;
    if (event instanceof ScalarEvent scalar) {
      json = scalar(scalar);
    } else if (event instanceof SequenceStartEvent sequence) {
      refuseTag(sequence.getTag(), event);
      json = list(at, depth);
    } else if (event instanceof MappingStartEvent mapping) {
      refuseTag(mapping.getTag(), event);
      json = map(at, depth);
    } else {
      throw new Stop(line(event), "not valid YAML: " + event);
    }
    var node = new Node(json, values - before);
    ((NodeEvent) event).getAnchor().ifPresent(anchor -> anchors.put(anchor, node));
    return node;
  }

  private JsonNode list(JsonPointer at, int depth) {
    var json = JSON.arrayNode();
    for (var event = events.next();
        event.getEventId() != Event.ID.SequenceEnd;
        event = events.next()) {
      json.add(node(event, at.appendIndex(json.size()), depth + 1).json());
    }
    return json;
  }

  private JsonNode map(JsonPointer at, int depth) {
    var json = JSON.objectNode();
    for (var event = events.next();
        event.getEventId() != Event.ID.MappingEnd;
        event = events.next()) {
      if (!(event instanceof ScalarEvent scalar)) {
        throw new Stop(line(event), "a key must be a plain word");
      }
      count(1, event);
      var key = scalar.getValue();
      var child = at.appendProperty(key);
      if (json.has(key)) {
        var first = lines.getOrDefault(child, 0);
        var again = "the key \"" + key + "\" stands twice; first on line " + first;
        faults.add(new Fault(file, line(event), again));
      }
      var value = events.next();
      lines.putIfAbsent(child, value instanceof ScalarEvent ? line(value) : line(event));
      json.set(key, node(value, child, depth + 1).json());
    }
    return json;
  }

  private JsonNode scalar(ScalarEvent event) {
    var text = event.getValue();
    if (event.getTag().isPresent()) {
      refuseTag(event.getTag().filter(tag -> !TAGS.contains(tag)), event);
      return JSON.stringNode(text);
    }
    var tag = event.isPlain() ? SCALARS.resolve(text, true) : Tag.STR;
    if (tag.equals(Tag.NULL)) {
      return JSON.nullNode();
    }
    if (tag.equals(Tag.BOOL)) {
      return JSON.booleanNode(Boolean.parseBoolean(text));
    }
    if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      return number(text, event);
    }
    return JSON.stringNode(text);
  }

  private JsonNode number(String text, Event event) {
    if (text.length() <= DIGITS) {
      try {
        var number = new BigDecimal(text);
        if (Math.abs(number.scale()) <= DIGITS) {
          return JSON.numberNode(number);
        }
      } catch (NumberFormatException e) {
        throw new Stop(line(event), text + " is not a number that can be used here");
      }
    }
    throw new Stop(
        line(event), "the number " + text + " is too long; put it in quotes if it is a text");
  }

  private void refuseTag(Optional<String> tag, Event event) {
    if (tag.isPresent()) {
      throw new Stop(line(event), "the tag " + tag.get() + " is not known here; leave it out");
    }
  }

  private void count(int more, Event event) {
    values += more;
    if (values > VALUES) {
      throw new Stop(line(event), "more than " + VALUES + " values, counting aliases");
    }
  }

  private static int line(Event event) {
    return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }
}
