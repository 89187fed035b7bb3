package org.keyroll.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.WorkbookFactory;
import org.apache.poi.ss.util.CellReference;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.keyroll.Homes;
import org.keyroll.database.Database;

/** The API on the samples: who may do what, and a department's way from upload to list. */
@TestMethodOrder(OrderAnnotation.class)
class ApiTest {
  private static final String P = "/api/v1" + Office.PROGRAMME;
  private static final String THIRD = "2026-11-04";
  private static final List<String> STAFF =
      List.of("chief", "the-editor", "the-approver", "the-auditor");
  private static final List<String> DEPARTMENTS = List.of("edu", "trade");

  private static final Map<String, List<Method>> OPERATIONS =
      Description.operations(HandlersTest.apiHandlers());

  @TempDir static Path folder;
  private static Office office;
  private static final Map<String, String> TOKENS = new HashMap<>();

  @BeforeAll
  static void serve() throws Exception {
    office = Office.open(folder);
    office.register("trade", "department", "commerce");
    var file = folder.resolve("jobs/counter-espionage/programme.yml");
    Files.writeString(
        file,
        Files.readString(file).replace("founding: automatic", "founding: automatic\n  persons: 2"));
    for (var who : List.of("chief", "the-editor", "the-approver", "the-auditor", "second")) {
      TOKENS.put(who, token(who, true));
    }
    for (var who : DEPARTMENTS) {
      TOKENS.put(who, token(who, true));
    }
  }

  @AfterAll
  static void close() {
    office.close();
  }

  private static String token(String who, boolean acts) throws Exception {
    var made =
        proving(who)
            .post("/api/v1/tokens", Map.of("label", "test of " + who, "acts", acts, "days", 30));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.json().get("secret").asString();
  }

  private static Program as(String who) throws Exception {
    return Program.with(
        office.url, who.isEmpty() ? "" : Program.bearer(String.valueOf(TOKENS.get(who))));
  }

  private static Program proving(String who) throws Exception {
    return Program.with(office.url, who.isEmpty() ? "" : Program.basic(office.key(who)));
  }

  /** Who gets in; everybody else is turned away. */
  private enum For {
    ALL,
    KNOWN,
    STAFF,
    STAFF_AND_TRADE,
    ADMINISTRATORS_AND_TRADE,
    ADMINISTRATORS,
    EDITORS,
    APPROVERS,
    IDENTIFIERS,
    DEPARTMENTS,
    ANSWERERS;

    boolean lets(String who) {
      return switch (this) {
        case ALL -> true;
        case KNOWN -> !who.isEmpty();
        case STAFF -> ApiTest.STAFF.contains(who);
        case STAFF_AND_TRADE -> ApiTest.STAFF.contains(who) || who.equals("trade");
        case ADMINISTRATORS_AND_TRADE -> who.equals("chief") || who.equals("trade");
        case ADMINISTRATORS -> who.equals("chief");
        case EDITORS -> who.equals("the-editor");
        case APPROVERS -> who.equals("the-approver");
        case DEPARTMENTS -> ApiTest.DEPARTMENTS.contains(who);
        case ANSWERERS -> List.of("chief", "the-editor").contains(who);
        case IDENTIFIERS -> List.of("the-editor", "the-approver").contains(who);
      };
    }
  }

  /**
   * Each door: method and pattern of the handler, a path that it answers, and for whom. A handler
   * that is not here fails the test. What is sent to it changes nothing.
   */
  private record Way(String pattern, String path, For whom) {}

  private static Way way(String pattern, For whom) {
    return new Way(
        pattern,
        pattern
            .substring(pattern.indexOf(' ') + 1)
            .replace("{p}", P)
            .replace("{revision}", "1")
            .replace("{unit}", "U0000017")
            .replace("{department}", "commerce")
            .replace("{source}", "foreign-involvement")
            .replace("{delivery}", "foreign-involvement")
            .replace("{candidate}", "1")
            .replace("{verdict}", "77")
            .replace("{run}", "1")
            .replace("{override}", "O77")
            .replace("{objection}", "OB77")
            .replace("{question}", "Q77")
            .replace("{person}", "nobody-of-this-name")
            .replace("{token}", "aaaaaaaa")
            .replace("{path}", "departments/commerce/list.csv"),
        whom);
  }

