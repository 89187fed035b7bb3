package org.keyroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
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
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keyroll.Homes;
import org.keyroll.bench.SampleCodes;
import org.keyroll.definition.DefinitionReader;
import org.keyroll.people.Department;
import org.keyroll.people.People;
import org.keyroll.people.Role;
import org.keyroll.publication.Publisher;
import org.keyroll.run.Order;
import org.keyroll.run.Progress;
import org.keyroll.run.Runs;
import org.springframework.boot.WebApplicationType;

/** Who downloads while revisions come out has one of them whole, and never an error. */
class ReadersTest {
  private static final int REVISIONS = 50;
  private static final int READERS = 8;
  private static final int FIRST = 5;
  private static final LocalDate DAY = LocalDate.of(2026, 1, 20);
  private static final String NORTH = "/programmes/quarter/departments/north";
  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]* value=\"([^\"]+)\"");
  private static final Pattern LATEST = Pattern.compile("/revisions/(\\d+)/files/");

  @TempDir static Path folder;

  /** One unit more each night. */
  private static Path inbox(int night) throws IOException {
    var inbox = Files.createDirectories(folder.resolve("inbox-" + night));
    var register = new ArrayList<>(List.of("code,name,region,staff"));
    var inspection = new ArrayList<>(List.of("number,name,code,findings,visited"));
    for (int unit = 1; unit < FIRST + night; unit++) {
      var code = SampleCodes.code("Unit " + unit, "enterprise", "310000", false);
      register.add("%s,Unit %d,n,0".formatted(code, unit));
      inspection.add("%d,Unit %d,%s,10,2026-01-15".formatted(unit, unit, code));
    }
    Files.write(inbox.resolve("register-%d.csv".formatted(night)), register);
    Files.write(inbox.resolve("inspection-%d.csv".formatted(night)), inspection);
    return inbox;
  }

  private static void publish(Session session, Path jobs, int revision) throws Exception {
    var ended =
        session
            .get(Runs.class)
            .run(
                DefinitionReader.read(jobs, "quarter"),
                Order.nightly(DAY.plusDays(revision), inbox(revision)),
                Progress.UNSEEN);
    assertThat(ended.outcome()).isInstanceOf(Publisher.Outcome.Published.class);
  }

  @Test
  void eightReadersSeeFiftyRevisionsEachWhole() throws Exception {
    var jobs = folder.resolve("jobs");
    Homes.copy(Path.of("src/test/resources/causes/jobs"), jobs);
    var globals = new Globals();
    globals.home = folder.resolve("home");
    globals.jobs = jobs;
    var quiet = new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    try (var session = Session.open(globals, new Console(quiet, quiet), WebApplicationType.NONE)) {
      publish(session, jobs, 1);
      var people = session.get(People.class);
      var chief = people.authenticate(people.add(null, "chief", Set.of(Role.ADMINISTRATOR), null));
      var keys = new ArrayList<String>();
      for (int i = 0; i < READERS; i++) {
        keys.add(
            people.add(
                chief, "reader-" + i, Set.of(Role.DEPARTMENT), new Department("quarter", "north")));
      }
      var published = globals.home.resolve("published/quarter");
      leaveWhatACutLeaves(published);
      var server =
          Homes.command(
                  List.of(),
                  "serve",
                  "--port",
                  "0",
                  "--home",
                  globals.home.toString(),
                  "--jobs",
                  jobs.toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        var said =
            new BufferedReader(
                new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        var url = said.readLine().substring("Keyroll is at ".length());
        isPutRight(published);
        readWhilePublishing(session, jobs, url, keys);
      } finally {
        server.destroy();
        server.onExit().join();
      }
    }
  }

  /** As when it happens after the folder has its name, and after the commit. */
  private static void leaveWhatACutLeaves(Path published) throws IOException {
    Files.createDirectories(published.resolve(".staging/authority"));
    Files.createDirectories(published.resolve("revision-0002/authority"));
    Files.writeString(published.resolve("revision-0002/authority/list.csv"), "half");
    Files.delete(published.resolve("catalog.json"));
  }

  private static void isPutRight(Path published) {
    assertThat(published.resolve(".staging")).doesNotExist();
    assertThat(published.resolve("revision-0002")).doesNotExist();
    assertThat(published.resolve("catalog.json")).content().contains("\"current\" : 1");
  }

  private static void readWhilePublishing(Session session, Path jobs, String url, List<String> keys)
      throws Exception {
    var done = new AtomicBoolean();
    var threads = Executors.newFixedThreadPool(READERS);
    try {
      var readers = new ArrayList<java.util.concurrent.Future<Integer>>();
      for (int i = 0; i < READERS; i++) {
        readers.add(threads.submit(new Reader(url, "reader-" + i, keys.get(i), done)));
      }
      for (int revision = 2; revision <= REVISIONS; revision++) {
        publish(session, jobs, revision);
      }
      done.set(true);
      for (var reader : readers) {
        assertThat(reader.get()).isGreaterThan(1);
      }
    } finally {
      done.set(true);
      threads.shutdownNow();
    }
  }

  /** Takes the latest revision again and again, and says how many it has seen. */
  private static final class Reader implements Callable<Integer> {
    private final HttpClient http =
        HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final String url;
    private final String name;
    private final String key;
    private final AtomicBoolean done;

    Reader(String url, String name, String key, AtomicBoolean done) {
      this.url = url;
      this.name = name;
      this.key = key;
      this.done = done;
    }

    private HttpResponse<String> get(String path) throws Exception {
      var answer =
          http.send(
              HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      return answer;
    }

    private void signIn() throws Exception {
      var token = TOKEN.matcher(get("/sign-in").body());
      assertThat(token.find()).isTrue();
      var form =
          "name=%s&secret=%s&_csrf=%s"
              .formatted(name, URLEncoder.encode(key, StandardCharsets.UTF_8), token.group(1));
      http.send(
          HttpRequest.newBuilder(URI.create(url + "/sign-in"))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(HttpRequest.BodyPublishers.ofString(form))
              .build(),
          BodyHandlers.ofString());
    }

    @Override
    public Integer call() throws Exception {
      signIn();
      int last = 0;
      int seen = 0;
      do {
        var found = LATEST.matcher(get(NORTH).body());
        assertThat(found.find()).isTrue();
        int revision = Integer.parseInt(found.group(1));
        assertThat(revision).isGreaterThanOrEqualTo(last);
        if (revision > last) {
          seen++;
          last = revision;
        }
        take(revision);
      } while (!done.get());
      return seen;
    }

    /** Revision N has N units more than its founding had, in every form. */
    private void take(int revision) throws Exception {
      int units = FIRST + revision - 1;
      assertThat(file(revision, "list.json"))
          .contains("\"revision\":%d,".formatted(revision))
          .contains("\"rows\":%d,".formatted(units));
      assertThat(file(revision, "list.csv").lines()).hasSize(1 + units);
      assertThat(file(revision, "changes.csv").lines()).hasSize(1 + (revision == 1 ? units : 1));
      assertThat(file(revision, "index.html")).contains(", revision %d<".formatted(revision));
    }

    private String file(int revision, String path) throws Exception {
      var answer = get("%s/revisions/%d/files/%s".formatted(NORTH, revision, path));
      var digest =
          MessageDigest.getInstance("SHA-256")
              .digest(answer.body().getBytes(StandardCharsets.UTF_8));
      assertThat(answer.headers().firstValue("ETag"))
          .as(path)
          .contains('"' + HexFormat.of().formatHex(digest) + '"');
      return answer.body();
    }
  }
}
