package org.keyroll.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Scope;
import org.keyroll.definition.Source;
import org.keyroll.intake.Deliveries;
import org.keyroll.intake.Delivery;
import org.keyroll.intake.HeldDeliveries;
import org.keyroll.intake.Reception;
import org.keyroll.intake.RejectedRows;
import org.keyroll.intake.RuleWords;
import org.keyroll.intake.Upload;
import org.keyroll.people.NotAllowed;
import org.keyroll.people.Person;
import org.keyroll.people.Right;
import org.keyroll.publication.Answers;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** What was received and what became of it; files that are sent. */
@Api(tag = "deliveries")
class DeliveryApi {
  private final Deliveries deliveries;
  private final HeldDeliveries held;
  private final RejectedRows rejectedRows;
  private final Reception reception;
  private final Own own;
  private final Downloads downloads;
  private final Times times;
  private final Tags tags;

  DeliveryApi(
      Deliveries deliveries,
      HeldDeliveries held,
      RejectedRows rejectedRows,
      Reception reception,
      Own own,
      Downloads downloads,
      Times times,
      Tags tags) {
    this.deliveries = deliveries;
    this.held = held;
    this.rejectedRows = rejectedRows;
    this.reception = reception;
    this.own = own;
    this.downloads = downloads;
    this.times = times;
    this.tags = tags;
  }

  /**
   * A received file.
   *
   * @param receivedOn business date of the run that received it
   * @param covers the days it is of, where it says so
   * @param message why it was refused or is held; otherwise a remark
   * @param corrects the delivery whose answer it is, mended
   */
  record DeliveryLine(
      long delivery,
      String source,
      String file,
      String sha256,
      long size,
      LocalDate receivedOn,
      @Nullable String covers,
      Delivery.State state,
      @Nullable String message,
      @Nullable String decidedBy,
      @Nullable String cause,
      @Nullable Long corrects,
      Delivery.Counts counts,
      String href) {}

  /**
   * A received file, and what is wrong with it.
   *
   * @param gates that hold it
   * @param refusal why it could not be read, and where
   * @param faults of its rows
   * @param answer address of its answer; null where there is nothing to tell the sender
   */
  record DeliveryOne(
      DeliveryLine delivery,
      List<String> gates,
      @Nullable String refusal,
      long faults,
      @Nullable String answer) {}

  /** Why something is decided so. */
  record Because(@Nullable String cause) {}

  @Door({Right.READ, Right.TAKE})
  @Says("Lists what was received, the latest first; to a department, its own.")
  @GetMapping("/api/v1/programmes/{programme}/deliveries")
  ResponseEntity<Items<DeliveryLine>> deliveries(
      Scope scope,
      Person me,
      @RequestParam(required = false) @Nullable String source,
      @RequestParam(required = false) Delivery.@Nullable State state,
      @RequestParam(defaultValue = "" + Long.MAX_VALUE) long before,
      @RequestParam(defaultValue = Items.LIMIT) int limit,
      HttpServletRequest request) {
    int most = Items.andOneMore(limit);
    var wanted = ListPages.given(source);
    if (wanted != null) {
      Own.source(scope, me, wanted);
    }
    var sources =
        wanted != null ? List.of(wanted) : Own.sources(scope, me).stream().map(Source::id).toList();
    var received =
        wanted == null && Own.department(me) == null
            ? deliveries.latest(scope, before, null, state, most).stream()
            : sources.stream()
                .flatMap(s -> deliveries.latest(scope, before, s, state, most).stream());
    var found =
        received
            .sorted(java.util.Comparator.comparingLong(Delivery::number).reversed())
            .limit(most)
            .map(d -> line(scope, d))
            .toList();
    return Items.of(request, found, limit, "before", DeliveryLine::delivery);
  }

  @Door({Right.READ, Right.TAKE})
  @Says("Gives one delivery, with its tag.")
  @GetMapping("/api/v1/programmes/{programme}/deliveries/{delivery}")
  ResponseEntity<DeliveryOne> delivery(Scope scope, Person me, @PathVariable long delivery) {
    return tags.tagged(one(scope, own.delivery(scope, me, delivery)));
  }