  private static final List<Way> DOORS =
      List.of(
          way("GET /api/v1/openapi.json", For.ALL),
          way("GET /api/v1/me", For.KNOWN),
          way("GET /api/v1/tokens", For.KNOWN),
          way("POST /api/v1/tokens", For.KNOWN),
          way("DELETE /api/v1/tokens/{token}", For.KNOWN),
          way("GET /api/v1/people", For.STAFF),
          way("GET /api/v1/people/{person}", For.STAFF),
          way("POST /api/v1/people", For.ADMINISTRATORS),
          way("PUT /api/v1/people/{person}", For.ADMINISTRATORS),
          way("DELETE /api/v1/people/{person}", For.ADMINISTRATORS),
          way("POST /api/v1/people/{person}/key", For.ADMINISTRATORS),
          way("POST /api/v1/people/{person}/code", For.ADMINISTRATORS),
          way("GET /api/v1/trail", For.STAFF),
          way("GET /api/v1/trail/head", For.STAFF),
          way("GET /api/v1/programmes", For.KNOWN),
          way("GET {p}", For.KNOWN),
          way("GET {p}/sources", For.KNOWN),
          way("GET {p}/sources/{source}/template", For.STAFF_AND_TRADE),
          new Way(
              "POST {p}/sources/{source}/files",
              P + "/sources/foreign-involvement/files?name=list.csv",
              For.ADMINISTRATORS_AND_TRADE),
          new Way("GET {p}/exports/{what}", P + "/exports/units", For.STAFF),
          way("GET {p}/departments", For.KNOWN),
          way("GET {p}/departments/{department}", For.STAFF_AND_TRADE),
          way("GET {p}/revisions", For.KNOWN),
          way("GET {p}/revisions/{revision}", For.KNOWN),
          way("GET {p}/revisions/{revision}/changes", For.STAFF),
          way("GET {p}/revisions/{revision}/files", For.KNOWN),
          way("GET {p}/revisions/{revision}/files/{path}", For.STAFF_AND_TRADE),
          way("GET {p}/list", For.KNOWN),
          new Way("GET {p}/units", P + "/units?q=U0000017", For.STAFF),
          way("GET {p}/units/{unit}", For.STAFF),
          way("GET {p}/units/{unit}/explanation", For.STAFF),
          way("GET {p}/units/{unit}/history", For.STAFF),
          way("GET {p}/proposals", For.STAFF),
          way("GET {p}/batches", For.STAFF),
          way("POST {p}/proposals/batch", For.IDENTIFIERS),
          way("POST {p}/proposals/approve", For.APPROVERS),
          way("POST {p}/proposals/reject", For.APPROVERS),
          way("POST {p}/proposals/release", For.APPROVERS),
          way("GET {p}/overrides", For.STAFF),
          way("GET {p}/overrides/{override}", For.STAFF),
          way("POST {p}/overrides", For.EDITORS),
          way("PATCH {p}/overrides/{override}", For.EDITORS),
          way("POST {p}/overrides/{override}/withdraw", For.EDITORS),
          way("GET {p}/objections", For.STAFF),
          way("POST {p}/objections", For.EDITORS),
          way("POST {p}/objections/{objection}/answer", For.APPROVERS),
          way("GET {p}/deliveries", For.KNOWN),
          way("GET {p}/deliveries/{delivery}", For.STAFF_AND_TRADE),
          way("GET {p}/deliveries/{delivery}/rejections", For.STAFF_AND_TRADE),
          way("GET {p}/deliveries/{delivery}/answer", For.STAFF_AND_TRADE),
          way("POST {p}/deliveries/{delivery}/release", For.APPROVERS),
          way("POST {p}/deliveries/{delivery}/refuse", For.APPROVERS),
          way("GET {p}/candidates", For.STAFF),
          way("GET {p}/candidates/{candidate}", For.STAFF),
          way("POST {p}/candidates/{candidate}", For.IDENTIFIERS),
          way("GET {p}/verdicts", For.STAFF),
          way("POST {p}/verdicts/{verdict}/undo", For.IDENTIFIERS),
          way("GET {p}/inbox", For.STAFF),
          way("GET {p}/runs", For.STAFF),
          way("GET {p}/questions", For.KNOWN),
          way("GET {p}/questions/{question}", For.KNOWN),
          way("POST {p}/questions", For.DEPARTMENTS),
          way("POST {p}/questions/{question}/answer", For.ANSWERERS),
          way("GET {p}/runs/{run}", For.STAFF),
          way("POST {p}/runs", For.ADMINISTRATORS),
          way("POST {p}/runs/{run}/stop", For.ADMINISTRATORS));

