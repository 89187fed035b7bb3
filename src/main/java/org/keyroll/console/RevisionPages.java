package org.keyroll.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.keyroll.adjustment.Entries;
import org.keyroll.adjustment.Proposals;
import org.keyroll.adjustment.RevisionDiff;
import org.keyroll.adjustment.Revisions;
import org.keyroll.definition.Scope;
import org.keyroll.people.Person;
import org.keyroll.people.Right;
import org.keyroll.publication.Manifest;
import org.keyroll.publication.PublishedFolders;
import org.keyroll.publication.Receipts;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The revisions, what changed with each, and their files. */
@Page
class RevisionPages {
  private static final int CHANGES = 100;

  private final Revisions revisions;
  private final Proposals proposals;
  private final Entries entries;
  private final PublishedFolders folders;
  private final Downloads downloads;
  private final RevisionDiff diff;
  private final Receipts receipts;

  RevisionPages(
      Revisions revisions,
      Proposals proposals,
      Entries entries,
      PublishedFolders folders,
      Downloads downloads,
      RevisionDiff diff,
      Receipts receipts) {
    this.revisions = revisions;
    this.proposals = proposals;
    this.entries = entries;
    this.folders = folders;
    this.downloads = downloads;
    this.diff = diff;
    this.receipts = receipts;
  }

  @Door(Right.READ)
  @GetMapping("/programmes/{programme}/revisions")
  String list(Scope scope, Model model) {
    var all = new java.util.ArrayList<>(revisions.all(scope));
    java.util.Collections.reverse(all);
    model.addAttribute("revisions", all);
    model.addAttribute("current", revisions.current(scope));
    return "revisions";
  }

  @Door(Right.READ)
  @GetMapping("/programmes/{programme}/revisions/{revision}")
  String one(
      Scope scope,
      @PathVariable long revision,
      @RequestParam(defaultValue = "") String change,
      @RequestParam(defaultValue = "0") long after,
      Model model)
      throws IOException {
    model.addAttribute("revision", revisions.find(scope, revision).orElseThrow(NotFound::new));
    model.addAttribute("current", revisions.current(scope));
    model.addAttribute("counts", proposals.countsOf(scope, revision));
    model.addAttribute("change", change);
    var found = proposals.of(scope, revision, ListPages.given(change), after, CHANGES + 1);
    boolean more = found.size() > CHANGES;
    var shown = more ? found.subList(0, CHANGES) : found;
    model.addAttribute("changes", shown);
    model.addAttribute("next", more ? found.get(CHANGES - 1).unit() : null);
    model.addAttribute(
        "names", entries.names(scope, shown.stream().map(c -> c.unit()).distinct().toList()));
    model.addAttribute("departments", scope.definitions().departments().departments());
    model.addAttribute("receipts", receipts.of(scope, revision));
    var manifest = folders.manifest(scope.programme().id(), revision);
    model.addAttribute("manifest", manifest.orElse(null));
    return "revision";
  }

  /** Any two revisions held against each other; the current one and the one before by default. */
  @Door(Right.READ)
  @GetMapping("/programmes/{programme}/revisions/compare")
  String compare(
      Scope scope,
      @RequestParam(defaultValue = "0") long from,
      @RequestParam(defaultValue = "0") long to,
      @RequestParam(defaultValue = "") String kind,
      @RequestParam(defaultValue = "0") long after,
      Model model) {
    var all = revisions.all(scope);
    long current = revisions.current(scope);
    long later = to == 0 ? current : Math.max(from, to);
    long earlier = from == 0 ? Math.max(1, later - 1) : Math.min(from, to == 0 ? current : to);
    model.addAttribute("revisions", all);
    model.addAttribute("from", revisions.find(scope, earlier).orElseThrow(NotFound::new));
    model.addAttribute("to", revisions.find(scope, later).orElseThrow(NotFound::new));
    model.addAttribute("kind", kind);
    var only =
        Arrays.stream(RevisionDiff.Kind.values()).filter(k -> k.id().equals(kind)).findFirst();
    var found = diff.between(scope, earlier, later, only.orElse(null), after, CHANGES + 1);
    boolean more = found.lines().size() > CHANGES;
    model.addAttribute("counts", found.counts());
    model.addAttribute("lines", more ? found.lines().subList(0, CHANGES) : found.lines());
    model.addAttribute("next", more ? found.lines().get(CHANGES - 1).unit().number() : null);
    return "compare";
  }

  @Door(Right.READ)
  @GetMapping("/programmes/{programme}/revisions/{revision}/files/**")
  void file(
      Scope scope,
      Person me,
      @PathVariable long revision,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var begin = "/programmes/%s/revisions/%d/files/".formatted(scope.programme().id(), revision);
    downloads.published(scope, me, revision, named(scope, revision, begin, request, ""), response);
  }

  /** The file that a path names; only what the manifest lists can be had. */
  Manifest.FileLine named(
      Scope scope, long revision, String begin, HttpServletRequest request, String within)
      throws IOException {
    var path = request.getServletPath();
    var name = within + (path.startsWith(begin) ? path.substring(begin.length()) : "");
    return files(scope, revision).stream()
        .filter(file -> file.path().equals(name))
        .findFirst()
        .orElseThrow(NotFound::new);
  }

  List<Manifest.FileLine> files(Scope scope, long revision) throws IOException {
    if (revisions.find(scope, revision).isEmpty()) {
      throw new NotFound(); // a folder of a run that was cut off is no revision
    }
    return folders
        .manifest(scope.programme().id(), revision)
        .map(Manifest::files)
        .orElseThrow(NotFound::new);
  }
}