  private DeliveryLine line(Scope scope, Delivery delivery) {
    var covers = delivery.covers();
    var corrects = delivery.corrects();
    return new DeliveryLine(
        delivery.number(),
        delivery.source(),
        delivery.fileName(),
        delivery.sha256(),
        delivery.size(),
        delivery.asOf(),
        covers == null ? null : covers.toString(),
        delivery.state(),
        delivery.message(),
        delivery.decidedBy(),
        delivery.cause(),
        corrects == null ? null : (Long) deliveries.get(corrects).number(),
        delivery.counts(),
        "/api/v1/programmes/%s/deliveries/%d".formatted(scope.programme().id(), delivery.number()));
  }

  private DeliveryOne one(Scope scope, Delivery delivery) {
    var line = line(scope, delivery);
    var rules = new RuleWords(scope.programme());
    return new DeliveryOne(
        line,
        deliveries.breached(delivery),
        deliveries.refusal(delivery).map(rules::say).orElse(null),
        rejectedRows.count(delivery),
        Answers.isDue(delivery) ? line.href() + "/answer" : null);
  }

  @Door({Right.READ, Right.TAKE})
  @Says("Lists what is wrong with the rows of a delivery, cell by cell.")
  @GetMapping("/api/v1/programmes/{programme}/deliveries/{delivery}/rejections")
  ResponseEntity<Items<RejectedRows.RejectedCell>> rejections(
      Scope scope,
      Person me,
      @PathVariable long delivery,
      @RequestParam(defaultValue = "0") int from,
      @RequestParam(defaultValue = Items.LIMIT) int limit,
      HttpServletRequest request) {
    int most = Items.andOneMore(limit);
    int begin = Math.max(from, 0);
    var found = rejectedRows.of(own.delivery(scope, me, delivery), begin, most);
    return Items.of(request, found, limit, "from", last -> begin + limit);
  }

  @Door({Right.READ, Right.TAKE})
  @Says(
      value = "Gives the sender's own file back with what is wrong in which cell.",
      file = Downloads.XLSX)
  @GetMapping("/api/v1/programmes/{programme}/deliveries/{delivery}/answer")
  void answer(Scope scope, Person me, @PathVariable long delivery, HttpServletResponse response)
      throws IOException {
    downloads.answer(scope, me, own.delivery(scope, me, delivery), response);
  }

  @Door(Right.DECIDE)
  @Says(
      value = "Lets a delivery pass the gates that hold it; the next run takes it in.",
      or = {409, 412})
  @PostMapping("/api/v1/programmes/{programme}/deliveries/{delivery}/release")
  ResponseEntity<DeliveryOne> release(
      Scope scope,
      Person me,
      @PathVariable long delivery,
      @RequestHeader(name = "If-Match", required = false) @Nullable String seen,
      @RequestBody Because because)
      throws NotAllowed, HeldDeliveries.Undecidable {
    var found = open(scope, me, delivery, seen);
    var cause = cause(because.cause());
    held.release(scope, Long.toString(found.number()), me, cause);
    return tags.tagged(one(scope, deliveries.get(found.id())));
  }

  @Door(Right.DECIDE)
  @Says(
      value = "Refuses a delivery that is held; the same bytes have no effect any more.",
      or = {409, 412})
  @PostMapping("/api/v1/programmes/{programme}/deliveries/{delivery}/refuse")
  ResponseEntity<DeliveryOne> refuse(
      Scope scope,
      Person me,
      @PathVariable long delivery,
      @RequestHeader(name = "If-Match", required = false) @Nullable String seen,
      @RequestBody Because because)
      throws NotAllowed, HeldDeliveries.Undecidable {
    var found = open(scope, me, delivery, seen);
    var cause = cause(because.cause());
    held.refuse(scope, Long.toString(found.number()), me, cause);
    return tags.tagged(one(scope, deliveries.get(found.id())));
  }

