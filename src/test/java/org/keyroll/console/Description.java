package org.keyroll.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.OverrideId;
import org.keyroll.adjustment.ProposalId;
import org.keyroll.definition.Scope;
import org.keyroll.people.Person;
import org.keyroll.people.Right;
import org.keyroll.unit.UnitId;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.multipart.MultipartFile;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Describes the API in OpenAPI 3.1 by what its handlers are: their paths, parameters, bodies and
 * codes, and what the javadoc of our own records says of their fields.
 */
final class Description {
  private static final Path SOURCES = Path.of("src/main/java/org/keyroll/console");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final List<Class<?>> IDS =
      List.of(UnitId.class, ProposalId.class, OverrideId.class);

  /** What the server gives a handler; nothing that a program sends. */
  private static final List<Class<?>> GIVEN =
      List.of(Person.class, Caller.class, HttpServletResponse.class);

  private final Map<String, ObjectNode> schemas = new TreeMap<>();
  private final Map<String, Class<?>> described = new TreeMap<>();

  private final TreeSet<Integer> refusals = new TreeSet<>();

  private Description() {}

  /** An operation: {@code GET /api/v1/programmes} to the handlers that answer it. */
  static Map<String, List<Method>> operations(List<Method> handlers) {
    var operations = new TreeMap<String, List<Method>>();
    for (var handler : handlers) {
      var mapping =
          Objects.requireNonNull(
              AnnotatedElementUtils.findMergedAnnotation(handler, RequestMapping.class));
      var key = mapping.method()[0].name() + " " + path(mapping.path()[0]);
      operations.merge(
          key,
          List.of(handler),
          (a, b) ->
              Stream.concat(a.stream(), b.stream())
                  .sorted(Comparator.comparing(Method::getName))
                  .toList());
    }
    return operations;
  }

  private static String path(String pattern) {
    return pattern.replace("/**", "/{path}");
  }

  static String of(List<Method> handlers) throws IOException {
    return new Description().describe(handlers);
  }

  private String describe(List<Method> handlers) throws IOException {
    var all = JSON.createObjectNode();
    all.put("openapi", "3.1.0");
    all.putObject("info")
        .put("title", "Keyroll")
        .put("version", "1")
        .put(
            "summary",
            "All that the console and the command line do, for programs; see docs/api.md.");
    all.putArray("servers").addObject().put("url", "/");
    all.putArray("security").addObject().putArray("token");
    var paths = all.putObject("paths");
    for (var operation : operations(handlers).entrySet()) {
      var name = operation.getKey();
      int space = name.indexOf(' ');
      var path = name.substring(space + 1);
      var item = paths.get(path) instanceof ObjectNode there ? there : paths.putObject(path);
      item.set(
          name.substring(0, space).toLowerCase(Locale.ROOT), operation(path, operation.getValue()));
    }
    sort(paths);
    var components = all.putObject("components");
    var secured = components.putObject("securitySchemes");
    secured
        .putObject("token")
        .put("type", "http")
        .put("scheme", "bearer")
        .put("description", "A token of a person: keyroll tokens add, or POST /api/v1/tokens.");
    secured
        .putObject("proof")
        .put("type", "http")
        .put("scheme", "basic")
        .put("description", "A person's name, and their key or password.");
    var refused = components.putObject("responses");
    for (int code : refusals) {
      var answer = refused.putObject(Integer.toString(code));
      answer.put("description", HttpStatus.valueOf(code).getReasonPhrase());
      answer
          .putObject("content")
          .putObject("application/problem+json")
          .set("schema", schema(Problem.class));
    }
    var named = components.putObject("schemas");
    schemas.forEach(named::set);
    return JSON.writeValueAsString(all).replace("\r\n", "\n") + "\n";
  }

  private static void sort(ObjectNode paths) {
    var sorted = new TreeMap<String, ObjectNode>();
    paths.properties().forEach(p -> sorted.put(p.getKey(), (ObjectNode) p.getValue()));
    paths.removeAll();
    sorted.forEach(paths::set);
  }

