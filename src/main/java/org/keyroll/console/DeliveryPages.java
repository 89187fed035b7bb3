package org.keyroll.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Scope;
import org.keyroll.intake.Deliveries;
import org.keyroll.intake.Delivery;
import org.keyroll.intake.HeldDeliveries;
import org.keyroll.intake.RejectedRows;
import org.keyroll.intake.RuleWords;
import org.keyroll.people.Person;
import org.keyroll.people.Right;
import org.keyroll.publication.Answers;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What was received and what became of it, row by row. */
@Page
class DeliveryPages {
  private static final int LINES = 50;
  private static final int FAULTS = 500;

  private final Deliveries deliveries;
  private final HeldDeliveries held;
  private final RejectedRows rejectedRows;
  private final UploadPages uploadPages;
  private final Downloads downloads;
  private final Proof proof;

  DeliveryPages(
      Deliveries deliveries,
      HeldDeliveries held,
      RejectedRows rejectedRows,
      UploadPages uploadPages,
      Downloads downloads,
      Proof proof) {
    this.deliveries = deliveries;
    this.held = held;
    this.rejectedRows = rejectedRows;
    this.uploadPages = uploadPages;
    this.downloads = downloads;
    this.proof = proof;
  }

  @Door(Right.READ)
  @GetMapping("/programmes/{programme}/deliveries")
  String list(
      Scope scope,
      @RequestParam(defaultValue = "") String source,
      @RequestParam(defaultValue = "") String state,
      @RequestParam(defaultValue = "" + Long.MAX_VALUE) long before,
      Model model) {
    var found = deliveries.latest(scope, before, ListPages.given(source), state(state), LINES + 1);
    boolean more = found.size() > LINES;
    model.addAttribute("deliveries", more ? found.subList(0, LINES) : found);
    model.addAttribute("next", more ? found.get(LINES - 1).number() : null);
    model.addAttribute("source", source);
    model.addAttribute("state", state);
    model.addAttribute("states", Delivery.State.values());
    uploadPages.show(scope, List.copyOf(scope.definitions().sources().keySet()), model);
    return "deliveries";
  }

  private static Delivery.@Nullable State state(String text) {
    for (var state : Delivery.State.values()) {
      if (state.name().equals(text.toUpperCase(Locale.ROOT))) {
        return state;
      }
    }
    return null;
  }

  @Door(Right.READ)
  @GetMapping("/programmes/{programme}/deliveries/{delivery}")
  String one(Scope scope, @PathVariable long delivery, Model model) {
    show(scope, find(scope, delivery), model);
    return "delivery";
  }

  /** What a page of a delivery shows. */
  void show(Scope scope, Delivery delivery, Model model) {
    var rules = new RuleWords(scope.programme());
    model.addAttribute("delivery", delivery);
    model.addAttribute("defined", scope.definitions().sources().get(delivery.source()));
    model.addAttribute("rules", rules);
    model.addAttribute("faults", rejectedRows.of(delivery, FAULTS));
    model.addAttribute("faultCount", rejectedRows.count(delivery));
    model.addAttribute("breached", deliveries.breached(delivery));
    model.addAttribute("refusal", deliveries.refusal(delivery).orElse(null));
    model.addAttribute("answer", Answers.isDue(delivery));
  }

  @Door(Right.DECIDE)
  @PostMapping("/programmes/{programme}/deliveries/{delivery}")
  String decide(
      Scope scope,
      Person me,
      @PathVariable String programme,
      @PathVariable long delivery,
      @RequestParam String act,
      @RequestParam(defaultValue = "") String cause,
      @RequestParam(required = false) @Nullable String secret,
      HttpServletRequest request,
      RedirectAttributes then)
      throws Exception {
    var back = "redirect:/programmes/%s/deliveries/%d".formatted(programme, delivery);
    then.addFlashAttribute("cause", cause);
    if (cause.isBlank()) {
      then.addFlashAttribute("problem", "problem.cause");
      return back;
    }
    if (!proof.holds(request, me, secret)) {
      then.addFlashAttribute("problem", "problem.proof");
      return back;
    }
    try {
      var number = Long.toString(find(scope, delivery).number());
      switch (act) {
        case "release" -> held.release(scope, number, me, cause.strip());
        case "refuse" -> held.refuse(scope, number, me, cause.strip());
        default -> throw new NotFound();
      }
      then.addFlashAttribute("done", "delivery." + act);
      then.addFlashAttribute("cause", "");
    } catch (HeldDeliveries.Undecidable e) {
      then.addFlashAttribute("problem", "problem.undecidable");
      then.addFlashAttribute("details", List.of(String.valueOf(e.getMessage())));
    }
    return back;
  }

  /** The file of the sender, with what is wrong in which cell. */
  @Door(Right.READ)
  @GetMapping("/programmes/{programme}/deliveries/{delivery}/answer")
  void answer(Scope scope, Person me, @PathVariable long delivery, HttpServletResponse response)
      throws IOException {
    downloads.answer(scope, me, find(scope, delivery), response);
  }

  private Delivery find(Scope scope, long number) {
    return deliveries.find(scope, number).orElseThrow(NotFound::new);
  }
}