  @Test
  @Order(1)
  void theMatrixLeavesOutNoHandler() {
    var known = new TreeSet<String>();
    DOORS.forEach(d -> known.add(d.pattern().replace("{p}", "/api/v1/programmes/{programme}")));
    assertThat(known).isEqualTo(OPERATIONS.keySet());
  }

  /** Ways whose thing is not there: who gets in is told so, as a department is of any. */
  private static boolean isOfNothing(Way way) {
    return way.path()
        .matches(".*(O77|OB77|Q77|nobody-of-this-name|aaaaaaaa|candidates/1|verdicts/77)\\b.*");
  }

  @Test
  @Order(2)
  void everyDoorOpensToThoseItIsForAndToNobodyElse() throws Exception {
    var mine = as("trade").get(P + "/deliveries").json().get("items").get(0);
    var softly = new SoftAssertions();
    for (var door : DOORS) {
      var method = door.pattern().substring(0, door.pattern().indexOf(' '));
      var path =
          door.path()
              .replace(
                  "deliveries/foreign-involvement", "deliveries/" + mine.get("delivery").asLong());
      boolean proven = proven(door);
      for (var who :
          List.of("chief", "the-editor", "the-approver", "the-auditor", "edu", "trade", "")) {
        var caller = proven ? proving(who) : as(who);
        var answer =
            caller.call(
                method, path, method.equals("GET") ? null : "{}".getBytes(StandardCharsets.UTF_8));
        var words =
            door.pattern() + " as " + (who.isEmpty() ? "nobody" : who) + ": " + answer.status();
        boolean lets = door.whom().lets(who);
        boolean turnedAway = List.of(401, 403, 404).contains(answer.status());
        if (lets && isOfNothing(door)) {
          softly.assertThat(answer.status()).as(words).isIn(200, 201, 204, 400, 404);
        } else {
          softly.assertThat(turnedAway).as(words).isEqualTo(!lets);
        }
        if (!lets) {
          int expected = who.isEmpty() ? 401 : STAFF.contains(who) ? 403 : 404;
          softly.assertThat(answer.status()).as(words).isEqualTo(expected);
        }
        if (who.equals("chief") && lets && door.whom() != For.ALL) {
          var other =
              (proven ? as(who) : proving(who))
                  .call(
                      method,
                      path,
                      method.equals("GET") ? null : "{}".getBytes(StandardCharsets.UTF_8));
          softly.assertThat(other.status()).as(words + ", and otherwise").isEqualTo(401);
        }
      }
    }
    softly.assertAll();
  }

  private static boolean proven(Way door) {
    return Objects.requireNonNull(
            OPERATIONS.get(door.pattern().replace("{p}", "/api/v1/programmes/{programme}")))
        .get(0)
        .isAnnotationPresent(Proven.class);
  }

