package org.keyroll.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keyroll.Homes;
import org.keyroll.database.Database;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;

/** The console on the samples: who may do what, and that every page is fit to be shown. */
class ConsoleTest {
  private static final List<String> STAFF =
      List.of("chief", "the-editor", "the-approver", "the-auditor");
  private static final String P = Office.PROGRAMME;

  @TempDir static Path folder;
  private static Office office;

  @BeforeAll
  static void serve() throws Exception {
    office = Office.open(folder);
  }

  @AfterAll
  static void close() {
    office.close();
  }

  /** Who gets in; everybody else is turned away. */
  private enum For {
    ALL,
    SIGNED_IN,
    STAFF,
    APPROVERS,
    IDENTIFIERS,
    ADMINISTRATORS,
    /** Staff, and the department of education. */
    EDUCATION;

    boolean lets(String who) {
      return switch (this) {
        case ALL -> true;
        case SIGNED_IN -> !who.isEmpty();
        case STAFF -> ConsoleTest.STAFF.contains(who);
        case APPROVERS -> who.equals("the-approver");
        case ADMINISTRATORS -> who.equals("chief");
        case IDENTIFIERS -> List.of("the-editor", "the-approver").contains(who);
        case EDUCATION -> ConsoleTest.STAFF.contains(who) || who.equals("edu");
      };
    }
  }

  /**
   * Each door: method and pattern of the handler, a path that it answers, and for whom. A handler
   * that is not here fails the test.
   */
  private record Way(String pattern, String path, For whom) {}

  private static final List<Way> DOORS =
      List.of(
          new Way("GET /", "/", For.SIGNED_IN),
          new Way("GET /sign-in", "/sign-in", For.ALL),
          new Way("GET /welcome", "/welcome", For.ALL),
          new Way("GET {p}", P, For.STAFF),
          new Way("GET {p}/list", P + "/list", For.STAFF),
          new Way("GET {p}/units", P + "/units?q=U", For.STAFF),
          new Way("GET {p}/units/{unit}", P + "/units/U0000017", For.STAFF),
          new Way("GET {p}/proposals", P + "/proposals", For.STAFF),
          new Way("POST {p}/proposals", P + "/proposals", For.APPROVERS),
          new Way("GET {p}/deliveries", P + "/deliveries", For.STAFF),
          new Way("GET {p}/deliveries/{delivery}", P + "/deliveries/1", For.STAFF),
          new Way("POST {p}/deliveries/{delivery}", P + "/deliveries/1", For.APPROVERS),
          new Way("GET {p}/deliveries/{delivery}/answer", P + "/deliveries/1/answer", For.STAFF),
          new Way("GET {p}/candidates", P + "/candidates", For.STAFF),
          new Way("GET {p}/candidates/{candidate}", P + "/candidates/1", For.STAFF),
          new Way("POST {p}/candidates/{candidate}", P + "/candidates/77", For.IDENTIFIERS),
          new Way("GET {p}/runs", P + "/runs", For.STAFF),
          new Way("GET {p}/runs/{run}", P + "/runs/1", For.STAFF),
          new Way("POST {p}/runs", P + "/runs", For.ADMINISTRATORS),
          new Way("POST {p}/runs/{run}/stop", P + "/runs/1/stop", For.ADMINISTRATORS),
          new Way("GET {p}/runs/{run}/progress", P + "/runs/1/progress", For.STAFF),
          new Way("GET {p}/revisions", P + "/revisions", For.STAFF),
          new Way("GET {p}/revisions/{revision}", P + "/revisions/1", For.STAFF),
          new Way(
              "GET {p}/revisions/{revision}/files/**",
              P + "/revisions/1/files/departments/education/list.csv",
              For.STAFF),
          new Way("GET {p}/departments", P + "/departments", For.STAFF),
          new Way("GET {p}/departments/{department}", P + "/departments/education", For.EDUCATION),
          new Way(
              "GET {p}/departments/{department}/list",
              P + "/departments/education/list",
              For.EDUCATION),
          new Way(
              "GET {p}/departments/{department}/revisions/{revision}/files/**",
              P + "/departments/education/revisions/1/files/list.csv",
              For.EDUCATION),
          new Way("GET {p}/audit", P + "/audit", For.STAFF));

