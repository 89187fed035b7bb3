package org.keyroll.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A program that uses the API. Whatever it is answered, the description has to say that it can be.
 */
final class Program {
  static final JsonMapper JSON = new JsonMapper();
  private static final Map<String, JsonNode> DESCRIPTIONS = new ConcurrentHashMap<>();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String url;
  private final String authorization;
  private final JsonNode description;
  private final Map<String, String> headers = new TreeMap<>();

  private Program(String url, String authorization, JsonNode description) {
    this.url = url;
    this.authorization = authorization;
    this.description = description;
  }

  static Program with(String url, String authorization) throws Exception {
    var known = DESCRIPTIONS.get(url);
    if (known != null) {
      return new Program(url, authorization, known);
    }
    var description =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(url + "/api/v1/openapi.json")).build(),
            BodyHandlers.ofString());
    assertThat(description.statusCode()).isEqualTo(200);
    DESCRIPTIONS.put(url, JSON.readTree(description.body()));
    return with(url, authorization);
  }

  static String bearer(String token) {
    return "Bearer " + token;
  }

  /** What name and key are sent as. */
  static String basic(String key) {
    return "Basic " + Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  /** An answer. */
  record Answer(int status, HttpResponse<byte[]> sent) {
    JsonNode json() {
      return JSON.readTree(sent.body());
    }

    String header(String name) {
      return sent.headers().firstValue(name).orElse("");
    }

    String text() {
      return new String(sent.body(), StandardCharsets.UTF_8);
    }
  }

  /** The same, with another header. */
  Program and(String header, String value) {
    var other = new Program(url, authorization, description);
    other.headers.putAll(headers);
    other.headers.put(header, value);
    return other;
  }

  Answer get(String path) throws Exception {
    return call("GET", path, null);
  }

  Answer post(String path, Object body) throws Exception {
    return call("POST", path, JSON.writeValueAsBytes(body));
  }

  /** Sends bytes as they are. */
  Answer send(String path, String type, byte[] bytes) throws Exception {
    return and("Content-Type", type).call("POST", path, bytes);
  }

  Answer call(String method, String path, byte @Nullable [] body) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(url + path))
            .method(
                method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    if (body != null && !headers.containsKey("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::header);
    var sent = HTTP.send(request.build(), BodyHandlers.ofByteArray());
    var answer = new Answer(sent.statusCode(), sent);
    check(method, path.replaceAll("\\?.*", ""), answer);
    return answer;
  }

  /** Holds an answer against the description: the code, and of JSON the fields. */
  private void check(String method, String path, Answer answer) {
    var what = method + " " + path + ": " + answer.status();
    assertThat(answer.status()).as(what + " " + answer.text()).isLessThan(500);
    var found = operation(path);
    if (found != null && found.has(method.toLowerCase(java.util.Locale.ROOT))) {
      var responses = found.get(method.toLowerCase(java.util.Locale.ROOT)).get("responses");
      assertThat(responses.propertyNames()).as(what).contains(Integer.toString(answer.status()));
      var content = responses.get(Integer.toString(answer.status())).get("content");
      if (content != null && content.has("application/json")) {
        fits(what, answer.json(), content.get("application/json").get("schema"));
      }
    }
    if (answer.status() >= 400 && answer.status() != 416) {
      assertThat(answer.header("Content-Type")).as(what).isEqualTo("application/problem+json");
      assertThat(answer.json().get("detail").asString()).as(what).isNotBlank();
      assertThat(answer.json().get("status").asInt()).as(what).isEqualTo(answer.status());
    }
  }

  private @Nullable JsonNode operation(String path) {
    var fitting = new ArrayList<String>();
    for (var template : description.get("paths").propertyNames()) {
      var pattern = template.replace("{path}", ".+").replaceAll("\\{[a-z]+\\}", "[^/]+");
      if (Pattern.matches(pattern, path)) {
        fitting.add(template);
      }
    }
    fitting.sort(java.util.Comparator.comparingInt(t -> t.split("\\{", -1).length));
    return fitting.isEmpty() ? null : description.get("paths").get(fitting.get(0));
  }

  /** Every field that is there is described, and every one that must be there is. */
  private void fits(String what, JsonNode value, JsonNode schema) {
    if (schema.has("anyOf")) {
      if (!value.isNull()) {
        fits(what, value, schema.get("anyOf").get(0));
      }
      return;
    }
    if (schema.has("$ref")) {
      var name = schema.get("$ref").asString().replaceFirst(".*/", "");
      fits(what + " " + name, value, description.get("components").get("schemas").get(name));
      return;
    }
    if (!schema.has("type")) {
      return;
    }
    var types = new ArrayList<String>();
    if (schema.get("type").isArray()) {
      schema.get("type").forEach(t -> types.add(t.asString()));
    } else {
      types.add(schema.get("type").asString());
    }
    var type =
        value.isNull()
            ? "null"
            : value.isObject()
                ? "object"
                : value.isArray()
                    ? "array"
                    : value.isString()
                        ? "string"
                        : value.isBoolean()
                            ? "boolean"
                            : types.contains("number") || !value.isIntegralNumber()
                                ? "number"
                                : "integer";
    assertThat(types).as(what + " " + value).contains(type);
    if (value.isString() && schema.has("enum")) {
      var words = new ArrayList<String>();
      schema.get("enum").forEach(w -> words.add(w.isNull() ? "null" : w.asString()));
      assertThat(words).as(what).contains(value.asString());
    }
    if (value.isArray()) {
      value.forEach(item -> fits(what, item, schema.get("items")));
    }
    if (value.isObject() && schema.has("properties")) {
      var known = schema.get("properties");
      assertThat(known.propertyNames()).as(what).containsAll(value.propertyNames());
      if (schema.has("required")) {
        var needed = new ArrayList<String>();
        schema.get("required").forEach(r -> needed.add(r.asString()));
        assertThat(value.propertyNames()).as(what).containsAll(needed);
      }
      for (var field : value.propertyNames()) {
        fits(what + "." + field, value.get(field), known.get(field));
      }
    }
  }

  static List<String> texts(JsonNode array, String field) {
    var texts = new ArrayList<String>();
    array.forEach(item -> texts.add(item.get(field).asString()));
    return texts;
  }
}