  private ObjectNode operation(String path, List<Method> handlers) {
    var first = handlers.get(0);
    var node = JSON.createObjectNode();
    var api = Objects.requireNonNull(first.getDeclaringClass().getAnnotation(Api.class));
    node.putArray("tags").add(api.tag());
    node.put("operationId", first.getName());
    node.put("summary", String.join(" ", handlers.stream().map(h -> says(h).value()).toList()));
    var door = first.getAnnotation(Door.class);
    if (door == null) {
      node.putArray("security");
    } else if (first.isAnnotationPresent(Proven.class)) {
      node.putArray("security").addObject().putArray("proof");
    }
    if (door != null && door.value().length > 0) {
      node.put(
          "description",
          "For "
              + String.join(
                  ", ",
                  Arrays.stream(org.keyroll.people.Role.values())
                      .filter(r -> Arrays.stream(door.value()).anyMatch(right -> right.of(r)))
                      .map(org.keyroll.people.Role::id)
                      .toList())
              + ".");
    }
    var parameters = parameters(path, handlers);
    if (!parameters.isEmpty()) {
      node.set("parameters", parameters);
    }
    body(node, handlers);
    node.set("responses", responses(path, first, !parameters.isEmpty() || node.has("requestBody")));
    return node;
  }

  private static Says says(Method handler) {
    return Objects.requireNonNull(handler.getAnnotation(Says.class), handler.toString());
  }

  private ArrayNode parameters(String path, List<Method> handlers) {
    var found = new TreeMap<String, ObjectNode>();
    for (var handler : handlers) {
      for (var parameter : handler.getParameters()) {
        var one = parameter(parameter);
        if (one != null) {
          one.put(
              "required",
              one.get("required").asBoolean()
                  && handlers.stream()
                      .allMatch(
                          h ->
                              Arrays.stream(h.getParameters())
                                  .anyMatch(p -> p.getName().equals(parameter.getName()))));
          found.put(one.get("in").asString() + " " + one.get("name").asString(), one);
        }
        if (parameter.getType() == ServletWebRequest.class) {
          for (var header : List.of("If-None-Match", "Range")) {
            found.put("header " + header, plain("header", header, false));
          }
        }
        if (parameter.getType() == Scope.class) {
          found.put("path programme", plain("path", "programme", true));
        }
      }
    }
    if (path.endsWith("{path}")) {
      found.put("path path", plain("path", "path", true).put("description", "With slashes."));
    }
    var array = JSON.createArrayNode();
    found.values().forEach(array::add);
    return array;
  }

  private static ObjectNode plain(String in, String name, boolean required) {
    var node = JSON.createObjectNode().put("name", name).put("in", in).put("required", required);
    node.putObject("schema").put("type", "string");
    return node;
  }

  private @Nullable ObjectNode parameter(Parameter parameter) {
    var query = parameter.getAnnotation(RequestParam.class);
    var header = parameter.getAnnotation(RequestHeader.class);
    if (parameter.isAnnotationPresent(PathVariable.class)) {
      return put(plain("path", parameter.getName(), true), parameter);
    }
    if (header != null) {
      return put(plain("header", header.name(), header.required()), parameter);
    }
    if (query == null || parameter.getType() == MultipartFile.class) {
      return null;
    }
    boolean given = !query.defaultValue().equals(ValueConstants.DEFAULT_NONE);
    var node = put(plain("query", parameter.getName(), query.required() && !given), parameter);
    if (given && !query.defaultValue().isEmpty() && !query.defaultValue().startsWith("9223")) {
      var schema = (ObjectNode) node.get("schema");
      schema.put("default", query.defaultValue().toLowerCase(Locale.ROOT));
      if (schema.get("type").asString().equals("integer")) {
        schema.put("default", Long.parseLong(query.defaultValue()));
      } else if (schema.get("type").asString().equals("boolean")) {
        schema.put("default", Boolean.parseBoolean(query.defaultValue()));
      }
    }
    return node;
  }

  private ObjectNode put(ObjectNode node, Parameter parameter) {
    node.set("schema", schema(parameter.getParameterizedType()));
    return node;
  }

  private void body(ObjectNode node, List<Method> handlers) {
    var content = JSON.createObjectNode();
    for (var handler : handlers) {
      for (var parameter : handler.getParameters()) {
        if (parameter.isAnnotationPresent(RequestBody.class)) {
          content
              .putObject("application/json")
              .set("schema", schema(parameter.getParameterizedType()));
        } else if (parameter.getType() == MultipartFile.class) {
          var form = content.putObject("multipart/form-data").putObject("schema");
          form.put("type", "object");
          form.putObject("properties")
              .putObject(parameter.getName())
              .put("type", "string")
              .put("contentMediaType", "application/octet-stream");
          form.putArray("required").add(parameter.getName());
        } else if (parameter.getType() == HttpServletRequest.class
            && !mapping(handler).method()[0].name().equals("GET")) {
          content.putObject("application/octet-stream").putObject("schema");
        } else if (parameter.getAnnotations().length == 0
            && parameter.getType() != Scope.class
            && parameter.getType() != HttpServletRequest.class
            && parameter.getType() != ServletWebRequest.class
            && !GIVEN.contains(parameter.getType())) {
          throw new IllegalStateException("nobody describes " + parameter + " of " + handler);
        }
      }
    }
    if (!content.isEmpty()) {
      node.putObject("requestBody").put("required", true).set("content", content);
    }
  }