  /** Handlers whose answer depends on more than who asks; other tests are about them. */
  private static final List<String> ELSEWHERE =
      List.of(
          "POST /welcome",
          "ANY /error",
          "GET {p}/departments/{department}/deliveries/{delivery}",
          "GET {p}/departments/{department}/deliveries/{delivery}/answer");

  @Test
  void everyDoorOpensToThoseItIsForAndToNobodyElse() throws Exception {
    var softly = new SoftAssertions();
    for (var door : DOORS) {
      for (var who :
          List.of("chief", "the-editor", "the-approver", "the-auditor", "edu", "traffic", "")) {
        var answer =
            door.pattern().startsWith("POST")
                ? office.as(who).post(P, door.path(), form(door.path()))
                : office.as(who).get(door.path());
        int status = answer.statusCode();
        boolean turnedAway =
            status == 403
                || status == 404
                || status == 302
                    && answer.headers().firstValue("Location").orElse("").endsWith("/sign-in");
        var words = door + " as " + (who.isEmpty() ? "nobody" : who) + ": " + status;
        softly.assertThat(status).as(words).isLessThan(500);
        softly.assertThat(turnedAway).as(words).isEqualTo(!door.whom().lets(who));
        if (List.of("edu", "traffic").contains(who) && turnedAway) {
          softly.assertThat(status).as(words + ": to a department it does not exist").isIn(404);
        }
      }
    }
    softly.assertAll();
  }

  /** What a form of this door asks for; none of it changes anything. */
  private static Map<String, String> form(String path) {
    return path.endsWith("/runs")
        ? Map.of("act", "nightly", "asOf", "2020-01-01")
        : Map.of("act", path.contains("candidates") ? "same" : "release", "cause", "none");
  }

  @Test
  void theMatrixLeavesOutNoHandler() {
    var known = new TreeSet<>(ELSEWHERE);
    DOORS.forEach(door -> known.add(door.pattern()));
    var there = new TreeSet<String>();
    for (var handler : HandlersTest.handlers()) {
      var mapping =
          Objects.requireNonNull(
              AnnotatedElementUtils.findMergedAnnotation(handler, RequestMapping.class));
      var method = mapping.method().length == 0 ? "ANY" : mapping.method()[0].name();
      for (var path : mapping.path()) {
        there.add(method + " " + path.replace("/programmes/{programme}", "{p}"));
      }
    }
    assertThat(there).isEqualTo(known);
  }

  @Test
  void aDepartmentFindsNothingOfAnotherOne() throws Exception {
    var edu = office.as("edu");
    for (var path :
        List.of(
            "/departments/transport",
            "/departments/transport/list",
            "/departments/transport/revisions/1/files/list.csv",
            "/departments/education/revisions/1/files/../../authority/list.csv",
            "/departments/education/revisions/1/files/%2e%2e/transport/list.csv",
            "/departments/education/deliveries/1",
            "/departments/education/deliveries/1/answer",
            "/departments/nothing",
            "/revisions/1/files/departments/education/list.csv")) {
      assertThat(edu.get(P + path).statusCode()).as(path).isIn(400, 404);
    }
    assertThat(edu.get("/programmes/critical-entities/departments/education").statusCode())
        .isEqualTo(404);
    var list = edu.get(P + "/departments/education/list").body();
    assertThat(list).contains("青岚大学").doesNotContain("交通运输局").doesNotContain("青岚市港务集团");
    var published = edu.bytes(P + "/departments/education/revisions/1/files/list.xlsx");
    assertThat(published.body())
        .isEqualTo(
            java.nio.file.Files.readAllBytes(
                office
                    .home()
                    .resolve(
                        "published/counter-espionage/revision-0001/departments/education/list.xlsx")));
    assertThat(published.headers().firstValue("Content-Disposition").orElseThrow())
        .startsWith("attachment;");
  }

