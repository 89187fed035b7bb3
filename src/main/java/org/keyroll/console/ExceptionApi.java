package org.keyroll.console;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Objection;
import org.keyroll.adjustment.Objections;
import org.keyroll.adjustment.OverrideId;
import org.keyroll.adjustment.OverrideRequests;
import org.keyroll.adjustment.Overrides;
import org.keyroll.adjustment.UnitOverride;
import org.keyroll.definition.Scope;
import org.keyroll.identity.Units;
import org.keyroll.people.Person;
import org.keyroll.people.Right;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;

/** What goes against the rules, or is said against the list: overrides and objections. */
@Api(tag = "exceptions")
class ExceptionApi {
  private final Overrides overrides;
  private final OverrideRequests requests;
  private final Objections objections;
  private final Units units;
  private final Times times;
  private final Tags tags;

  ExceptionApi(
      Overrides overrides,
      OverrideRequests requests,
      Objections objections,
      Units units,
      Times times,
      Tags tags) {
    this.overrides = overrides;
    this.requests = requests;
    this.objections = objections;
    this.units = units;
    this.times = times;
    this.tags = tags;
  }

  /**
   * An override to be put forward, on a ground of the programme and for a time.
   *
   * @param tier where the ground lists units; left out otherwise
   * @param until last day
   */
  record OverrideBody(
      @Nullable String unit,
      @Nullable String ground,
      @Nullable String tier,
      @Nullable LocalDate until,
      @Nullable String cause) {}

  /** What of an override is changed; what is left out stays. */
  record OverrideEdit(@Nullable String tier, @Nullable LocalDate until, @Nullable String cause) {}

  /** What others decide on now; null where nothing is left to decide. */
  record PutForward(@Nullable OverrideId override) {}

  /** What a unit says, and when it came; null: today. */
  record ObjectionBody(
      @Nullable String unit, @Nullable String said, @Nullable LocalDate receivedOn) {}

  /** Whether the unit is right, and why. */
  record AnswerBody(@Nullable Boolean upheld, @Nullable String cause) {}

  @Door(Right.READ)
  @Says("Lists the overrides and judgements there have been, in the order in which they were made.")
  @GetMapping("/api/v1/programmes/{programme}/overrides")
  Items<UnitOverride> overrides(Scope scope) {
    return new Items<>(overrides.all(scope), null);
  }

  @Door(Right.READ)
  @Says("Gives one override, with its tag.")
  @GetMapping("/api/v1/programmes/{programme}/overrides/{override}")
  ResponseEntity<UnitOverride> override(Scope scope, @PathVariable String override) {
    return tags.tagged(find(scope, override));
  }

  @Door(Right.PROPOSE)
  @Says(
      value = "Puts an override forward; an approver who has no hand in it decides.",
      with = 201,
      or = 409)
  @PostMapping("/api/v1/programmes/{programme}/overrides")
  ResponseEntity<PutForward> propose(Scope scope, Person me, @RequestBody OverrideBody body)
      throws Exception {
    var unit = unit(scope, body.unit());
    var ground = ListPages.given(body.ground());
    var until = body.until();
    if (ground == null || until == null) {
      throw new Refusal(HttpStatus.BAD_REQUEST, "An override takes ground, until and cause.");
    }
    var request =
        new OverrideRequests.Request(
            ground, ListPages.given(body.tier()), until, DeliveryApi.cause(body.cause()));
    return ResponseEntity.status(HttpStatus.CREATED)
        .body(
            new PutForward(
                requests.propose(me, scope, times.businessDate(scope), unit.id(), request)));
  }

  @Door(Right.PROPOSE)
  @Says(
      value = "Replaces an override that waits by another one, on which approvals begin anew.",
      or = {409, 412})
  @PatchMapping("/api/v1/programmes/{programme}/overrides/{override}")
  PutForward edit(
      Scope scope,
      Person me,
      @PathVariable String override,
      @RequestHeader(name = "If-Match", required = false) @Nullable String seen,
      @RequestBody OverrideEdit body)
      throws Exception {
    var found = seen(scope, override, seen);
    return new PutForward(
        requests.edit(
            me,
            scope,
            times.businessDate(scope),
            found.id(),
            ListPages.given(body.tier()),
            body.until(),
            ListPages.given(body.cause())));
  }