  private static RequestMapping mapping(Method handler) {
    return Objects.requireNonNull(
        AnnotatedElementUtils.findMergedAnnotation(handler, RequestMapping.class));
  }

  /** Codes of a handler, those of success first. */
  static List<Integer> codes(String path, Method handler, boolean takes) {
    var door = handler.getAnnotation(Door.class);
    var codes = new TreeSet<Integer>();
    Arrays.stream(says(handler).with()).forEach(codes::add);
    Arrays.stream(says(handler).or()).forEach(codes::add);
    if (takes) {
      codes.add(400);
    }
    if (door != null) {
      codes.addAll(List.of(401, 429));
      if (door.value().length > 0) {
        codes.add(404); // that a department is told
        if (!Arrays.asList(door.value()).contains(Right.READ)) {
          codes.add(403);
        }
      }
    }
    if (path.contains("{")) {
      codes.add(404);
    }
    if (path.contains("{programme}")) {
      codes.add(503);
    }
    return List.copyOf(codes);
  }

  private ObjectNode responses(String path, Method handler, boolean takes) {
    var node = JSON.createObjectNode();
    for (int code : codes(path, handler, takes)) {
      var answer = node.putObject(Integer.toString(code));
      var status = HttpStatus.valueOf(code);
      if (status.isError() && code != 416) {
        answer.put("$ref", "#/components/responses/" + code);
        refusals.add(code);
        continue;
      }
      answer.put("description", status.getReasonPhrase());
      if (code != 204 && code != 304 && code != 416) {
        headers(answer, handler, code);
        content(answer, handler);
      }
    }
    return node;
  }

  private static void headers(ObjectNode answer, Method handler, int code) {
    var returned = handler.getGenericReturnType().getTypeName();
    var headers = new TreeSet<String>();
    if (returned.contains("ResponseEntity<")
        && (returned.contains("Items<") || returned.contains("Page"))) {
      headers.add("Link");
    }
    if (returned.contains("Resource") || returned.matches(".*(One|PersonLine|UnitOverride)>")) {
      headers.add("ETag");
    }
    if (!says(handler).file().isEmpty()) {
      headers.add("Content-Disposition");
    }
    if (code == 202 && handler.getName().equals("launch")) {
      headers.add("Location");
    }
    if (!headers.isEmpty()) {
      var node = answer.putObject("headers");
      headers.forEach(h -> node.putObject(h).putObject("schema").put("type", "string"));
    }
  }

  private void content(ObjectNode answer, Method handler) {
    var file = says(handler).file();
    var content = answer.putObject("content");
    if (!file.isEmpty()) {
      content.putObject(file).putObject("schema");
      return;
    }
    var type = handler.getGenericReturnType();
    if (type instanceof ParameterizedType outer && outer.getRawType() == ResponseEntity.class) {
      type = outer.getActualTypeArguments()[0];
    }
    content
        .putObject("application/json")
        .set(
            "schema",
            type == byte[].class || type == Resource.class
                ? JSON.createObjectNode().put("type", "object")
                : schema(type));
  }

  private ObjectNode schema(Type type) {
    var node = JSON.createObjectNode();
    if (type instanceof ParameterizedType of) {
      var raw = (Class<?>) of.getRawType();
      var arguments = of.getActualTypeArguments();
      if (Collection.class.isAssignableFrom(raw)) {
        node.put("type", "array").set("items", schema(arguments[0]));
        return node;
      }
      if (Map.class.isAssignableFrom(raw)) {
        node.put("type", "object").set("additionalProperties", schema(arguments[1]));
        return node;
      }
      if (raw == Items.class) {
        node.put("type", "object");
        var properties = node.putObject("properties");
        properties.putObject("items").put("type", "array").set("items", schema(arguments[0]));
        properties.putObject("next").putArray("type").add("string").add("null");
        node.putArray("required").add("items").add("next");
        return node;
      }
      throw new IllegalStateException("no schema for " + type);
    }
    var raw = (Class<?>) type;
    if (raw == String.class || IDS.contains(raw)) {
      return node.put("type", "string");
    }
    if (raw == boolean.class || raw == Boolean.class) {
      return node.put("type", "boolean");
    }
    if (raw == int.class || raw == Integer.class) {
      return node.put("type", "integer").put("format", "int32");
    }
    if (raw == long.class || raw == Long.class) {
      return node.put("type", "integer").put("format", "int64");
    }
    if (raw == double.class || raw == Double.class) {
      return node.put("type", "number").put("format", "double");
    }
    if (raw == LocalDate.class) {
      return node.put("type", "string").put("format", "date");
    }
    if (raw == Instant.class) {
      return node.put("type", "string").put("format", "date-time");
    }
    if (raw == Object.class) {
      return node;
    }
    if (raw.isEnum()) {
      node.put("type", "string");
      var words = node.putArray("enum");
      for (var word : raw.getEnumConstants()) {
        words.add(((Enum<?>) word).name().toLowerCase(Locale.ROOT));
      }
      return node;
    }
    if (raw.isRecord()) {
      return node.put("$ref", "#/components/schemas/" + named(raw));
    }
    throw new IllegalStateException("no schema for " + type);
  }

