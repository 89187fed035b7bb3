package org.keyroll.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A window of the machine's Chromium, driven over its own DevTools protocol: what the JDK has is
 * enough for that, and the build fetches no browser and no driver.
 */
final class Browser implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int SECONDS = 30;

  private final Process process;
  private final WebSocket socket;
  private final Map<Integer, CompletableFuture<JsonNode>> answers;
  private final Events events;
  private final AtomicInteger numbers = new AtomicInteger();
  private volatile @Nullable String session;

  /** Where Chromium is; empty when the machine has none. */
  static Optional<Path> installed() {
    return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  private Browser(
      Process process,
      WebSocket socket,
      Map<Integer, CompletableFuture<JsonNode>> answers,
      Events events) {
    this.process = process;
    this.socket = socket;
    this.answers = answers;
    this.events = events;
  }

  /** Opens a window without a past. */
  static Browser open(Path profile) throws Exception {
    var process =
        new ProcessBuilder(
                installed().orElseThrow().toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--lang=en",
                "--hide-scrollbars",
                "--user-data-dir=" + profile,
                "--remote-debugging-port=0",
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    var where = new CompletableFuture<String>();
    var reading =
        new Thread(
            () -> {
              try (var lines =
                  new BufferedReader(
                      new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                  int at = line.indexOf("ws://");
                  if (at >= 0) {
                    where.complete(line.substring(at).strip());
                  }
                }
              } catch (IOException e) {
                where.completeExceptionally(e);
              }
            },
            "chromium");
    reading.setDaemon(true);
    reading.start();
    Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    var events = new Events();
    var socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(where.get(SECONDS, TimeUnit.SECONDS)), new Ear(answers, events))
            .get(SECONDS, TimeUnit.SECONDS);
    var browser = new Browser(process, socket, answers, events);
    var target =
        browser.ask("Target.createTarget", Map.of("url", "about:blank")).get("targetId").asString();
    browser.session =
        browser
            .ask("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .get("sessionId")
            .asString();
    for (var domain : List.of("Page", "Runtime", "Log", "Network")) {
      browser.ask(domain + ".enable", Map.of());
    }
    browser.ask("Page.setLifecycleEventsEnabled", Map.of("enabled", true));
    return browser;
  }

  /** What happens in the window; a page is known by the id of what loads it. */
  private static final class Events {
    final List<String> complaints = new CopyOnWriteArrayList<>();
    private final Map<String, CompletableFuture<Void>> loaded = new ConcurrentHashMap<>();
    private volatile CompletableFuture<String> next = new CompletableFuture<>();

    /** Done when all of a page is there. */
    CompletableFuture<Void> loaded(String page) {
      return loaded.computeIfAbsent(page, p -> new CompletableFuture<>());
    }

    /** The page that the window goes to next. */
    CompletableFuture<String> next() {
      next = new CompletableFuture<>();
      return next;
    }

    void hear(String method, JsonNode params) {
      switch (method) {
        case "Log.entryAdded" -> {
          var entry = params.path("entry");
          complaints.add(entry.path("text").asString("") + " " + entry.path("url").asString(""));
        }
        case "Runtime.exceptionThrown" ->
            complaints.add(params.path("exceptionDetails").toString());
        case "Page.frameNavigated" ->
            next.complete(params.path("frame").path("loaderId").asString(""));
        case "Page.lifecycleEvent" -> {
          if (params.path("name").asString("").equals("load")) {
            loaded(params.path("loaderId").asString("")).complete(null);
          }
        }
        default -> {}
      }
    }
  }

  /** Hears what Chromium answers and what happens in it. */
  private record Ear(Map<Integer, CompletableFuture<JsonNode>> answers, Events events)
      implements WebSocket.Listener {
    private static final ThreadLocal<StringBuilder> HEARD =
        ThreadLocal.withInitial(StringBuilder::new);

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      var heard = HEARD.get();
      heard.append(data);
      if (last) {
        var message = JSON.readTree(heard.toString());
        heard.setLength(0);
        hear(message);
      }
      socket.request(1);
      return CompletableFuture.completedFuture(null);
    }

    private void hear(JsonNode message) {
      if (message.has("id")) {
        var answer = answers.remove(message.get("id").asInt());
        if (answer != null) {
          answer.complete(message);
        }
      } else {
        events.hear(message.path("method").asString(""), message.path("params"));
      }
    }
  }

  /** What the console of the window said since it was asked last: scripts that failed, and more. */
  List<String> complaints() {
    var all = List.copyOf(events.complaints);
    events.complaints.clear();
    return all;
  }

  JsonNode ask(String method, Map<String, ?> parameters) throws Exception {
    int number = numbers.incrementAndGet();
    var answer = new CompletableFuture<JsonNode>();
    answers.put(number, answer);
    var message = new java.util.LinkedHashMap<String, Object>();
    message.put("id", number);
    message.put("method", method);
    message.put("params", parameters);
    if (session != null) {
      message.put("sessionId", session);
    }
    socket.sendText(JSON.writeValueAsString(message), true).get(SECONDS, TimeUnit.SECONDS);
    var heard = answer.get(SECONDS, TimeUnit.SECONDS);
    if (heard.has("error")) {
      throw new IllegalStateException(method + ": " + heard.get("error"));
    }
    return heard.get("result");
  }

  /** Goes to a page and waits until all of it is there. */
  void go(String url) throws Exception {
    var page = ask("Page.navigate", Map.of("url", url)).get("loaderId").asString();
    events.loaded(page).get(SECONDS, TimeUnit.SECONDS);
  }

  /** Does something that leads to another page, and waits until all of that is there. */
  void leave(String script) throws Exception {
    var arrival = events.next();
    eval(script + "; null");
    events.loaded(arrival.get(SECONDS, TimeUnit.SECONDS)).get(SECONDS, TimeUnit.SECONDS);
  }

  /** The value of an expression: a text, a number, a truth value, or null. */
  @Nullable Object eval(String script) throws Exception {
    var result =
        ask(
            "Runtime.evaluate",
            Map.of("expression", script, "returnByValue", true, "awaitPromise", true));
    if (result.has("exceptionDetails")) {
      throw new IllegalStateException(result.get("exceptionDetails").toString());
    }
    var value = result.get("result").get("value");
    if (value == null || value.isNull()) {
      return null;
    }
    return value.isBoolean()
        ? (Object) value.asBoolean()
        : value.isNumber()
            ? (Object) value.asDouble()
            : value.isString() ? value.asString() : value;
  }

  String text(String selector) throws Exception {
    return String.valueOf(eval("document.querySelector(" + quoted(selector) + ")?.textContent"));
  }

  /** Fills a field as typing does. */
  void fill(String selector, String value) throws Exception {
    eval(
        "(() => { const f = document.querySelector(%s); f.value = %s;"
                .formatted(quoted(selector), quoted(value))
            + " f.dispatchEvent(new Event('input', {bubbles: true}));"
            + " f.dispatchEvent(new Event('change', {bubbles: true})); })()");
  }

  /** Clicks something that leads to another page. */
  void follow(String selector) throws Exception {
    leave("document.querySelector(" + quoted(selector) + ").click()");
  }

  /** Presses a key, as one does on the keyboard. */
  void press(String key) throws Exception {
    var text = key.length() == 1 ? key : key.equals("Enter") ? "\r" : "";
    int code = key.equals("Tab") ? 9 : key.equals("Enter") ? 13 : 0;
    for (var type : List.of("keyDown", "keyUp")) {
      var event = new java.util.LinkedHashMap<String, Object>();
      event.put("type", type);
      event.put("key", key);
      event.put("windowsVirtualKeyCode", code);
      if (type.equals("keyDown") && !text.isEmpty()) {
        event.put("text", text);
      }
      ask("Input.dispatchKeyEvent", event);
    }
  }

  void size(int width, int height) throws Exception {
    ask(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Light or dark, forced colours or none. */
  void media(Map<String, String> features) throws Exception {
    var list = new ArrayList<Map<String, String>>();
    features.forEach((name, value) -> list.add(Map.of("name", name, "value", value)));
    ask("Emulation.setEmulatedMedia", Map.of("features", list));
  }

  /** A picture of the page from its top to its end. */
  void picture(Path file) throws Exception {
    var data =
        ask("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true))
            .get("data")
            .asString();
    Files.createDirectories(file.getParent());
    Files.write(file, Base64.getDecoder().decode(data));
  }

  /** Barriers that axe finds on the page, one line each; none: an empty list. */
  List<String> barriers() throws Exception {
    try (var script = Browser.class.getResourceAsStream("/axe.min.js")) {
      eval(new String(script.readAllBytes(), StandardCharsets.UTF_8) + "; null");
    }
    var found =
        String.valueOf(
            eval(
                "axe.run(document, {resultTypes: ['violations']}).then(r => JSON.stringify("
                    + "r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html + ' — '"
                    + " + n.failureSummary).slice(0, 3).join(' | '))))"));
    var lines = new ArrayList<String>();
    JSON.readTree(found).forEach(line -> lines.add(line.asString()));
    return lines;
  }

  static String quoted(String text) {
    return JSON.writeValueAsString(text);
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