  @Test
  @Order(3)
  void aTokenThatReadsDoesNothingElse() throws Exception {
    var reads = token("the-approver", false);
    var program = Program.with(office.url, Program.bearer(reads));
    assertThat(program.get(P + "/proposals").status()).isEqualTo(200);
    var answer = program.post(P + "/proposals/approve", Map.of("ids", List.of("U0000017@1")));
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.json().get("detail").asString()).contains("only reads");
  }

  @Test
  @Order(3)
  void aSignedInBrowserOpensNothing() throws Exception {
    var browser = office.as("chief");
    assertThat(browser.get("/").statusCode()).isLessThan(400);
    assertThat(browser.get("/api/v1/programmes").statusCode()).isEqualTo(401);
    assertThat(browser.post("/", P + "/runs", Map.of("job", "publish")).statusCode())
        .isEqualTo(401);
  }

  @Test
  @Order(3)
  void tokensEndWithTheirTimeWithTheirPersonAndWhenRevoked() throws Exception {
    var secret = token("the-auditor", false);
    var id = secret.substring(8, 16);
    var program = Program.with(office.url, Program.bearer(secret));
    assertThat(program.get("/api/v1/me").json().get("token").get("id").asString()).isEqualTo(id);
    sql("UPDATE token SET expires_at = '2020-01-01' WHERE token = '" + id + "'");
    var expired = program.get("/api/v1/me");
    assertThat(expired.status()).isEqualTo(401);
    assertThat(expired.header("WWW-Authenticate")).startsWith("Bearer");
    assertThat(expired.json().get("detail").asString()).contains("expired on 2020-01-01");
    sql("UPDATE token SET expires_at = '2037-01-01' WHERE token = '" + id + "'");
    assertThat(program.get("/api/v1/me").status()).isEqualTo(200);
    assertThat(proving("edu").call("DELETE", "/api/v1/tokens/" + id, null).status())
        .as("another person's")
        .isEqualTo(404);
    assertThat(proving("the-auditor").call("DELETE", "/api/v1/tokens/" + id, null).status())
        .isEqualTo(204);
    assertThat(program.get("/api/v1/me").json().get("detail").asString()).contains("revoked");

    office.register("leaver", "auditor", null);
    TOKENS.put("leaver", token("leaver", false));
    assertThat(as("leaver").get("/api/v1/trail").status()).isEqualTo(200);
    var chief = proving("chief");
    var tag = as("chief").get("/api/v1/people/leaver").header("ETag");
    var role =
        Map.of(
            "roles",
            List.of("department"),
            "department",
            Map.of("programme", "counter-espionage", "id", "health"));
    assertThat(
            chief
                .and("If-Match", "\"another\"")
                .call("PUT", "/api/v1/people/leaver", Program.JSON.writeValueAsBytes(role))
                .status())
        .isEqualTo(412);
    var assigned =
        chief
            .and("If-Match", tag)
            .call("PUT", "/api/v1/people/leaver", Program.JSON.writeValueAsBytes(role));
    assertThat(assigned.status()).as(assigned.text()).isEqualTo(200);
    assertThat(as("leaver").get("/api/v1/trail").status()).as("roles of the moment").isEqualTo(404);
    var stale = chief.and("If-Match", tag).call("DELETE", "/api/v1/people/leaver", null);
    assertThat(stale.status()).isEqualTo(412);
    assertThat(stale.json().get("detail").asString()).contains("leaver is department");
    assertThat(stale.json().get("now").get("department").get("id").asString()).isEqualTo("health");
    assertThat(chief.call("DELETE", "/api/v1/people/leaver", null).status()).isEqualTo(204);
    assertThat(as("leaver").get("/api/v1/me").status()).isEqualTo(401);
  }

  @Test
  @Order(3)
  void tokensAreMadeAndRevokedOnTheCommandLine() throws Exception {
    var made =
        office.run(
            "tokens",
            "add",
            "nightly copy",
            "--days",
            "5",
            "--key",
            office.keyFile("edu").toString());
    assertThat(made.code()).as(made.err()).isZero();
    var program = Program.with(office.url, Program.bearer(made.out().strip()));
    assertThat(program.get("/api/v1/me").json().get("name").asString()).isEqualTo("edu");
    var id = made.out().substring(8, 16);
    assertThat(office.run("tokens", "list").out()).contains(id + "  edu").contains("nightly copy");
    var removed = office.run("tokens", "remove", id, "--key", office.keyFile("chief").toString());
    assertThat(removed.code()).as(removed.err()).isZero();
    assertThat(program.get("/api/v1/me").status()).isEqualTo(401);
  }

  @Test
  @Order(3)
  void anAdministratorMakesTokensForDepartmentsThatEndWhereAPersonBeginsToDecide()
      throws Exception {
    office.register("mover", "department", "health");
    var wanted = Map.of("person", "mover", "label", "copy", "days", 3);
    assertThat(proving("edu").post("/api/v1/tokens", wanted).status()).isEqualTo(400);
    assertThat(
            proving("chief")
                .post(
                    "/api/v1/tokens",
                    Map.of("person", "the-approver", "label", "copy", "days", 3, "acts", true))
                .status())
        .isEqualTo(400);
    var made = proving("chief").post("/api/v1/tokens", wanted);
    assertThat(made.json().get("token").get("madeBy").asString()).isEqualTo("chief");
    var typed =
        office.run(
            "tokens", "add", "copy", "--for", "mover", "--key", office.keyFile("chief").toString());
    assertThat(typed.code()).as(typed.err()).isZero();
    var assign = Program.JSON.writeValueAsBytes(Map.of("roles", List.of("approver")));
    for (var secret : List.of(made.json().get("secret").asString(), typed.out().strip())) {
      assertThat(Program.with(office.url, Program.bearer(secret)).get("/api/v1/me").status())
          .isEqualTo(200);
    }
    assertThat(proving("chief").call("PUT", "/api/v1/people/mover", assign).status())
        .isEqualTo(200);
    for (var secret : List.of(made.json().get("secret").asString(), typed.out().strip())) {
      var answer = Program.with(office.url, Program.bearer(secret)).get("/api/v1/me");
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.json().get("detail").asString()).contains("made by chief");
    }
  }

  @Test
  @Order(3)
  void aDepartmentAsksAndIsAnsweredByAProgram() throws Exception {
    var trade = as("trade");
    var list = trade.get(P + "/list?limit=1").json().get("items").get(0);
    var unit = list.get("unit").asString();
    var asked = trade.post(P + "/questions", Map.of("unit", unit, "asked", "Why now?"));
    assertThat(asked.status()).as(asked.text()).isEqualTo(201);
    var question = P + "/questions/Q" + asked.json().get("number").asLong();
    assertThat(as("edu").get(question).status()).as("another department's").isEqualTo(404);
    assertThat(as("edu").get(P + "/questions").text()).doesNotContain("Why now?");
    for (var none : List.of("U9999999", "U1", "' OR 1")) {
      var answer = trade.post(P + "/questions", Map.of("unit", none, "asked", "Why?"));
      assertThat(answer.status()).as(none).isEqualTo(404);
    }
    assertThat(
            trade.post(P + "/questions", Map.of("unit", unit, "asked", "?".repeat(2_001))).status())
        .isEqualTo(400);
    var tag = as("chief").get(question).header("ETag");
    var reply = Map.of("answer", "Its licence is new.");
    assertThat(as("the-editor").post(question + "/answer", reply).status()).isEqualTo(200);
    assertThat(as("chief").post(question + "/answer", reply).status()).isEqualTo(409);
    assertThat(as("chief").and("If-Match", tag).post(question + "/answer", reply).status())
        .isEqualTo(412);
    assertThat(trade.get(question).json().get("answer").asString())
        .isEqualTo("Its licence is new.");
    assertThat(as("chief").get(P + "/questions?answered=false").text()).doesNotContain("Why now?");
  }

  @Test
  @Order(3)
  void problemsAreToldInTheLanguageAskedFor() throws Exception {
    var program = as("trade");
    var unknown = program.get(P + "/revisions/77");
    assertThat(unknown.json().get("title").asString()).isEqualTo("Not found");
    assertThat(
            program
                .and("Accept-Language", "zh-CN")
                .get(P + "/revisions/77")
                .json()
                .get("title")
                .asString())
        .isEqualTo("未找到");
    assertThat(program.get("/api/v1/nothing").status()).isEqualTo(404);
    assertThat(program.call("DELETE", P, null).status()).isEqualTo(405);
    assertThat(program.call("OPTIONS", P, null).status()).isEqualTo(404);
    assertThat(program.get(P + "/list?limit=501").status()).isEqualTo(400);
    assertThat(program.get(P + "/revisions/one").json().get("detail").asString())
        .contains("\"one\"");
    var odd = as("the-approver").post(P + "/proposals/release", Map.of("why", "so"));
    assertThat(odd.status()).isEqualTo(400);
    assertThat(odd.json().get("detail").asString()).contains("why").doesNotContain("org.keyroll");
    assertThat(as("chief").get(P + "/list?tier=nowhere").status()).isEqualTo(400);
  }

  @Test
  @Order(3)
  void pagesFollowOneAnotherByTheirLinks() throws Exception {
    var program = as("chief");
    for (var path :
        List.of(
            "/list?order=score&limit=20",
            "/deliveries?limit=3",
            "/runs?limit=1",
            "/revisions?limit=1",
            "/revisions/1/changes?limit=20")) {
      var whole = program.get(P + path.replaceAll("limit=[0-9]+", "limit=500")).json().get("items");
      var parts = Program.JSON.createArrayNode();
      var next = P + path;
      while (!next.isEmpty()) {
        var page = program.get(next);
        page.json().get("items").forEach(parts::add);
        next = page.json().get("next").isNull() ? "" : page.json().get("next").asString();
        assertThat(page.header("Link"))
            .isEqualTo(next.isEmpty() ? "" : "<" + next + ">; rel=\"next\"");
      }
      assertThat(parts).as(path).isEqualTo(whole);
      assertThat(whole.size()).as(path).isGreaterThan(1);
    }
    int units = 0;
    for (var status : List.of("confirmed", "kept", "suspended")) {
      var found = program.get(P + "/list?limit=500&status=" + status).json();
      units += found.get("found").asInt();
      found
          .get("items")
          .forEach(item -> assertThat(item.get("status").asString()).isEqualTo(status));
    }
    assertThat(units).isEqualTo(program.get(P + "/list").json().get("found").asInt());
    assertThat(program.get(P + "/list?status=final").json().get("found").asInt()).isEqualTo(units);
    assertThat(program.get(P + "/list?status=gone").status()).isEqualTo(400);
    assertThat(program.get(P + "/list?asOf=2026-11-02").json().get("revision").asLong())
        .isEqualTo(1);
    // A run's numbers are those of its own night.
    assertThat(program.get(P + "/runs/1").json().get("numbers").get("units").asLong())
        .isLessThan(program.get(P + "/runs/2").json().get("numbers").get("units").asLong());
    assertThat(program.get(P + "/list?asOf=2026-11-03").json().get("revision").asLong())
        .isEqualTo(2);
    assertThat(program.get(P + "/list?asOf=2026-11-01").status()).isEqualTo(404);
  }

  @Test
  @Order(3)
  void exportsAreThoseOfTheCommandLine() throws Exception {
    var program = as("the-auditor");
    for (var what : List.of("list", "links", "changes")) {
      var ended = office.run("export", what);
      assertThat(program.get(P + "/exports/" + what).text())
          .as(what + ended.err())
          .isEqualTo(ended.out());
    }
    assertThat(program.get(P + "/exports/units?form=json&afterRun=1").json().size())
        .isGreaterThan(50);
    assertThat(program.get(P + "/exports/nothing").json().get("detail").asString())
        .contains("there are records, ");
  }

  @Test
  @Order(3)
  void aDepartmentSeesItsOwnAndNothingElse() throws Exception {
    var edu = as("edu");
    assertThat(Program.texts(edu.get("/api/v1/programmes").json().get("items"), "id"))
        .containsExactly("counter-espionage");
    for (var path :
        List.of(
            "/departments/commerce",
            "/list?department=commerce",
            "/sources/foreign-involvement/template",
            "/deliveries?source=foreign-involvement",
            "/deliveries/1",
            "/deliveries/1/answer",
            "/revisions/1/files/departments/commerce/list.csv",
            "/revisions/1/files/authority/list.csv",
            "/revisions/1/files/departments/education/../commerce/list.csv",
            "/revisions/1/files/manifest.json",
            "/units/U0000017")) {
      assertThat(edu.get(P + path).status()).as(path).isIn(400, 404);
    }
    assertThat(edu.get("/api/v1/programmes/critical-entities").status()).isEqualTo(404);
    assertThat(edu.get(P + "/list").text()).contains("青岚大学").doesNotContain("青岚市港务集团");
    assertThat(Program.texts(edu.get(P + "/revisions/1/files").json().get("items"), "path"))
        .isNotEmpty()
        .allMatch(path -> path.startsWith("departments/education/"));
    assertThat(edu.get(P).json().get("waiting").isNull()).isTrue();
  }

  @Test
  @Order(3)
  void aFileIsTakenOnceAndInParts() throws Exception {
    var trade = as("trade");
    var path = P + "/revisions/1/files/departments/commerce/list.csv";
    int before = downloads();
    var whole = trade.get(path);
    var kept =
        Files.readAllBytes(
            office
                .home()
                .resolve(
                    "published/counter-espionage/revision-0001/departments/commerce/list.csv"));
    assertThat(whole.sent().body()).isEqualTo(kept);
    assertThat(whole.header("Content-Disposition")).startsWith("attachment;").contains("list.csv");
    assertThat(whole.header("Cache-Control")).contains("no-cache").contains("private");
    var again = trade.and("If-None-Match", whole.header("ETag")).get(path);
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.sent().body()).isEmpty();
    var part = trade.and("Range", "bytes=3-9").get(path);
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.sent().body()).isEqualTo(java.util.Arrays.copyOfRange(kept, 3, 10));
    assertThat(trade.and("Range", "bytes=999999999-").get(path).status()).isEqualTo(416);
    assertThat(downloads()).as("the answer 304 gave nothing out").isEqualTo(before + 3);
  }

  private static int downloads() throws Exception {
    return as("the-auditor")
        .get("/api/v1/trail?actor=trade&act=download&limit=500")
        .json()
        .get("items")
        .size();
  }

  /** A department sends a report with faults, has it back, mends it; two persons approve. */
  @Test
  @Order(4)
  void fromAFaultyReportToTheNextRevision() throws Exception {
    var trade = as("trade");
    var chief = as("chief");
    var files = P + "/sources/foreign-involvement/files";
    var sample =
        Files.readAllBytes(Homes.inbox(Homes.FIRST).resolve("foreign-involvement-2026-10.xlsx"));
    var faulty = changed(sample, sheet -> cell(sheet, "D7").setCellValue("many"));
    var to = files + "?asOf=" + THIRD + "&name=foreign-involvement-2026-11.xlsx";
    var sent = trade.send(to, "application/octet-stream", faulty);
    assertThat(sent.status()).as(sent.text()).isEqualTo(201);
    assertThat(sent.json().get("rejected").asLong()).as("4 of them in the sample").isEqualTo(5);
    assertThat(sent.json().get("faults").toString()).contains("row 7, column D: ");
    var again = trade.send(to, "application/octet-stream", faulty);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().get("outcome").asString()).isEqualTo("known");
    assertThat(as("edu").send(to, "application/octet-stream", faulty).status()).isEqualTo(404);
    var changed = changed(sample, sheet -> cell(sheet, "D7").setCellValue("more"));
    var other = trade.send(to, "application/octet-stream", changed);
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.json().get("detail").asString()).contains("confirm=true");
    assertThat(trade.send(files + "?name=list.csv", "text/csv", faulty).status()).isEqualTo(422);
    assertThat(trade.send(to, "application/octet-stream", new byte[1_100_000]).status())
        .as("larger than the office takes")
        .isEqualTo(413);

    night(chief);
    var delivery = trade.get(P + "/deliveries?limit=1").json().get("items").get(0);
    assertThat(delivery.get("counts").get("rejected").asLong()).isEqualTo(5);
    var here = delivery.get("href").asString();
    assertThat(as("edu").get(here).status()).isEqualTo(404);
    var cells = trade.get(here + "/rejections").json().get("items");
    assertThat(Program.texts(cells, "text")).contains("many");
    var answer = trade.get(trade.get(here).json().get("answer").asString());
    var mended = changed(answer.sent().body(), sheet -> cell(sheet, "D7").setCellValue("60%"));
    var form = form("mended.xlsx", mended);
    var back =
        trade.send(files + "?asOf=" + THIRD, "multipart/form-data; boundary=" + BOUNDARY, form);
    assertThat(back.status()).as(back.text()).isEqualTo(201);
    night(chief);
    var second = trade.get(P + "/deliveries?limit=1").json().get("items").get(0);
    assertThat(second.get("corrects").asLong()).isEqualTo(delivery.get("delivery").asLong());

    var open = as("the-approver").get(P + "/proposals").json().get("items");
    assertThat(open.size()).as("the mended cell changes something").isPositive();
    var ids = Program.texts(open, "id");
    var ballot = Map.of("ids", ids);
    var first = as("the-approver").post(P + "/proposals/approve", ballot);
    assertThat(first.status()).as(first.text()).isEqualTo(200);
    assertThat(first.json().get("waiting").asLong()).isEqualTo(ids.size());
    var twice = as("the-approver").post(P + "/proposals/approve", ballot);
    assertThat(twice.status()).isEqualTo(409);
    assertThat(twice.json().get("detail").asString()).contains("already");
    assertThat(as("second").post(P + "/proposals/approve", ballot).json().get("decided").asLong())
        .isEqualTo(ids.size());
    run(chief, "publish");

    var revision = trade.get(P + "/list").json().get("revision").asLong();
    assertThat(revision).isEqualTo(3);
    var list = P + "/revisions/3/files/departments/commerce/list.xlsx";
    var whole = trade.get(list);
    assertThat(whole.status()).isEqualTo(200);
    assertThat(trade.and("If-None-Match", whole.header("ETag")).get(list).status()).isEqualTo(304);
    assertThat(as("edu").get(list).status()).isEqualTo(404);
    var trail = office.run("export", "audit").out();
    assertThat(trail)
        .contains("trade,upload,source foreign-involvement")
        .contains("second,approve,")
        .contains("second,use token,token ")
        .contains("trade,download,revision 3 of counter-espionage");
    assertThat(office.run("verify", "--audit").code()).isZero();
  }

  /** After all others: this address is turned away from then on. */
  @Test
  @Order(5)
  void whoeverGuessesTokensIsTurnedAwayForAWhile() throws Exception {
    var id = String.valueOf(TOKENS.get("edu")).substring(0, 17);
    var guess = Program.with(office.url, Program.bearer(id + "a".repeat(32)));
    for (int i = 0; i < 5; i++) {
      assertThat(guess.get("/api/v1/me").status()).isEqualTo(401);
    }
    var turnedAway = guess.get("/api/v1/me");
    assertThat(turnedAway.status()).isEqualTo(429);
    assertThat(turnedAway.header("Retry-After")).isNotEmpty();
    assertThat(as("edu").get("/api/v1/me").status()).isEqualTo(429);
    assertThat(as("trade").get("/api/v1/me").status()).as("another token").isEqualTo(200);
  }

  private static void night(Program chief) throws Exception {
    run(chief, "nightly");
  }

  private static void run(Program chief, String job) throws Exception {
    var launched = chief.post(P + "/runs", Map.of("job", job, "asOf", THIRD));
    assertThat(launched.status()).as(launched.text()).isEqualTo(202);
    office.awaitTheEndOfTheRun();
    var ended = chief.get(launched.header("Location")).json();
    assertThat(ended.get("run").get("state").asString()).as(ended.toString()).isIn("done", "held");
    assertThat(chief.post(launched.header("Location") + "/stop", Map.of()).status()).isEqualTo(409);
  }

  private static void sql(String statement) throws Exception {
    try (var database = Database.open(office.home(), null, line -> {});
        var connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        var sql = connection.createStatement()) {
      sql.executeUpdate(statement);
    }
  }

  private static final String BOUNDARY = "keyroll-form";

  private static byte[] form(String name, byte[] bytes) throws Exception {
    var out = new ByteArrayOutputStream();
    out.write(
        "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n"
            .formatted(BOUNDARY, name)
            .getBytes(StandardCharsets.UTF_8));
    out.write(bytes);
    out.write("\r\n--%s--\r\n".formatted(BOUNDARY).getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  private static byte[] changed(byte[] workbook, Consumer<Sheet> change) throws Exception {
    try (var book = WorkbookFactory.create(new ByteArrayInputStream(workbook));
        var out = new ByteArrayOutputStream()) {
      for (var sheet : book) {
        if (sheet.getLastRowNum() > 20) {
          change.accept(sheet);
          break;
        }
      }
      book.write(out);
      return out.toByteArray();
    }
  }

  private static Cell cell(Sheet sheet, String reference) {
    var at = new CellReference(reference);
    var cell = sheet.getRow(at.getRow()).getCell(at.getCol());
    if (cell.getCellType() == CellType.FORMULA) {
      cell.removeFormula();
    }
    return cell;
  }
}