  private String named(Class<?> record) {
    var outer = record.getEnclosingClass();
    var name =
        outer == null || outer.isAnnotationPresent(Api.class)
            ? record.getSimpleName()
            : outer.getSimpleName() + record.getSimpleName();
    var other = described.putIfAbsent(name, record);
    if (other != null && other != record) {
      throw new IllegalStateException("two schemas are called " + name);
    }
    if (other == null) {
      var node = JSON.createObjectNode();
      schemas.put(name, node);
      fill(node, record);
    }
    return name;
  }

  private void fill(ObjectNode node, Class<?> record) {
    var words = words(record);
    node.put("type", "object");
    if (words.containsKey("")) {
      node.put("description", words.get(""));
    }
    var properties = node.putObject("properties");
    var required = new TreeSet<String>();
    boolean body = isBody(record);
    for (var component : record.getRecordComponents()) {
      var schema = schema(component.getGenericType());
      boolean nullable = isNullable(component);
      if (nullable && schema.has("$ref")) {
        var either = JSON.createObjectNode();
        either.putArray("anyOf").add(schema).addObject().put("type", "null");
        schema = either;
      } else if (nullable && schema.has("type")) {
        var type = schema.get("type").asString();
        schema.putArray("type").add(type).add("null");
        if (schema.get("enum") instanceof ArrayNode of) {
          of.addNull();
        }
      }
      if (words.containsKey(component.getName())) {
        schema.put("description", words.get(component.getName()));
      }
      properties.set(component.getName(), schema);
      boolean leftOut =
          component.getAccessor().isAnnotationPresent(JsonInclude.class)
              || body
              || record == Problem.class;
      if (!nullable || !leftOut) {
        required.add(component.getName());
      }
    }
    if (!required.isEmpty()) {
      var array = node.putArray("required");
      required.forEach(array::add);
    }
  }

  /** What programs send may leave out what may be null; what they are sent has it as null. */
  private static boolean isBody(Class<?> record) {
    return Stream.of("Body", "Approval", "Rejection", "Fitting", "Because", "Edit")
        .anyMatch(record.getSimpleName()::endsWith);
  }

  private static boolean isNullable(RecordComponent component) {
    AnnotatedType type = component.getAnnotatedType();
    return type.isAnnotationPresent(Nullable.class);
  }

  /** What the javadoc of a record of ours says: of itself under the empty name. */
  private static Map<String, String> words(Class<?> record) {
    var words = new TreeMap<String, String>();
    if (!record.getPackage().equals(Description.class.getPackage())) {
      return words;
    }
    var top = record;
    while (top.getEnclosingClass() != null) {
      top = top.getEnclosingClass();
    }
    String text;
    try {
      text = Files.readString(SOURCES.resolve(top.getSimpleName() + ".java"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    var doc =
        Pattern.compile(
                "/\\*\\*((?:(?!\\*/).)*)\\*/\\s+(?:@\\w+(?:\\([^)]*\\))?\\s+)*record "
                    + record.getSimpleName()
                    + "\\b",
                Pattern.DOTALL)
            .matcher(text);
    if (doc.find()) {
      var parts =
          doc.group(1)
              .replaceAll("\\s*\\n\\s*\\*[ \\t]?", " ")
              .replaceAll("\\{@code ([^}]*)\\}", "$1")
              .strip()
              .split(" *@param ", -1);
      words.put("", parts[0].strip());
      for (int i = 1; i < parts.length; i++) {
        int space = parts[i].indexOf(' ');
        words.put(parts[i].substring(0, space), parts[i].substring(space + 1).strip());
      }
    }
    return words;
  }
}
