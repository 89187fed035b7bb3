package org.keyroll.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Scope;
import org.keyroll.definition.Source;
import org.keyroll.intake.Deliveries;
import org.keyroll.intake.Reception;
import org.keyroll.intake.Upload;
import org.keyroll.people.NotAllowed;
import org.keyroll.people.Person;
import org.keyroll.people.Right;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Files on their way into the inbox, and the templates that they are filled into. */
@Page
class UploadPages {
  private final Reception reception;
  private final Deliveries deliveries;
  private final Downloads downloads;
  private final Times times;

  UploadPages(Reception reception, Deliveries deliveries, Downloads downloads, Times times) {
    this.reception = reception;
    this.deliveries = deliveries;
    this.downloads = downloads;
    this.times = times;
  }

  /**
   * What the next run would say of a file.
   *
   * @param source whose file it is meant to be
   * @param unconfirmed id of the file while its sender is asked; null otherwise
   */
  record Said(Upload upload, String source, @Nullable String unconfirmed) {}

  /** What a page shows beside a form that takes files: what lies in the inbox, and the limit. */
  void show(Scope scope, List<String> sources, Model model) {
    model.addAttribute(
        "lying",
        Files.isDirectory(reception.inbox())
            ? deliveries.lying(scope, reception.inbox()).stream()
                .filter(f -> f.source() != null && sources.contains(f.source().id()))
                .toList()
            : List.of());
    model.addAttribute("largest", reception.largest());
  }

  @Door({Right.READ, Right.TAKE})
  @GetMapping("/programmes/{programme}/departments/{department}/sources/{source}/template")
  void templateOfDepartment(
      Scope scope,
      Person me,
      @PathVariable String department,
      @PathVariable String source,
      HttpServletResponse response)
      throws IOException {
    downloads.template(scope, me, own(scope, department, source), response);
  }

  @Door(Right.READ)
  @GetMapping("/programmes/{programme}/sources/{source}/template")
  void template(Scope scope, Person me, @PathVariable String source, HttpServletResponse response)
      throws IOException {
    downloads.template(scope, me, any(scope, source), response);
  }

  @Door({Right.RUN, Right.TAKE})
  @PostMapping("/programmes/{programme}/departments/{department}/files")
  String sendOfDepartment(
      Scope scope,
      Person me,
      @PathVariable String department,
      @RequestParam String source,
      @RequestParam(required = false) @Nullable MultipartFile file,
      HttpServletRequest request,
      RedirectAttributes then)
      throws IOException, NotAllowed {
    return send(scope, me, own(scope, department, source), file, request, then)
        + "/departments/"
        + department;
  }

  @Door({Right.RUN, Right.TAKE})
  @PostMapping("/programmes/{programme}/departments/{department}/unconfirmed")
  String confirmOfDepartment(
      Scope scope,
      Person me,
      @PathVariable String department,
      @RequestParam String id,
      @RequestParam String act,
      HttpServletRequest request,
      RedirectAttributes then)
      throws IOException, NotAllowed {
    var kept = UnconfirmedFile.find(request, scope.programme().id(), id);
    if (kept.isPresent()) {
      own(scope, department, kept.get().source());
    }
    return confirm(scope, me, kept.orElse(null), act, request, then) + "/departments/" + department;
  }

  @Door(Right.RUN)
  @PostMapping("/programmes/{programme}/deliveries/files")
  String send(
      Scope scope,
      Person me,
      @RequestParam String source,
      @RequestParam(required = false) @Nullable MultipartFile file,
      HttpServletRequest request,
      RedirectAttributes then)
      throws IOException, NotAllowed {
    return send(scope, me, any(scope, source), file, request, then) + "/deliveries";
  }

  @Door(Right.RUN)
  @PostMapping("/programmes/{programme}/deliveries/unconfirmed")
  String confirm(
      Scope scope,
      Person me,
      @RequestParam String id,
      @RequestParam String act,
      HttpServletRequest request,
      RedirectAttributes then)
      throws IOException, NotAllowed {
    var kept = UnconfirmedFile.find(request, scope.programme().id(), id);
    return confirm(scope, me, kept.orElse(null), act, request, then) + "/deliveries";
  }

  private String send(
      Scope scope,
      Person me,
      Source source,
      @Nullable MultipartFile file,
      HttpServletRequest request,
      RedirectAttributes then)
      throws IOException, NotAllowed {
    var name = file == null ? null : file.getOriginalFilename();
    then.addFlashAttribute("sentTo", source.id());
    if (file == null || name == null || name.isBlank()) {
      then.addFlashAttribute("problem", "problem.file");
      return back(scope);
    }
    Upload upload;
    try (var in = file.getInputStream()) {
      upload = receive(scope, me, source.id(), name, in, false);
    }
    String unconfirmed = null;
    if (upload.outcome() == Upload.Outcome.TO_CONFIRM) {
      try (var in = file.getInputStream()) {
        unconfirmed =
            UnconfirmedFile.keep(request, scope.programme().id(), source.id(), name, in).id();
      }
    }
    then.addFlashAttribute("said", new Said(upload, source.id(), unconfirmed));
    return back(scope);
  }

  private String confirm(
      Scope scope,
      Person me,
      @Nullable UnconfirmedFile kept,
      String act,
      HttpServletRequest request,
      RedirectAttributes then)
      throws IOException, NotAllowed {
    if (kept == null) {
      then.addFlashAttribute("problem", "problem.unconfirmed");
      return back(scope);
    }
    then.addFlashAttribute("sentTo", kept.source());
    switch (act) {
      case "send" -> {
        try (var in = kept.open()) {
          var upload = receive(scope, me, kept.source(), kept.fileName(), in, true);
          then.addFlashAttribute("said", new Said(upload, kept.source(), null));
        }
      }
      case "leave" -> then.addFlashAttribute("done", "left");
      default -> throw new NotFound();
    }
    UnconfirmedFile.forget(request);
    return back(scope);
  }

  private Upload receive(
      Scope scope, Person me, String source, String name, InputStream in, boolean confirmed)
      throws IOException, NotAllowed {
    return reception.receive(me, scope, times.businessDate(scope), source, name, in, confirmed);
  }

  private static String back(Scope scope) {
    return "redirect:/programmes/" + scope.programme().id();
  }

  private static Source any(Scope scope, String source) {
    var found = scope.definitions().sources().get(source);
    if (found == null) {
      throw new NotFound();
    }
    return found;
  }

  private static Source own(Scope scope, String department, String source) {
    return scope.definitions().sentBy(department).stream()
        .filter(s -> s.id().equals(source))
        .findFirst()
        .orElseThrow(NotFound::new);
  }
}
