package org.keyroll.console;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Cause;
import org.keyroll.adjustment.Entries;
import org.keyroll.adjustment.ListSearch;
import org.keyroll.adjustment.Proposal;
import org.keyroll.adjustment.Proposals;
import org.keyroll.adjustment.Revisions;
import org.keyroll.definition.Scope;
import org.keyroll.people.Person;
import org.keyroll.people.Right;
import org.keyroll.publication.Manifest;
import org.keyroll.publication.PublishedFolders;
import org.keyroll.unit.UnitId;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.context.request.ServletWebRequest;

/** Revisions: what is on the list of each, what changed with it, and its files. */
@Api(tag = "revisions")
class RevisionApi {
  private final Revisions revisions;
  private final Proposals proposals;
  private final Entries entries;
  private final ListSearch lists;
  private final PublishedFolders folders;
  private final RevisionPages pages;
  private final Downloads downloads;

  RevisionApi(
      Revisions revisions,
      Proposals proposals,
      Entries entries,
      ListSearch lists,
      PublishedFolders folders,
      RevisionPages pages,
      Downloads downloads) {
    this.revisions = revisions;
    this.proposals = proposals;
    this.entries = entries;
    this.lists = lists;
    this.folders = folders;
    this.pages = pages;
    this.downloads = downloads;
  }

  /**
   * A revision.
   *
   * @param units on its list; to a department, its own
   * @param manifest SHA-256 of its {@code manifest.json}
   */
  record RevisionLine(
      long revision, LocalDate asOf, long run, long units, String manifest, String href) {}

  /**
   * A revision and what it was made from.
   *
   * @param changes units by kind of change; null to a department
   * @param made its manifest, without the files; null to a department
   */
  record RevisionOne(
      RevisionLine revision, @Nullable Map<String, Long> changes, @Nullable MadeFrom made) {}

  /** What a revision was made from, as in its manifest. */
  record MadeFrom(
      @Nullable String previous,
      String policy,
      Map<String, String> definitions,
      List<Manifest.DeliveryLine> deliveries,
      @Nullable String root) {}

  /** A file of a revision. */
  record RevisionFile(
      String path, long size, String sha256, String audience, long rows, String href) {}

  /** A change of the list that was published or is proposed. */
  record ChangeLine(
      String unit,
      @Nullable String name,
      Proposal.Act act,
      String was,
      String becomes,
      String reason,
      String legalBasis,
      @Nullable Cause cause,
      LocalDate effectiveOn,
      Proposal.State state,
      @Nullable LocalDate finalOn) {

    static ChangeLine of(Proposal change, @Nullable String name) {
      var entry = change.entry();
      return new ChangeLine(
          new UnitId(change.unit()).toString(),
          entry == null ? name : entry.name(),
          change.act(),
          change.was(),
          change.becomes(),
          change.reason(),
          change.legalBasis(),
          change.cause(),
          change.effectiveOn(),
          change.state(),
          change.finalOn());
    }
  }

  /**
   * A page of a list.
   *
   * @param found units in all
   * @param tiers how many of them are in each tier, whichever is asked for
   */
  record ListPage(
      long revision,
      LocalDate asOf,
      int found,
      Map<String, Integer> tiers,
      List<ListSearch.Line> items,
      @Nullable String next) {}

  RevisionLine line(Scope scope, Person me, Revisions.Revision revision) {
    var own = Own.department(me);
    return new RevisionLine(
        revision.number(),
        revision.asOf(),
        revision.run(),
        own == null
            ? revision.units()
            : lists.departments(scope, revision.number()).getOrDefault(own, 0),
        revision.manifest(),
        "/api/v1/programmes/%s/revisions/%d".formatted(scope.programme().id(), revision.number()));
  }

  @Door({Right.READ, Right.TAKE})
  @Says("Lists the revisions, the latest first.")
  @GetMapping("/api/v1/programmes/{programme}/revisions")
  ResponseEntity<Items<RevisionLine>> revisions(
      Scope scope,
      Person me,
      @RequestParam(defaultValue = "" + Long.MAX_VALUE) long before,
      @RequestParam(defaultValue = Items.LIMIT) int limit,
      HttpServletRequest request) {
    int most = Items.andOneMore(limit);
    var all = new java.util.ArrayList<>(revisions.all(scope));
    Collections.reverse(all);
    var found =
        all.stream()
            .filter(r -> r.number() < before)
            .limit(most)
            .map(r -> line(scope, me, r))
            .toList();
    return Items.of(request, found, limit, "before", RevisionLine::revision);
  }

  @Door({Right.READ, Right.TAKE})
  @Says("Gives one revision: how many changes made it, and what it was made from.")
  @GetMapping("/api/v1/programmes/{programme}/revisions/{revision}")
  RevisionOne revision(Scope scope, Person me, @PathVariable long revision) throws IOException {
    var found = revisions.find(scope, revision).orElseThrow(NotFound::new);
    if (!me.may(Right.READ)) {
      return new RevisionOne(line(scope, me, found), null, null);
    }
    return new RevisionOne(
        line(scope, me, found),
        proposals.countsOf(scope, revision),
        folders
            .manifest(scope.programme().id(), revision)
            .map(
                m ->
                    new MadeFrom(
                        m.previous(), m.policy(), m.definitions(), m.deliveries(), m.root()))
            .orElse(null));
  }

