package org.keyroll.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.keyroll.adjustment.ListSearch;
import org.keyroll.adjustment.Revisions;
import org.keyroll.definition.Departments.Department;
import org.keyroll.definition.Scope;
import org.keyroll.definition.Source;
import org.keyroll.intake.Deliveries;
import org.keyroll.intake.Delivery;
import org.keyroll.intake.Freshness;
import org.keyroll.people.NotAllowed;
import org.keyroll.people.Person;
import org.keyroll.people.Right;
import org.keyroll.publication.Manifest;
import org.keyroll.publication.Receipts;
import org.keyroll.run.Ledger;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * What is for a department: its share of each revision, the reports it owes, and its own files with
 * what is wrong in them. The {@link Doorkeeper} sees to it that nobody of a department is here but
 * in their own.
 */
@Page
class DepartmentPages {
  private static final int REVISIONS = 20;
  private static final int DELIVERIES = 20;

  private final Revisions revisions;
  private final ListSearch lists;
  private final Deliveries deliveries;
  private final DeliveryPages deliveryPages;
  private final RevisionPages revisionPages;
  private final UploadPages uploadPages;
  private final Downloads downloads;
  private final Freshness freshness;
  private final Ledger ledger;
  private final Receipts receipts;
  private final Clock clock;

  DepartmentPages(
      Revisions revisions,
      ListSearch lists,
      Deliveries deliveries,
      DeliveryPages deliveryPages,
      RevisionPages revisionPages,
      UploadPages uploadPages,
      Downloads downloads,
      Freshness freshness,
      Ledger ledger,
      Receipts receipts,
      Clock clock) {
    this.revisions = revisions;
    this.lists = lists;
    this.deliveries = deliveries;
    this.deliveryPages = deliveryPages;
    this.revisionPages = revisionPages;
    this.uploadPages = uploadPages;
    this.downloads = downloads;
    this.freshness = freshness;
    this.ledger = ledger;
    this.receipts = receipts;
    this.clock = clock;
  }

  @Door(Right.READ)
  @GetMapping("/programmes/{programme}/departments")
  String all(Scope scope, Model model) {
    long current = revisions.current(scope);
    model.addAttribute("current", current);
    model.addAttribute("departments", scope.definitions().departments().departments());
    model.addAttribute("receipts", receipts.of(scope, current));
    model.addAttribute(
        "counts", current == 0 ? java.util.Map.of() : lists.departments(scope, current));
    return "departments";
  }

  @Door({Right.READ, Right.TAKE})
  @GetMapping("/programmes/{programme}/departments/{department}")
  String one(Scope scope, @PathVariable String department, Model model) throws IOException {
    var titled = department(scope, department);
    var mine = sources(scope, department);
    var asOf = ledger.lastAsOf(scope);
    model.addAttribute("department", titled);
    model.addAttribute("asOf", asOf);
    model.addAttribute(
        "sources",
        freshness.of(scope, asOf).stream().filter(s -> mine.contains(s.source().id())).toList());
    var all = new ArrayList<>(revisions.all(scope));
    java.util.Collections.reverse(all);
    var latest = all.size() > REVISIONS ? all.subList(0, REVISIONS) : all;
    var files = new LinkedHashMap<Revisions.Revision, List<Manifest.FileLine>>();
    for (var revision : latest) {
      files.put(revision, files(scope, revision.number(), department));
    }
    model.addAttribute("files", files);
    model.addAttribute(
        "receipt",
        latest.isEmpty() ? null : receipts.of(scope, latest.get(0).number()).get(department));
    model.addAttribute("within", within(department));
    var received = new ArrayList<Delivery>();
    for (var source : mine) {
      received.addAll(deliveries.latest(scope, Long.MAX_VALUE, source, null, DELIVERIES));
    }
    received.sort(java.util.Comparator.comparingLong(Delivery::number).reversed());
    model.addAttribute("received", received);
    uploadPages.show(scope, mine, model);
    return "department";
  }