  private Delivery open(Scope scope, Person me, long id, @Nullable String seen) {
    var found = own.delivery(scope, me, id);
    var by = found.decidedBy();
    tags.match(
        seen,
        one(scope, found),
        "delivery %d is %s%s."
            .formatted(
                found.number(),
                found.state().name().toLowerCase(java.util.Locale.ROOT),
                by == null ? "" : ", by %s: %s".formatted(by, found.cause())));
    return found;
  }

  /** A cause that is one. */
  static String cause(@Nullable String cause) {
    if (cause == null || cause.isBlank()) {
      throw new Refusal(HttpStatus.BAD_REQUEST, "Say why: cause is missing.");
    }
    return cause.strip();
  }

  @Door({Right.RUN, Right.TAKE})
  @Says(
      value =
          "Takes a file, its bytes as the body; it goes into the inbox whole or not at all. 201: it"
              + " is there; 200: the same bytes were sent before.",
      with = {200, 201},
      or = {409, 413, 422})
  @PostMapping(
      path = "/api/v1/programmes/{programme}/sources/{source}/files",
      consumes = "!" + MediaType.MULTIPART_FORM_DATA_VALUE)
  ResponseEntity<Upload> send(
      Scope scope,
      Person me,
      @PathVariable String source,
      @RequestParam String name,
      @RequestParam(defaultValue = "false") boolean confirm,
      @RequestParam(required = false) @Nullable LocalDate asOf,
      HttpServletRequest request)
      throws IOException, NotAllowed {
    var sent = new Sent(Own.source(scope, me, source), name, confirm, asOf);
    return receive(scope, me, sent, request.getInputStream());
  }

  @Door({Right.RUN, Right.TAKE})
  @Says(
      value = "The same, as a form with one file.",
      with = {200, 201},
      or = {409, 413, 422})
  @PostMapping(
      path = "/api/v1/programmes/{programme}/sources/{source}/files",
      consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  ResponseEntity<Upload> sendForm(
      Scope scope,
      Person me,
      @PathVariable String source,
      @RequestParam MultipartFile file,
      @RequestParam(defaultValue = "false") boolean confirm,
      @RequestParam(required = false) @Nullable LocalDate asOf)
      throws IOException, NotAllowed {
    var name = file.getOriginalFilename();
    var sent = new Sent(Own.source(scope, me, source), name == null ? "" : name, confirm, asOf);
    try (var in = file.getInputStream()) {
      return receive(scope, me, sent, in);
    }
  }

  /** A file that is sent; {@code asOf} is the date of the run that would take it in. */
  private record Sent(Source source, String name, boolean confirmed, @Nullable LocalDate asOf) {}

  private ResponseEntity<Upload> receive(Scope scope, Person me, Sent sent, InputStream in)
      throws IOException, NotAllowed {
    try {
      var upload =
          reception.receive(
              me,
              scope,
              sent.asOf() == null ? times.businessDate(scope) : sent.asOf(),
              sent.source().id(),
              sent.name(),
              in,
              sent.confirmed());
      var says = String.valueOf(upload.message());
      return switch (upload.outcome()) {
        case STORED -> ResponseEntity.status(HttpStatus.CREATED).body(upload);
        case KNOWN -> ResponseEntity.ok(upload);
        case TO_CONFIRM ->
            throw new Refusal(
                HttpStatus.CONFLICT,
                List.of(
                    "%s: %s. It is not in the inbox; where it is right, send it again with confirm=true."
                        .formatted(upload.fileName(), says)),
                upload);
        case REFUSED, UNKNOWN_SOURCE ->
            throw new Refusal(
                HttpStatus.UNPROCESSABLE_CONTENT,
                List.of("%s: %s. It is not in the inbox.".formatted(upload.fileName(), says)),
                upload);
      };
    } catch (Reception.TooLarge e) {
      throw new Refusal(HttpStatus.CONTENT_TOO_LARGE, String.valueOf(e.getMessage()));
    }
  }
}