  @Door(Right.READ)
  @Says("Lists the changes that made a revision, in order of unit.")
  @GetMapping("/api/v1/programmes/{programme}/revisions/{revision}/changes")
  ResponseEntity<Items<ChangeLine>> changes(
      Scope scope,
      @PathVariable long revision,
      @RequestParam(required = false) @Nullable String act,
      @RequestParam(defaultValue = "0") long after,
      @RequestParam(defaultValue = Items.LIMIT) int limit,
      HttpServletRequest request) {
    int most = Items.andOneMore(limit);
    if (revisions.find(scope, revision).isEmpty()) {
      throw new NotFound();
    }
    // A unit can have several changes: a page ends with all of its last unit.
    var found = proposals.of(scope, revision, ListPages.given(act), after, most + 10);
    int end = Math.min(found.size(), limit);
    while (end < found.size() && end > 0 && found.get(end).unit() == found.get(end - 1).unit()) {
      end++;
    }
    var shown = found.subList(0, end);
    var names = entries.names(scope, shown.stream().map(Proposal::unit).distinct().toList());
    var next = end < found.size() ? Items.next(request, "after", found.get(end - 1).unit()) : null;
    return Items.linked(next)
        .body(
            new Items<>(
                shown.stream().map(c -> ChangeLine.of(c, names.get(c.unit()))).toList(), next));
  }

  @Door({Right.READ, Right.TAKE})
  @Says("Lists the files of a revision; to a department, its own.")
  @GetMapping("/api/v1/programmes/{programme}/revisions/{revision}/files")
  Items<RevisionFile> files(Scope scope, Person me, @PathVariable long revision)
      throws IOException {
    return new Items<>(
        pages.files(scope, revision).stream()
            .filter(file -> file.path().startsWith(Own.within(me)))
            .map(
                file ->
                    new RevisionFile(
                        file.path(),
                        file.size(),
                        file.sha256(),
                        file.audience(),
                        file.rows(),
                        "/api/v1/programmes/%s/revisions/%d/files/%s"
                            .formatted(scope.programme().id(), revision, file.path())))
            .toList(),
        null);
  }

  @Door({Right.READ, Right.TAKE})
  @Says(
      value =
          "Gives a file of a revision, which never changes: its SHA-256 is its tag. Knows"
              + " If-None-Match and Range.",
      with = {200, 206, 304},
      or = 416,
      file = "application/octet-stream")
  @GetMapping("/api/v1/programmes/{programme}/revisions/{revision}/files/**")
  ResponseEntity<Resource> file(
      Scope scope, Person me, @PathVariable long revision, ServletWebRequest request)
      throws IOException {
    var begin =
        "/api/v1/programmes/%s/revisions/%d/files/".formatted(scope.programme().id(), revision);
    var file = pages.named(scope, revision, begin, request.getRequest(), "");
    if (!file.path().startsWith(Own.within(me))) {
      throw new NotFound();
    }
    return downloads.published(scope, me, revision, file, request);
  }

  @Door({Right.READ, Right.TAKE})
  @Says("Searches the list in force, that of a revision, or the one that was in force on a day.")
  @GetMapping("/api/v1/programmes/{programme}/list")
  ResponseEntity<ListPage> list(
      Scope scope,
      Person me,
      @RequestParam(defaultValue = "") String q,
      @RequestParam(required = false) @Nullable String tier,
      @RequestParam(required = false) @Nullable String department,
      @RequestParam(required = false) ListSearch.@Nullable Status status,
      @RequestParam(defaultValue = "UNIT") ListSearch.Order order,
      @RequestParam(required = false) @Nullable Long revision,
      @RequestParam(required = false) @Nullable LocalDate asOf,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = Items.LIMIT) int limit,
      HttpServletRequest request) {
    Items.andOneMore(limit);
    var shown = shown(scope, revision, asOf);
    var own = Own.department(me);
    if (own != null && department != null && !own.equals(department)) {
      throw new NotFound();
    }
    var query =
        new ListSearch.Query(
            q,
            ListPages.given(tier),
            own == null ? ListPages.given(department) : own,
            status,
            order);
    var page = lists.find(scope, shown.number(), query, after, limit);
    var asked = query.tier();
    if (asked != null
        && !page.tiers().containsKey(asked)
        && scope.programme().tiers().stream().noneMatch(t -> t.id().equals(asked))) {
      throw new Refusal(HttpStatus.BAD_REQUEST, "tier cannot be \"%s\".".formatted(asked));
    }
    var next = page.next() == null ? null : Items.next(request, "after", page.next());
    return Items.linked(next)
        .body(
            new ListPage(
                shown.number(), shown.asOf(), page.found(), page.tiers(), page.lines(), next));
  }

  private Revisions.Revision shown(Scope scope, @Nullable Long revision, @Nullable LocalDate asOf) {
    if (revision != null && asOf != null) {
      throw new Refusal(
          HttpStatus.BAD_REQUEST, "revision and asOf say the same thing in two ways; give one.");
    }
    if (asOf != null) {
      return revisions.all(scope).stream()
          .filter(r -> !r.asOf().isAfter(asOf))
          .reduce((earlier, later) -> later)
          .orElseThrow(
              () ->
                  new Refusal(
                      HttpStatus.NOT_FOUND,
                      String.format(
                          Locale.ROOT, "No revision was in force on %s; see /revisions.", asOf)));
    }
    return revisions
        .find(scope, revision == null ? revisions.current(scope) : revision)
        .orElseThrow(
            () ->
                new Refusal(
                    HttpStatus.NOT_FOUND,
                    revision == null
                        ? "No revision has been published yet."
                        : "There is no revision %d; see /revisions.".formatted(revision)));
  }
}