  @Test
  void everyAnswerCarriesTheHeadersThatKeepABrowserSafe() throws Exception {
    for (var path :
        List.of(
            "/sign-in",
            "/assets/console.css",
            P,
            "/nothing",
            P + "/revisions/1/files/authority/list.csv",
            P + "/revisions/77")) {
      for (var who : List.of("chief", "")) {
        var headers = office.as(who).get(path).headers();
        assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
            .as(path)
            .contains("default-src 'none'")
            .doesNotContain("unsafe");
        assertThat(headers.firstValue("X-Content-Type-Options")).as(path).hasValue("nosniff");
        assertThat(headers.firstValue("X-Frame-Options")).as(path).hasValue("DENY");
        assertThat(headers.firstValue("Referrer-Policy")).as(path).hasValue("same-origin");
        if (!path.startsWith("/assets")) {
          assertThat(headers.firstValue("Cache-Control").orElse("")).as(path).contains("no-store");
        }
      }
    }
    var cookie = office.stranger().get("/sign-in").headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).contains("HttpOnly").contains("SameSite=Lax");
  }

  /** The last of the dates there are, so that no other test sees another list. */
  @Test
  void anAdministratorLaunchesANightAndTheTrailBearsTheName() throws Exception {
    var root = office.as("chief");
    var answer = root.post(P, P + "/runs", Map.of("act", "nightly", "asOf", Homes.SECOND));
    var run = answer.headers().firstValue("Location").orElseThrow().replaceFirst("^.*/runs/", "");
    assertThat(run).as("the run").matches("[0-9]+");
    root.post(P, P + "/runs/1/stop", Map.of()); // has ended long ago: this one goes on
    awaitTheEndOfTheRun();
    assertThat(root.get(P + "/runs/" + run + "/progress").headers().firstValue("HX-Refresh"))
        .isPresent();
    assertThat(root.get(P + "/runs/" + run).body()).contains("state good").contains("done");
    assertThat(office.run("export", "audit").out())
        .contains("chief,start,run " + run)
        .contains("chief,done,run " + run);
  }

  /** A run holds this lock to its end; it is granted when the run has given it back. */
  private static void awaitTheEndOfTheRun() throws Exception {
    try (var database = Database.open(office.home(), null, line -> {});
        var connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        var statement = connection.createStatement();
        var granted =
            statement.executeQuery("SELECT GET_LOCK(CONCAT('keyroll.', DATABASE()), 120)")) {
      granted.next();
      assertThat(granted.getInt(1)).as("the run has ended").isEqualTo(1);
    }
  }

  @Test
  void aFormWithoutItsTokenDoesNothing() throws Exception {
    var answer =
        office.as("the-approver").send(P + "/proposals", Map.of("act", "release", "cause", "x"));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("This form is too old");
  }

  @Test
  void somebodyWhoGuessesIsTurnedAwayForAWhile() throws Exception {
    office.as("chief");
    var stranger = office.stranger();
    for (int i = 0; i < 5; i++) {
      assertThat(
              stranger.signIn("second", "a wrong password " + i).headers().firstValue("Location"))
          .hasValueSatisfying(to -> assertThat(to).endsWith("?wrong"));
    }
    assertThat(stranger.signIn("second", office.key("second")).headers().firstValue("Location"))
        .hasValueSatisfying(to -> assertThat(to).endsWith("?wait"));
    assertThat(office.run("export", "audit").out())
        .contains("secret of second,does not fit")
        .contains("chief,sign in,console");
  }

  @Test
  void aPasswordIsChosenWithACodeThatIsGoodOnce() throws Exception {
    var ended =
        office.run("people", "code", "the-auditor", "--key", office.keyFile("chief").toString());
    assertThat(ended.code()).as(ended.err()).isZero();
    var code = ended.out().strip();
    var person = office.stranger();
    var form = new HashMap<>(Map.of("name", "the-auditor", "code", code));
    form.put("password", "too short");
    form.put("again", "too short");
    assertThat(person.post("/welcome", "/welcome", form).body()).contains("At least 15 characters");
    form.put("password", "four grey cranes over the lake");
    form.put("again", "four grey cranes over the lake");
    assertThat(person.post("/welcome", "/welcome", form).statusCode()).isEqualTo(302);
    assertThat(person.post("/welcome", "/welcome", form).body()).contains("note bad");
    assertThat(
            person
                .signIn("the-auditor", "four grey cranes over the lake")
                .headers()
                .firstValue("Location"))
        .hasValueSatisfying(to -> assertThat(to).doesNotContain("sign-in"));
    assertThat(person.get(P).statusCode()).isEqualTo(200);
  }

  /** axe, the console of the browser, the width of a phone: on every page, in both languages. */
  @Test
  void everyPageIsFitToBeShown() throws Exception {
    Assumptions.assumeTrue(
        Browser.installed().isPresent(), "there is no Chromium: apt-get install chromium");
    var pages = new LinkedHashMap<String, String>();
    for (var page :
        List.of(
            "",
            "/list",
            "/list?order=score&q=%E5%A4%A7",
            "/units?q=U",
            "/units/U0000017",
            "/proposals",
            "/deliveries",
            "/deliveries/7",
            "/runs",
            "/runs/2",
            "/revisions",
            "/revisions/2",
            "/departments",
            "/departments/education",
            "/departments/education/list",
            "/audit",
            "/nothing")) {
      pages.put(page, P + page);
    }
    var softly = new SoftAssertions();
    try (var browser = Browser.open(folder.resolve("profile"))) {
      for (var language : List.of("en", "zh")) {
        browser.size(1280, 800);
        browser.go(office.url + "/sign-in?lang=" + language);
        softly.assertThat(browser.barriers()).as("sign-in").isEmpty();
        if (language.equals("en")) {
          browser.go(office.url + "/welcome");
          softly.assertThat(browser.barriers()).as("welcome").isEmpty();
          browser.go(office.url + "/sign-in");
          browser.fill("#name", "chief");
          browser.fill("#secret", office.key("chief"));
          browser.follow("button.first");
        }
        for (var page : pages.values()) {
          browser.size(1280, 800);
          browser.go(office.url + page);
          var words = page + " " + language;
          softly.assertThat(browser.barriers()).as(words).isEmpty();
          softly.assertThat(browser.text("body")).as(words).doesNotContain("??");
          browser.media(Map.of("prefers-color-scheme", "dark"));
          softly.assertThat(browser.barriers()).as(words + " dark").isEmpty();
          browser.media(Map.of());
          browser.size(320, 640);
          softly
              .assertThat(
                  browser.eval(
                      "new Promise(then => requestAnimationFrame(() => requestAnimationFrame("
                          + "() => then(document.documentElement.scrollWidth))))"))
              .as(words + " at 320 pixels")
              .isEqualTo(320.0);
          softly
              .assertThat(browser.complaints().stream().filter(c -> !c.contains("404 ()")).toList())
              .as(words)
              .isEmpty();
        }
      }
    }
    softly.assertAll();
  }

  @Test
  void aCommandDoesNotLoadWhatOnlyTheServerNeeds() throws Exception {
    var ended =
        Homes.run(
            List.of("-Xlog:class+load:file=" + folder.resolve("loaded.txt")),
            "status",
            "--home",
            office.home().toString());
    assertThat(ended.code()).as(ended.err()).isZero();
    try (var lines = java.nio.file.Files.lines(folder.resolve("loaded.txt"))) {
      assertThat(
              lines.filter(
                  l ->
                      l.contains(" org.springframework.security.")
                          || l.contains(" org.thymeleaf.")))
          .isEmpty();
    }
  }
}
