package org.keyroll.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keyroll.Homes;
import org.keyroll.Homes.Ended;
import org.keyroll.database.Database;

/** A server of its own on a home with the two nights of the samples, and persons of every role. */
final class Office implements AutoCloseable {
  static final String PROGRAMME = "/programmes/counter-espionage";
  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]* value=\"([^\"]+)\"");

  final Path folder;
  final String url;
  private final Process server;
  private final Map<String, Client> clients = new TreeMap<>();

  private Office(Path folder, String url, Process server) {
    this.folder = folder;
    this.url = url;
    this.server = server;
  }

  static Office open(Path folder) throws Exception {
    var home = folder.resolve("home");
    var jobs = folder.resolve("jobs");
    Homes.copy(Path.of("jobs"), jobs);
    permit(jobs.resolve("counter-espionage/programme.yml"));
    for (var night : List.of(Homes.FIRST, Homes.SECOND)) {
      var ended =
          Homes.run(
              "nightly",
              "--home",
              home.toString(),
              "--jobs",
              jobs.toString(),
              "--programme",
              "counter-espionage",
              "--inbox",
              Homes.inbox(night).toString(),
              "--as-of",
              night);
      assertThat(ended.code()).as(ended.err()).isZero();
    }
    // Serving keeps the database up, so that the commands below are quick.
    var server =
        Homes.command(
                List.of(),
                "serve",
                "--port",
                "0",
                "--largest-upload",
                "1MB",
                "--home",
                home.toString(),
                "--jobs",
                jobs.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    var said =
        new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
    var line = said.readLine();
    assertThat(line).startsWith("Keyroll is at http://127.0.0.1:");
    var office = new Office(folder, line.substring("Keyroll is at ".length()), server);
    office.register("chief", "administrator", null);
    for (var role : List.of("editor", "approver", "auditor")) {
      office.register("the-" + role, role, null);
    }
    office.register("second", "approver", null);
    office.register("edu", "department", "education");
    office.register("traffic", "department", "transport");
    office.register("market", "department", "market-regulation");
    office.register("clerk", "department", "market-regulation");
    return office;
  }

  /** Grounds for overrides, and clocks of objections, which the samples leave to others. */
  private static void permit(Path programme) throws IOException {
    var text = Files.readString(programme);
    assertThat(text).contains("approval:\n");
    Files.writeString(
        programme,
        text.replace("approval:\n", "approval:\n  objections: {within: P60D, answer: P30D}\n")
            + """

            overrides:
              - {id: must-list, title: 应列名单, legal_basis: order-2021-1, effect: list, longest: P1Y}
              - {id: security-review, title: 安全复核, legal_basis: order-2021-1, effect: exclude, longest: P60D}
            """);
  }

  /** A run holds this lock to its end; it is granted when the run has given it back. */
  void awaitTheEndOfTheRun() throws Exception {
    try (var database = Database.open(home(), null, line -> {});
        var connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        var statement = connection.createStatement();
        var granted =
            statement.executeQuery("SELECT GET_LOCK(CONCAT('keyroll.', DATABASE()), 120)")) {
      granted.next();
      assertThat(granted.getInt(1)).as("the run has ended").isEqualTo(1);
    }
  }

  Path home() {
    return folder.resolve("home");
  }

  Ended run(String... arguments) throws Exception {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--home", home().toString()));
    return Homes.run(all.toArray(String[]::new));
  }

  void register(String name, String role, @Nullable String department) throws Exception {
    var arguments = new ArrayList<>(List.of("people", "add", name, "--role", role));
    if (department != null) {
      arguments.addAll(List.of("--department", department));
    }
    if (!name.equals("chief")) {
      arguments.addAll(List.of("--key", keyFile("chief").toString()));
    }
    var ended = run(arguments.toArray(String[]::new));
    assertThat(ended.code()).as(ended.err()).isZero();
    var file = keyFile(name);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, ended.out());
  }

  Path keyFile(String name) {
    return folder.resolve(name + ".key");
  }

  String key(String name) throws IOException {
    return Files.readString(keyFile(name)).strip();
  }

  /** The browser of a person, signed in; of nobody for an empty name. */
  Client as(String name) throws Exception {
    var known = clients.get(name);
    if (known == null) {
      known = new Client();
      if (!name.isEmpty()) {
        var signedIn = known.signIn(name, key(name));
        assertThat(signedIn.headers().firstValue("Location").orElse("")).doesNotContain("sign-in");
      }
      clients.put(name, known);
    }
    return known;
  }

  Client stranger() {
    return new Client();
  }

  /** Asks for pages and sends forms, follows nothing by itself. */
  final class Client {
    private final HttpClient http =
        HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    HttpResponse<String> get(String path) throws Exception {
      return http.send(
          HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.ofString());
    }

    HttpResponse<byte[]> bytes(String path) throws Exception {
      return http.send(
          HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.ofByteArray());
    }

    HttpResponse<String> signIn(String name, String secret) throws Exception {
      return post("/sign-in", "/sign-in", Map.of("name", name, "secret", secret));
    }

    /** Sends a form with the token of a page. */
    HttpResponse<String> post(String page, String path, Map<String, String> fields)
        throws Exception {
      var token = TOKEN.matcher(get(page).body());
      var all = new TreeMap<>(fields);
      if (token.find()) {
        all.put("_csrf", token.group(1));
      }
      return send(path, all);
    }

    /** Sends a file with a form that has the token of a page. */
    HttpResponse<String> upload(
        String page, String path, Map<String, String> fields, String fileName, byte[] file)
        throws Exception {
      var token = TOKEN.matcher(get(page).body());
      var all = new TreeMap<>(fields);
      if (token.find()) {
        all.put("_csrf", token.group(1));
      }
      return upload(path, all, fileName, file, false);
    }

    /**
     * Sends a file.
     *
     * @param inPieces whether the length is not said before
     */
    HttpResponse<String> upload(
        String path, Map<String, String> fields, String fileName, byte[] file, boolean inPieces)
        throws Exception {
      var body = new ByteArrayOutputStream();
      for (var field : fields.entrySet()) {
        body.writeBytes(
            "--part\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                .formatted(field.getKey(), field.getValue())
                .getBytes(StandardCharsets.UTF_8));
      }
      body.writeBytes(
          "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n"
              .formatted(fileName)
              .getBytes(StandardCharsets.UTF_8));
      body.writeBytes(file);
      body.writeBytes("\r\n--part--\r\n".getBytes(StandardCharsets.UTF_8));
      var bytes = body.toByteArray();
      return http.send(
          HttpRequest.newBuilder(URI.create(url + path))
              .header("Content-Type", "multipart/form-data; boundary=part")
              .POST(
                  inPieces
                      ? HttpRequest.BodyPublishers.ofInputStream(
                          () -> new ByteArrayInputStream(bytes))
                      : HttpRequest.BodyPublishers.ofByteArray(bytes))
              .build(),
          BodyHandlers.ofString());
    }

    HttpResponse<String> send(String path, Map<String, String> fields) throws Exception {
      var form =
          fields.entrySet().stream()
              .map(f -> f.getKey() + "=" + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
              .collect(Collectors.joining("&"));
      return http.send(
          HttpRequest.newBuilder(URI.create(url + path))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(HttpRequest.BodyPublishers.ofString(form))
              .build(),
          BodyHandlers.ofString());
    }
  }

  @Override
  public void close() {
    server.destroy();
    server.onExit().join();
  }
}
