package org.keyroll.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keyroll.Homes;
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
    EDUCATION,
    /** Who sends files for the department of education. */
    SENDERS,
    /** Persons of the department of education. */
    EDU,
    EDITORS;

    boolean lets(String who) {
      return switch (this) {
        case ALL -> true;
        case SIGNED_IN -> !who.isEmpty();
        case STAFF -> ConsoleTest.STAFF.contains(who);
        case APPROVERS -> who.equals("the-approver");
        case ADMINISTRATORS -> who.equals("chief");
        case EDU -> who.equals("edu");
        case EDITORS -> who.equals("the-editor");
        case IDENTIFIERS -> List.of("the-editor", "the-approver").contains(who);
        case EDUCATION -> ConsoleTest.STAFF.contains(who) || who.equals("edu");
        case SENDERS -> List.of("chief", "edu").contains(who);
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
          new Way("POST {p}/proposals/batch", P + "/proposals/batch", For.IDENTIFIERS),
          new Way("GET {p}/deliveries", P + "/deliveries", For.STAFF),
          new Way("POST {p}/deliveries/files", P + "/deliveries/files", For.ADMINISTRATORS),
          new Way(
              "POST {p}/deliveries/unconfirmed", P + "/deliveries/unconfirmed", For.ADMINISTRATORS),
          new Way(
              "GET {p}/sources/{source}/template",
              P + "/sources/foreign-involvement/template",
              For.STAFF),
          new Way(
              "POST {p}/departments/{department}/files",
              P + "/departments/education/files",
              For.SENDERS),
          new Way(
              "POST {p}/departments/{department}/unconfirmed",
              P + "/departments/education/unconfirmed",
              For.SENDERS),
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
          new Way("GET {p}/calendar", P + "/calendar?month=2026-11", For.STAFF),
          new Way("GET {p}/revisions/compare", P + "/revisions/compare?from=1&to=2", For.STAFF),
          new Way("GET {p}/policy", P + "/policy", For.STAFF),
          new Way("POST {p}/policy", P + "/policy", For.STAFF),
          new Way("POST {p}/policy/files", P + "/policy/files", For.STAFF),
          new Way("GET {p}/people", P + "/people", For.STAFF),
          new Way("GET {p}/people/{name}", P + "/people/chief", For.STAFF),
          new Way("POST {p}/people", P + "/people", For.ADMINISTRATORS),
          new Way("POST {p}/people/{name}", P + "/people/chief", For.ADMINISTRATORS),
          new Way("GET {p}/questions", P + "/questions", For.STAFF),
          new Way(
              "GET {p}/departments/{department}/questions",
              P + "/departments/education/questions",
              For.EDUCATION),
          new Way("GET {p}/tokens", P + "/tokens", For.SIGNED_IN),
          new Way("POST {p}/tokens", P + "/tokens", For.SIGNED_IN),
          new Way("GET {p}/overrides", P + "/overrides", For.STAFF),
          new Way("GET {p}/objections", P + "/objections", For.STAFF),
          new Way("POST {p}/units/{unit}/overrides", P + "/units/U0000017/overrides", For.EDITORS),
          new Way(
              "POST {p}/units/{unit}/objections", P + "/units/U0000017/objections", For.EDITORS),
          new Way(
              "POST {p}/departments/{department}/revisions/{revision}/receipt",
              P + "/departments/education/revisions/1/receipt",
              For.EDU),
          new Way("GET {p}/audit", P + "/audit", For.STAFF));

  /** Handlers whose answer depends on more than who asks; other tests are about them. */
  private static final List<String> ELSEWHERE =
      List.of(
          "POST /welcome",
          "ANY /error",
          "GET {p}/policy/simulation",
          "GET {p}/policy/simulation/progress",
          "POST {p}/tokens/{token}",
          "GET {p}/questions/{question}",
          "POST {p}/questions/{question}",
          "GET {p}/departments/{department}/units/{unit}",
          "POST {p}/departments/{department}/units/{unit}/questions",
          "GET {p}/overrides/{override}",
          "POST {p}/overrides/{override}",
          "GET {p}/objections/{objection}",
          "POST {p}/objections/{objection}",
          "GET {p}/departments/{department}/sources/{source}/template",
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
        : path.endsWith("/people")
            ? Map.of("name", "No Name", "role", "editor")
            : path.endsWith("/people/chief")
                ? Map.of("act", "end")
                : Map.of("act", path.contains("candidates") ? "same" : "release", "cause", "none");
  }

  @Test
  void theMatrixLeavesOutNoHandler() {
    var known = new TreeSet<>(ELSEWHERE);
    DOORS.forEach(door -> known.add(door.pattern()));
    var there = new TreeSet<String>();
    for (var handler : HandlersTest.handlers()) {
      if (handler.getDeclaringClass().isAnnotationPresent(Api.class)) {
        continue; // ApiTest has a matrix of its own
      }
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
            "/departments/market-regulation/sources/enterprise-registry/template",
            "/departments/education/sources/enterprise-registry/template",
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
    office.awaitTheEndOfTheRun();
    assertThat(root.get(P + "/runs/" + run + "/progress").headers().firstValue("HX-Refresh"))
        .isPresent();
    assertThat(root.get(P + "/runs/" + run).body()).contains("state good").contains("done");
    assertThat(office.run("export", "audit").out())
        .contains("chief,start,run " + run)
        .contains("chief,done,run " + run);
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

  private static String secretIn(String page) {
    var secret = Pattern.compile("<code>([^<]+)</code>").matcher(page);
    assertThat(secret.find()).isTrue();
    return secret.group(1);
  }

  @Test
  void anAdministratorRegistersAPersonWhoseKeyIsShownOnce() throws Exception {
    var chief = office.as("chief");
    var people = P + "/people";
    var form = Map.of("name", "lin-wei", "role", "department", "department", "energy");
    var answer = chief.post(people, people, form);
    assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith(people + "/lin-wei");
    var key = secretIn(chief.get(people + "/lin-wei").body());
    assertThat(chief.get(people + "/lin-wei").body()).doesNotContain(key);
    var lin = office.stranger();
    lin.signIn("lin-wei", key);
    assertThat(lin.get(P + "/departments/energy").statusCode()).isEqualTo(200);
    assertThat(lin.get(P + "/departments/education").statusCode()).isEqualTo(404);
    assertThat(said(chief.post(people, people, form), chief)).contains("lin-wei is registered");

    // The code is good for a password of their own choice.
    var code =
        secretIn(said(chief.post(people, people + "/lin-wei", Map.of("act", "code")), chief));
    var password = "eleven herons in the morning mist";
    assertThat(
            lin.post(
                    "/welcome",
                    "/welcome",
                    Map.of(
                        "name", "lin-wei", "code", code, "password", password, "again", password))
                .statusCode())
        .isEqualTo(302);

    chief.post(people, people + "/lin-wei", Map.of("act", "assign", "role", "auditor"));
    assertThat(lin.get(P + "/audit").statusCode()).as("an auditor from now on").isEqualTo(200);
    assertThat(said(chief.post(people, people + "/chief", Map.of("act", "end")), chief))
        .contains("chief is the last administrator");
    chief.post(people, people + "/lin-wei", Map.of("act", "end"));
    assertThat(lin.get(P + "/audit").headers().firstValue("Location").orElse(""))
        .as("signed out at once")
        .contains("sign-in");
    assertThat(office.run("export", "audit").out())
        .contains("chief,register,person lin-wei,department counter-espionage/energy")
        .contains("chief,code,person lin-wei")
        .contains("chief,assign,person lin-wei,auditor")
        .contains("chief,end,person lin-wei");
  }

  @Test
  void aTokenIsShownOnceAndOpensTheApiUntilItIsRevoked() throws Exception {
    var chief = office.as("chief");
    var market = office.as("market");
    var auditor = office.as("the-auditor");
    var tokens = P + "/tokens";
    var mine = Map.of("label", "registry of each month", "days", "7", "acts", "true");
    var secret = secretIn(said(market.post(tokens, tokens, mine), market));
    for (var person : List.of(market, chief)) {
      assertThat(person.get(tokens).body())
          .contains("registry of each month", "reads and acts")
          .doesNotContain(secret);
    }
    assertThat(auditor.get(tokens).body()).doesNotContain("registry of each month");
    var revoke = tokens + "/" + secret.substring(8, 16);
    assertThat(auditor.post(tokens, revoke, Map.of()).statusCode()).isEqualTo(404);

    var theirs = new HashMap<>(Map.of("label", "copy of the list", "days", "400"));
    theirs.put("person", "edu");
    assertThat(said(chief.post(tokens, tokens, theirs), chief))
        .contains("good for 1 to 366 days", "copy of the list");
    theirs.put("days", "30");
    assertThat(said(market.post(tokens, tokens, theirs), market)).contains("note bad");
    var made = secretIn(said(chief.post(tokens, tokens, theirs), chief));
    assertThat(office.as("edu").get(tokens).body())
        .contains("copy of the list", "made by chief")
        .doesNotContain("registry of each month");
    assertThat(
            Program.with(office.url, Program.bearer(made))
                .get("/api/v1/me")
                .json()
                .get("name")
                .asString())
        .isEqualTo("edu");
    theirs.put("person", "the-approver");
    assertThat(said(chief.post(tokens, tokens, theirs), chief))
        .as("who decides makes their tokens themselves")
        .contains("the-approver is no person of a department");

    assertThat(said(chief.post(tokens, revoke, Map.of()), chief)).contains("opens nothing");
    assertThat(market.get(tokens).body()).doesNotContain("registry of each month");
    assertThat(market.get(tokens + "?over=true").body())
        .contains("registry of each month", "revoked 20");
    assertThat(Program.with(office.url, Program.bearer(secret)).get("/api/v1/me").status())
        .isEqualTo(401);
    assertThat(office.run("export", "audit").out())
        .contains("market,token,token ", "chief,revoke,token ", ", of edu");
  }

  private static final String EDUCATION = P + "/departments/education";

  private static String first(Pattern pattern, String page) {
    var found = pattern.matcher(page);
    assertThat(found.find()).isTrue();
    return found.group(found.groupCount());
  }

  /** The first unit on the list of a department. */
  private static String unitOf(String who, String department) throws Exception {
    return first(
        Pattern.compile(department + "/units/(U[0-9]+)"),
        office.as(who).get(department + "/list").body());
  }

  @Test
  void aDepartmentAsksAboutAUnitThatIsItsOwnAndIsAnswered() throws Exception {
    var edu = office.as("edu");
    var chief = office.as("chief");
    var traffic = office.as("traffic");
    var unit = unitOf("edu", EDUCATION);
    var page = EDUCATION + "/units/" + unit;
    assertThat(edu.get(page).body()).contains("On the list since 2026-11-0");
    assertThat(said(edu.post(page, page + "/questions", Map.of("asked", " ")), edu))
        .contains("A question has 1 to 2000 characters");
    var asked = Map.of("asked", "Since when <b>does</b> it count?");
    assertThat(said(edu.post(page, page + "/questions", asked), edu))
        .contains("Since when &lt;b&gt;does", "edu on 20", "state warn");

    var other = unitOf("traffic", P + "/departments/transport");
    assertThat(edu.get(EDUCATION + "/list").body()).doesNotContain(other);
    var theirs = EDUCATION + "/units/" + other;
    assertThat(edu.get(theirs).statusCode()).isEqualTo(404);
    assertThat(edu.post(page, theirs + "/questions", asked).statusCode()).isEqualTo(404);
    for (var path : List.of(page, EDUCATION + "/questions", EDUCATION + "/units/U9999999")) {
      assertThat(traffic.get(path).statusCode()).as(path).isEqualTo(404);
    }
    assertThat(traffic.post(P, page + "/questions", asked).statusCode()).isEqualTo(404);
    assertThat(chief.post(P, page + "/questions", asked).statusCode()).isEqualTo(403);

    var typed =
        office.run(
            "question", unit, "--ask", "By which law?", "--key", office.keyFile("edu").toString());
    assertThat(typed.code()).as(typed.err()).isZero();
    var wrong =
        office.run("question", other, "--ask", "x", "--key", office.keyFile("edu").toString());
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.err()).contains(other + " is not on the list in force under education");

    assertThat(chief.get(P + "/questions").body()).contains("By which law?", "Since when");
    var id = first(Pattern.compile("(Q[0-9]+) .*Since when"), office.run("questions").out());
    var question = P + "/questions/" + id;
    var answer = Map.of("answer", "Since the report of October.");
    assertThat(office.as("the-auditor").post(P, question, answer).statusCode()).isEqualTo(403);
    assertThat(edu.post(page, question, answer).statusCode()).isEqualTo(404);
    assertThat(said(chief.post(question, question, answer), chief))
        .contains("Since the report of October.", "chief on 20");
    assertThat(said(chief.post(question, question, answer), chief))
        .contains(id + " was answered by chief");
    assertThat(chief.get(P + "/questions").body()).doesNotContain("Since when");
    for (var shown : List.of(page, EDUCATION + "/questions")) {
      assertThat(edu.get(shown).body()).as(shown).contains("Since the report of October.");
    }
    for (var shown : List.of(P + "/units/" + unit, P + "/questions?answered=true")) {
      assertThat(office.as("the-auditor").get(shown).body()).as(shown).contains("Since when");
    }

    var by = typed.out().substring(0, typed.out().indexOf(' '));
    var replied =
        office.run(
            "question",
            by,
            "--answer",
            "order 1",
            "--key",
            office.keyFile("the-editor").toString());
    assertThat(replied.out()).contains("the-editor answered on").contains("order 1");
    assertThat(office.run("questions", "--all").out()).contains(id + "  " + unit + "  education");
    assertThat(office.run("export", "questions").out())
        .contains(by + "," + unit.replace("U000000", ""));
    assertThat(office.run("export", "audit").out())
        .contains("edu,ask,%s about %s".formatted(id, unit))
        .contains("chief,answer," + id);
  }

  @Test
  void anOverrideIsPutForwardOnThePageOfAUnitAndDecidedByAnother() throws Exception {
    var editor = office.as("the-editor");
    var approver = office.as("the-approver");
    var unit = P + "/units/U0000017";
    var until = LocalDate.now(ZoneId.of("Asia/Shanghai")).plusDays(20);
    var last = LocalDate.parse(Homes.SECOND).plusDays(20);
    var form =
        Map.of(
            "ground",
            "security-review",
            "until",
            (until.isAfter(last) ? until : last).toString(),
            "cause",
            "the review of this month is open");
    var none = new HashMap<>(form);
    none.put("ground", "no-ground");
    assertThat(said(editor.post(unit, unit + "/overrides", none), editor))
        .contains("declares no ground no-ground");
    var made = editor.post(unit, unit + "/overrides", form);
    var page =
        made.headers().firstValue("Location").orElseThrow().replaceFirst("^.*/prog", "/prog");
    assertThat(page).matches(P + "/overrides/O[0-9]+");
    assertThat(editor.get(page).body())
        .contains("Put forward", "waits for a person", "20 days left");
    assertThat(said(editor.post(page, page, Map.of("act", "approve")), editor))
        .as("an editor does not decide")
        .contains("to decide takes an approver");
    for (var shown : List.of(P + "/overrides", unit, P + "/proposals")) {
      assertThat(approver.get(shown).body()).as(shown).contains("the review of this month is open");
    }
    assertThat(said(approver.post(page, page, Map.of("act", "reject")), approver))
        .contains("note bad");
    assertThat(
            said(
                approver.post(page, page, Map.of("act", "reject", "cause", "the review is closed")),
                approver))
        .contains("rejected");
    assertThat(office.as("edu").get(page).statusCode()).isEqualTo(404);
    assertThat(approver.get(P + "/overrides").body()).doesNotContain("review of this month");
    assertThat(approver.get(P + "/overrides?ended=true").body()).contains("review of this month");
    assertThat(office.run("export", "audit").out())
        .contains("the-editor,override,override O")
        .contains("the-approver,reject,1 override");
  }

  @Test
  void anObjectionIsPutDownAndAnsweredByAnotherWithinItsTime() throws Exception {
    var editor = office.as("the-editor");
    var approver = office.as("the-approver");
    var unit = P + "/units/U0000017";
    var said = Map.of("received", Homes.SECOND, "said", "the sites were sold in May");
    var made = editor.post(unit, unit + "/objections", said);
    var page =
        made.headers().firstValue("Location").orElseThrow().replaceFirst("^.*/prog", "/prog");
    assertThat(page).matches(P + "/objections/OB[0-9]+");
    for (var shown : List.of(P + "/objections", unit, page)) {
      assertThat(approver.get(shown).body())
          .as(shown)
          .contains("the sites were sold in May", "2026-12-03");
    }
    assertThat(said(editor.post(unit, unit + "/objections", said), editor)).contains("answer it");
    assertThat(editor.post(page, page, Map.of("act", "uphold", "cause", "x")).statusCode())
        .isEqualTo(403);
    assertThat(said(approver.post(page, page, Map.of("act", "uphold")), approver))
        .contains("Say why");
    assertThat(
            said(
                approver.post(
                    page, page, Map.of("act", "dismiss", "cause", "the register says otherwise")),
                approver))
        .contains("Dismissed; the change stays", "the register says otherwise");
    assertThat(approver.get(P + "/objections").body()).doesNotContain("sold in May");
    assertThat(office.as("edu").get(page).statusCode()).isEqualTo(404);
    assertThat(office.run("export", "audit").out())
        .contains("the-editor,objection,OB")
        .contains("the-approver,dismissed,OB");
  }

  @Test
  void aDepartmentConfirmsThatItHasTakenARevisionAndTheAuthoritySeesIt() throws Exception {
    var market = office.as("market");
    var auditor = office.as("the-auditor");
    var revision = Pattern.compile("revisions/([0-9]+)/receipt").matcher(market.get(MARKET).body());
    assertThat(revision.find()).as("the latest revision waits for its receipt").isTrue();
    var page = P + "/revisions/" + revision.group(1);
    assertThat(auditor.get(page).body()).doesNotContain("market on ");
    for (int twice = 0; twice < 2; twice++) {
      market.post(MARKET, MARKET + "/revisions/" + revision.group(1) + "/receipt", Map.of());
    }
    assertThat(market.post(MARKET, MARKET + "/revisions/99/receipt", Map.of()).statusCode())
        .isEqualTo(404);
    for (var shown : List.of(page, P + "/departments")) {
      assertThat(auditor.get(shown).body()).as(shown).contains("market on ");
    }
    assertThat(market.get(MARKET).body()).contains("market on ").doesNotContain("/receipt");
    assertThat(office.run("export", "audit").out())
        .containsOnlyOnce(
            "market,receipt,revision %s of counter-espionage,market-regulation"
                .formatted(revision.group(1)));
  }

  @Test
  void theCalendarShowsEachNightWithWhatItChanged() throws Exception {
    var page = office.as("the-auditor").get(P + "/calendar?month=2026-11").body();
    assertThat(page).contains("Night 1", "Night 2", "Revision 1", "Revision 2", "Enters&nbsp;55");
    assertThat(office.as("the-auditor").get(P + "/calendar?month=2026-13").statusCode())
        .isEqualTo(404);
    assertThat(office.as("the-auditor").get(P + "/calendar?month=1999-01").body())
        .doesNotContain("Night ");
  }

  /** The samples publish twice, so what differs is what the second revision changed. */
  @Test
  void twoRevisionsAreHeldAgainstEachOther() throws Exception {
    var auditor = office.as("the-auditor");
    var page = auditor.get(P + "/revisions/compare?from=1&to=2").body();
    assertThat(page.replaceAll("\\s+", " "))
        .contains("Entered <small>3</small>", "Left <small>4</small>")
        .contains("In another tier <small>4</small>");
    assertThat(auditor.get(P + "/revisions/compare?from=2&to=1").body()).contains("Revision 1 → 2");
    assertThat(auditor.get(P + "/revisions/compare?from=1&to=1").body())
        .contains("Both lists are the same");
    assertThat(auditor.get(P + "/revisions/compare?from=1&to=9").statusCode()).isEqualTo(404);
  }

  /** The policy of the samples with a higher line to the third tier. */
  private static byte[] stricter() throws IOException {
    var policy = Files.readString(Path.of("jobs/counter-espionage/policy.yml"));
    var line = "third: {enter: 0.45, leave: 0.40}";
    assertThat(policy).contains(line);
    return policy
        .replace(line, "third: {enter: 0.53, leave: 0.49}")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Simulates it to the end and returns the page of what came of it. */
  private static String simulated() throws Exception {
    var auditor = office.as("the-auditor");
    var page = P + "/policy";
    var answer =
        auditor.upload(page, page + "/files", Map.of("since", Homes.FIRST), "b.yml", stricter());
    assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/simulation");
    var end = Instant.now().plusSeconds(120);
    while (auditor
        .get(page + "/simulation/progress")
        .headers()
        .firstValue("HX-Refresh")
        .isEmpty()) {
      assertThat(Instant.now()).isBefore(end);
    }
    return auditor.get(page + "/simulation").body();
  }

  @Test
  void anotherPolicyIsSimulatedAsTheCommandDoes() throws Exception {
    var auditor = office.as("the-auditor");
    var page = P + "/policy";
    var trail = office.run("export", "audit").out();
    var shown = simulated();
    var file = Files.write(folder.resolve("b.yml"), stricter());
    var figures =
        Homes.rows(
            office.run("simulate", file.toString(), "--format", "csv", "--table", "figures").out());
    var last =
        figures.stream()
            .filter(row -> row.get(1).equals(Homes.SECOND) && row.get(3).equals("units"))
            .findFirst()
            .orElseThrow();
    assertThat(shown)
        .contains("<span class=\"was\">%s</span>".formatted(last.get(5)))
        .contains("<strong>%s</strong>".formatted(last.get(6)))
        .contains("off the list");
    assertThat(last.get(5)).isNotEqualTo(last.get(6));
    assertThat(auditor.get(page + "/simulation?revision=1").body()).contains("Units by tier");
    var same = Files.readAllBytes(Path.of("jobs/counter-espionage/policy.yml"));
    assertThat(said(auditor.upload(page, page + "/files", Map.of(), "p.yml", same), auditor))
        .contains("This is the policy in force");
    var broken = "criteria: 7\n".getBytes(StandardCharsets.UTF_8);
    assertThat(said(auditor.upload(page, page + "/files", Map.of(), "p.yml", broken), auditor))
        .contains("The policy has faults", "p.yml:1");
    assertThat(auditor.get(P + "/revisions").body()).doesNotContain("Revision 3");
    assertThat(office.run("export", "audit").out()).as("nothing is kept").isEqualTo(trail);
  }

  private static final String MARKET = P + "/departments/market-regulation";

  private static String said(HttpResponse<String> answer, Office.Client by) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    var to = answer.headers().firstValue("Location").orElseThrow();
    return by.get(to.substring(to.indexOf("/programmes"))).body();
  }

  /** A file of the market regulation of this day, which no gate of age holds. */
  private static String registry() {
    var today = LocalDate.now(ZoneId.of("Asia/Shanghai"));
    var last = LocalDate.parse(Homes.SECOND);
    return "enterprise-registry-%s.csv".formatted(today.isAfter(last) ? today : last);
  }

  private static byte[] registryOf(String night) throws IOException {
    try (var files = Files.list(Homes.inbox(night))) {
      return Files.readAllBytes(
          files.filter(f -> f.toString().endsWith(".csv")).findFirst().orElseThrow());
    }
  }

  /** The first lines of a file. */
  private static byte[] lines(byte[] file, int lines) {
    int end = 0;
    for (int n = 0; n < lines; n++) {
      while (file[end++] != '\n') {}
    }
    return java.util.Arrays.copyOf(file, end);
  }

  private static void sweepInbox() throws IOException {
    var inbox = office.home().resolve("inbox");
    if (Files.isDirectory(inbox)) {
      try (var files = Files.list(inbox)) {
        for (var file : files.toList()) {
          Files.delete(file);
        }
      }
    }
  }

  @Test
  void aDepartmentSendsAFileAndIsToldAtOnceWhatTheNextRunWouldSay() throws Exception {
    var market = office.as("market");
    var fields = Map.of("source", "enterprise-registry");
    var template = market.bytes(MARKET + "/sources/enterprise-registry/template");
    assertThat(template.statusCode()).isEqualTo(200);
    assertThat(template.body()).startsWith('P', 'K');
    var whole = registryOf(Homes.SECOND);
    try {
      var known = market.upload(MARKET, MARKET + "/files", fields, registry(), whole);
      assertThat(said(known, market)).contains("This file was received before");
      var file = lines(whole, 149);
      var stored = market.upload(MARKET, MARKET + "/files", fields, registry(), file);
      assertThat(said(stored, market))
          .contains("It is in the inbox", "145 rows, 4 of them would be rejected", "column A")
          .contains("In the inbox, for the next run");
      var again = market.upload(MARKET, MARKET + "/files", fields, registry(), file);
      assertThat(said(again, market)).contains("Nothing was doubled");
      var other = market.upload(MARKET, MARKET + "/files", fields, "notes.txt", file);
      assertThat(said(other, market)).contains("it is no file of this source");
      var broken = market.upload(MARKET, MARKET + "/files", fields, registry(), new byte[999]);
      assertThat(said(broken, market)).contains("the next run would refuse it");
      var none = market.upload(MARKET, MARKET + "/files", fields, "", new byte[0]);
      assertThat(said(none, market)).contains("Choose a file first");
      assertThat(office.home().resolve("inbox").resolve(registry())).hasBinaryContent(file);
      assertThat(office.run("export", "audit").out())
          .contains("market,upload,source enterprise-registry of counter-espionage," + registry())
          .contains("market,download,source enterprise-registry of counter-espionage");
    } finally {
      sweepInbox();
    }
  }

  @Test
  void whatWouldBeHeldGoesIntoTheInboxOnceItIsConfirmed() throws Exception {
    var market = office.as("market");
    var few = lines(registryOf(Homes.SECOND), 6);
    var inbox = office.home().resolve("inbox").resolve(registry());
    try {
      var fields = Map.of("source", "enterprise-registry");
      var asked = said(market.upload(MARKET, MARKET + "/files", fields, registry(), few), market);
      assertThat(asked).contains("Is it right?", "there are always at least 20");
      assertThat(inbox).doesNotExist();
      var id = Pattern.compile("name=\"id\" value=\"([^\"]+)\"").matcher(asked);
      assertThat(id.find()).isTrue();
      var form = Map.of("id", id.group(1), "act", "send");
      // The file is the person's own: an administrator who knows its id has none.
      assertThat(
              said(
                  office.as("chief").post(P, P + "/deliveries/unconfirmed", form),
                  office.as("chief")))
          .contains("not kept any more");
      assertThat(said(market.post(MARKET, MARKET + "/unconfirmed", form), market))
          .contains("It is in the inbox");
      assertThat(inbox).hasBinaryContent(few);
      assertThat(said(market.post(MARKET, MARKET + "/unconfirmed", form), market))
          .contains("not kept any more");
    } finally {
      sweepInbox();
    }
  }

  @Test
  void filesOfOtherSourcesDoNotExistForADepartmentAndAllDoForAnAdministrator() throws Exception {
    var file = lines(registryOf(Homes.FIRST), 100);
    var fields = Map.of("source", "enterprise-registry");
    var edu = office.as("edu");
    var own = P + "/departments/education";
    assertThat(edu.upload(own, own + "/files", fields, registry(), file).statusCode())
        .isEqualTo(404);
    assertThat(edu.upload(own, MARKET + "/files", fields, registry(), file).statusCode())
        .isEqualTo(404);
    var chief = office.as("chief");
    try {
      var answer = chief.upload(P, P + "/deliveries/files", fields, registry(), file);
      assertThat(said(answer, chief)).contains("Is it right?", "96 rows");
      assertThat(
              chief
                  .upload(P, P + "/deliveries/files", Map.of("source", "none"), "a.csv", file)
                  .statusCode())
          .isEqualTo(404);
    } finally {
      sweepInbox();
    }
  }

  @Test
  void aFileThatIsTooLargeIsTurnedAwayWithAPageThatSaysHowLargeOneMayBe() throws Exception {
    var market = office.as("market");
    var large = new byte[3 << 20];
    var fields = Map.of("source", "enterprise-registry");
    var answer = market.upload(MARKET, MARKET + "/files", fields, registry(), large);
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("This file is too large", "Files up to 1 MB are taken");
    var pieces = market.upload(MARKET + "/files", fields, registry(), large, true);
    assertThat(pieces.statusCode()).as("of a length that is not said").isEqualTo(413);
    assertThat(office.home().resolve("inbox").resolve(registry())).doesNotExist();
  }

  @Test
  void whoseSessionHasEndedWithTheFormIsToldToChooseTheFileAgain() throws Exception {
    var somebody = office.stranger();
    var answer =
        somebody.upload(
            MARKET + "/files",
            Map.of("source", "enterprise-registry"),
            registry(),
            registryOf(Homes.FIRST),
            false);
    var to = answer.headers().firstValue("Location").orElseThrow();
    assertThat(to).endsWith("/sign-in?unsent");
    assertThat(somebody.get("/sign-in?unsent").body()).contains("the file was not received");
    var then =
        somebody
            .signIn("clerk", office.key("clerk"))
            .headers()
            .firstValue("Location")
            .orElseThrow();
    assertThat(then).endsWith(MARKET + "?again");
    assertThat(somebody.get(MARKET + "?again").body()).contains("Choose the file again");
  }

  /** Each sends the same bytes at the same moment: one has them put in, the others are told. */
  @Test
  void theSameFileSentTwiceAtOnceIsThereOnce() throws Exception {
    var whole = registryOf(Homes.SECOND);
    var clients = new ArrayList<Office.Client>();
    for (int n = 0; n < 3; n++) {
      var client = office.stranger();
      client.signIn("clerk", office.key("clerk"));
      clients.add(client);
    }
    var threads = Executors.newFixedThreadPool(clients.size());
    try {
      for (int round = 0; round < 6; round++) {
        var file = lines(whole, 148 - round);
        var ready = new CyclicBarrier(clients.size());
        var told = new ArrayList<Future<String>>();
        for (var client : clients) {
          told.add(
              threads.submit(
                  () -> {
                    client.get(MARKET);
                    ready.await();
                    return said(
                        client.upload(
                            MARKET,
                            MARKET + "/files",
                            Map.of("source", "enterprise-registry"),
                            registry(),
                            file),
                        client);
                  }));
        }
        int stored = 0;
        for (var page : told) {
          var text = page.get();
          assertThat(text).doesNotContain("Is it right?");
          stored += text.contains("It is in the inbox") ? 1 : 0;
        }
        assertThat(stored).isEqualTo(1);
        sweepInbox();
      }
    } finally {
      threads.shutdown();
      sweepInbox();
    }
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
            "/list?order=score&q=%E5%A4%A7&status=confirmed",
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
            "/departments/market-regulation",
            "/departments/market-regulation/deliveries/2",
            "/departments/education/list",
            "/calendar?month=2026-11",
            "/revisions/compare?from=2&to=1",
            "/policy",
            "/policy/simulation",
            "/people",
            "/people/chief",
            "/questions",
            "/questions?answered=true",
            "/departments/education/questions",
            "/tokens",
            "/tokens?over=true",
            "/overrides",
            "/objections",
            "/audit",
            "/nothing")) {
      pages.put(page, P + page);
    }
    simulated();
    var unit = EDUCATION + "/units/" + unitOf("edu", EDUCATION);
    office.as("edu").post(unit, unit + "/questions", Map.of("asked", "Of which report is this?"));
    pages.put("a unit of a department", unit);
    var question = Pattern.compile(P + "/questions/Q[0-9]+");
    pages.put("a question", first(question, office.as("chief").get(P + "/questions").body()));
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