  @Door(Right.PROPOSE)
  @Says(
      value = "Takes back an override that waits; of one in force, puts forward that it ends.",
      or = {409, 412})
  @PostMapping("/api/v1/programmes/{programme}/overrides/{override}/withdraw")
  PutForward withdraw(
      Scope scope,
      Person me,
      @PathVariable String override,
      @RequestHeader(name = "If-Match", required = false) @Nullable String seen,
      @RequestBody DeliveryApi.Because body)
      throws Exception {
    var found = seen(scope, override, seen);
    return new PutForward(
        requests
            .withdraw(
                me, scope, times.businessDate(scope), found.id(), DeliveryApi.cause(body.cause()))
            .orElse(null));
  }

  private UnitOverride seen(Scope scope, String id, @Nullable String seen) {
    var found = find(scope, id);
    tags.match(seen, found, "%s is %s.".formatted(found.id(), found.state().id()));
    return found;
  }

  private UnitOverride find(Scope scope, String id) {
    if (!OverrideId.is(id)) {
      throw new NotFound();
    }
    var wanted = OverrideId.parse(id);
    return overrides.all(scope).stream()
        .filter(o -> o.id().equals(wanted))
        .findFirst()
        .orElseThrow(NotFound::new);
  }

  @Door(Right.READ)
  @Says("Lists the objections there have been, oldest first.")
  @GetMapping("/api/v1/programmes/{programme}/objections")
  Items<Objection> objections(Scope scope) {
    return new Items<>(objections.all(scope), null);
  }

  @Door(Right.PROPOSE)
  @Says(
      value = "Puts down what a unit says against its last published change.",
      with = 201,
      or = 409)
  @PostMapping("/api/v1/programmes/{programme}/objections")
  ResponseEntity<Objection> object(Scope scope, Person me, @RequestBody ObjectionBody body)
      throws Exception {
    var unit = unit(scope, body.unit());
    var said = ListPages.given(body.said());
    if (said == null) {
      throw new Refusal(HttpStatus.BAD_REQUEST, "An objection takes said: what the unit says.");
    }
    var received = body.receivedOn();
    return ResponseEntity.status(HttpStatus.CREATED)
        .body(
            objections.file(
                me,
                scope,
                unit.id(),
                received == null ? times.businessDate(scope) : received,
                said));
  }

  @Door(Right.DECIDE)
  @Says(
      value = "Answers an objection; an approver who did not file it does.",
      or = {409, 412})
  @PostMapping("/api/v1/programmes/{programme}/objections/{objection}/answer")
  Objection answer(
      Scope scope,
      Person me,
      @PathVariable String objection,
      @RequestHeader(name = "If-Match", required = false) @Nullable String seen,
      @RequestBody AnswerBody body)
      throws Exception {
    var upheld = body.upheld();
    if (upheld == null) {
      throw new Refusal(HttpStatus.BAD_REQUEST, "upheld is true or false.");
    }
    var cause = DeliveryApi.cause(body.cause());
    long number = Objection.number(objection);
    var found =
        objections.all(scope).stream()
            .filter(o -> o.number() == number)
            .findFirst()
            .orElseThrow(NotFound::new);
    tags.match(seen, found, "%s is %s.".formatted(found.id(), found.state().id()));
    return objections.answer(me, scope, number, upheld, times.businessDate(scope), cause);
  }

  /** The one unit that is named by id, identifier or name. */
  private Units.Unit unit(Scope scope, @Nullable String text) {
    List<Units.Unit> found =
        text == null || text.isBlank() ? List.of() : units.find(scope, text.strip());
    if (found.size() != 1) {
      throw new Refusal(
          HttpStatus.BAD_REQUEST,
          String.format(
              Locale.ROOT,
              "unit names one unit by id, identifier or name; %s units are called \"%s\".",
              found.isEmpty() ? "no" : "several",
              text));
    }
    return found.get(0);
  }
}