  /** Says that the department has taken what a revision has for it. */
  @Door(Right.TAKE)
  @PostMapping("/programmes/{programme}/departments/{department}/revisions/{revision}/receipt")
  String confirm(
      Scope scope,
      Person me,
      @PathVariable String department,
      @PathVariable long revision,
      RedirectAttributes then)
      throws NotAllowed {
    if (revisions.find(scope, revision).isEmpty()) {
      throw new NotFound();
    }
    receipts.confirm(me, scope, revision, clock.instant());
    then.addFlashAttribute("done", "receipt");
    return "redirect:/programmes/%s/departments/%s".formatted(scope.programme().id(), department);
  }

  @Door({Right.READ, Right.TAKE})
  @GetMapping("/programmes/{programme}/departments/{department}/list")
  String list(
      Scope scope,
      @PathVariable String department,
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "") String tier,
      @RequestParam(defaultValue = "") String status,
      @RequestParam(defaultValue = "unit") String order,
      @RequestParam(defaultValue = "") String after,
      Model model) {
    var titled = department(scope, department);
    long current = revisions.current(scope);
    var query =
        new ListSearch.Query(
            q, ListPages.given(tier), department, ListPages.status(status), ListPages.order(order));
    model.addAttribute("department", titled);
    model.addAttribute("revision", revisions.find(scope, current).orElse(null));
    model.addAttribute("query", query);
    model.addAttribute("after", after);
    model.addAttribute(
        "page", current == 0 ? null : lists.find(scope, current, query, after, ListPages.LINES));
    return "department-list";
  }

  @Door({Right.READ, Right.TAKE})
  @GetMapping("/programmes/{programme}/departments/{department}/revisions/{revision}/files/**")
  void file(
      Scope scope,
      Person me,
      @PathVariable String department,
      @PathVariable long revision,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    department(scope, department);
    var begin =
        "/programmes/%s/departments/%s/revisions/%d/files/"
            .formatted(scope.programme().id(), department, revision);
    downloads.published(
        scope,
        me,
        revision,
        revisionPages.named(scope, revision, begin, request, within(department)),
        response);
  }

  @Door({Right.READ, Right.TAKE})
  @GetMapping("/programmes/{programme}/departments/{department}/deliveries/{delivery}")
  String delivery(
      Scope scope, @PathVariable String department, @PathVariable long delivery, Model model) {
    model.addAttribute("department", department(scope, department));
    var shown = own(scope, department, delivery);
    deliveryPages.show(scope, shown, model);
    uploadPages.show(scope, List.of(shown.source()), model);
    return "department-delivery";
  }

  @Door({Right.READ, Right.TAKE})
  @GetMapping("/programmes/{programme}/departments/{department}/deliveries/{delivery}/answer")
  void answer(
      Scope scope,
      Person me,
      @PathVariable String department,
      @PathVariable long delivery,
      HttpServletResponse response)
      throws IOException {
    department(scope, department);
    downloads.answer(scope, me, own(scope, department, delivery), response);
  }

  private Delivery own(Scope scope, String department, long number) {
    return deliveries
        .find(scope, number)
        .filter(d -> sources(scope, department).contains(d.source()))
        .orElseThrow(NotFound::new);
  }

  private List<Manifest.FileLine> files(Scope scope, long revision, String department)
      throws IOException {
    return revisionPages.files(scope, revision).stream()
        .filter(file -> file.path().startsWith(within(department)))
        .toList();
  }

  private static String within(String department) {
    return "departments/" + department + "/";
  }

  private static List<String> sources(Scope scope, String department) {
    return scope.definitions().sentBy(department).stream().map(Source::id).toList();
  }

  private static Department department(Scope scope, String id) {
    return scope.definitions().departments().departments().stream()
        .filter(d -> d.id().equals(id))
        .findFirst()
        .orElseThrow(NotFound::new);
  }
}
