package org.keyroll.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Revisions;
import org.keyroll.adjustment.Simulation;
import org.keyroll.definition.DefinitionErrors;
import org.keyroll.definition.Definitions;
import org.keyroll.definition.Scope;
import org.keyroll.people.Person;
import org.keyroll.people.Right;
import org.keyroll.scoring.GoldenCases;
import org.springframework.context.MessageSource;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.support.RequestContextUtils;

/** The policy in force in words, and what another one would do to the list. */
@Page
class PolicyPages {
  /** So many revisions are replayed unless another date is given. */
  private static final int REVISIONS = 5;

  /** Units that stand differently, so many of them on the page. */
  private static final int UNITS = 200;

  /** A definition is 1 MiB at most. */
  private static final long LARGEST = 1 << 20;

  private final Programmes programmes;
  private final Simulations simulations;
  private final Revisions revisions;
  private final MessageSource words;

  PolicyPages(
      Programmes programmes, Simulations simulations, Revisions revisions, MessageSource words) {
    this.programmes = programmes;
    this.simulations = simulations;
    this.revisions = revisions;
    this.words = words;
  }

  @Door(Right.READ)
  @GetMapping("/programmes/{programme}/policy")
  String policy(Scope scope, Model model, HttpServletRequest request) throws DefinitionErrors {
    var definitions = scope.definitions();
    var said = new PolicyWords(definitions, words, RequestContextUtils.getLocale(request));
    model.addAttribute("policy", definitions.policy());
    model.addAttribute("version", definitions.policyVersion());
    model.addAttribute("facts", said.facts());
    model.addAttribute("score", said.score());
    model.addAttribute("criteria", said.criteria());
    model.addAttribute("tiers", said.tiers());
    model.addAttribute("remarks", programmes.remarks(definitions.programme().id()));
    model.addAttribute("failing", GoldenCases.failing(definitions));
    model.addAttribute("cases", definitions.cases().cases().size());
    model.addAttribute("others", programmes.otherPolicies(definitions.programme().id()));
    var all = revisions.all(scope);
    model.addAttribute(
        "since", all.isEmpty() ? null : all.get(Math.max(0, all.size() - REVISIONS)).asOf());
    model.addAttribute("job", simulations.last(scope).orElse(null));
    return "policy";
  }

  /** Simulates a policy that lies beside the one in force. */
  @Door(Right.READ)
  @PostMapping("/programmes/{programme}/policy")
  String simulate(
      Scope scope,
      Person me,
      @RequestParam String policy,
      @RequestParam(required = false) @Nullable LocalDate since,
      RedirectAttributes then) {
    try {
      return start(
          scope, me, policy, programmes.withPolicy(scope.programme().id(), policy), since, then);
    } catch (DefinitionErrors e) {
      return faulty(scope, then, e.faults().stream().map(Object::toString).toList());
    }
  }

  /** Simulates a policy that is sent. */
  @Door(Right.READ)
  @PostMapping("/programmes/{programme}/policy/files")
  String simulate(
      Scope scope,
      Person me,
      @RequestParam(required = false) @Nullable MultipartFile file,
      @RequestParam(required = false) @Nullable LocalDate since,
      RedirectAttributes then)
      throws IOException {
    var name = file == null ? null : file.getOriginalFilename();
    if (file == null || name == null || name.isBlank() || file.getSize() > LARGEST) {
      then.addFlashAttribute("problem", "problem.policy");
      return back(scope);
    }
    var folder = Files.createTempDirectory("keyroll");
    var policy = folder.resolve("policy.yml");
    try {
      try (var in = file.getInputStream()) {
        Files.copy(in, policy);
      }
      return start(
          scope, me, name, programmes.withPolicy(scope.programme().id(), policy), since, then);
    } catch (DefinitionErrors e) {
      return faulty(scope, then, faults(e, policy, name));
    } finally {
      Files.deleteIfExists(policy);
      Files.delete(folder);
    }
  }

  /** Faults name the file as its sender calls it. */
  private static List<String> faults(DefinitionErrors e, Path policy, String name) {
    return e.faults().stream().map(f -> f.toString().replace(policy.toString(), name)).toList();
  }

  private String start(
      Scope scope,
      Person me,
      String name,
      Definitions trial,
      @Nullable LocalDate since,
      RedirectAttributes then) {
    if (Simulation.isInForce(scope.definitions(), trial)) {
      then.addFlashAttribute("problem", "problem.inforce");
      return back(scope);
    }
    if (!simulations.start(scope, trial, name, since, me.name())) {
      then.addFlashAttribute("problem", "problem.simulating");
      return back(scope);
    }
    return back(scope) + "/simulation";
  }

  private static String faulty(Scope scope, RedirectAttributes then, List<String> faults) {
    then.addFlashAttribute("problem", "problem.faulty");
    then.addFlashAttribute("details", faults);
    return back(scope);
  }

  private static String back(Scope scope) {
    return "redirect:/programmes/" + scope.programme().id() + "/policy";
  }

  /**
   * A figure under both.
   *
   * @param of a tier or department; empty for none
   */
  record Pair(String of, @Nullable Double inForce, @Nullable Double simulated) {

    static Pair of(String of, @Nullable Integer one, @Nullable Integer other) {
      return new Pair(
          of,
          one == null ? null : (Double) one.doubleValue(),
          other == null ? null : (Double) other.doubleValue());
    }

    /** How much more the simulation has; null where either has none. */
    public @Nullable Double difference() {
      return inForce == null || simulated == null ? null : (Double) (simulated - inForce);
    }
  }

  /**
   * What a department would have to do, under both.
   *
   * @param units it supervises
   */
  record Work(String department, Pair units, Pair entering, Pair leaving, Pair measures) {}

  @Door(Right.READ)
  @GetMapping("/programmes/{programme}/policy/simulation")
  String simulation(Scope scope, @RequestParam(defaultValue = "0") long revision, Model model) {
    var job = simulations.last(scope).orElseThrow(NotFound::new);
    model.addAttribute("job", job);
    var result = job.result();
    if (result != null && !result.points().isEmpty()) {
      var points = result.points();
      var point =
          points.stream()
              .filter(p -> p.revision() == revision)
              .findFirst()
              .orElse(points.get(points.size() - 1));
      model.addAttribute("points", points);
      show(point, model);
    }
    return "simulation";
  }

  private static void show(Simulation.Point point, Model model) {
    var one = point.inForce();
    var other = point.trial();
    model.addAttribute("point", point);
    var tiers = new ArrayList<Pair>();
    for (var tier : keys(one.tiers(), other.tiers())) {
      tiers.add(Pair.of(tier, one.tiers().get(tier), other.tiers().get(tier)));
    }
    model.addAttribute("tiers", tiers);
    var work = new ArrayList<Work>();
    for (var id : keys(one.departments(), other.departments())) {
      var was = one.departments().get(id);
      var is = other.departments().get(id);
      work.add(
          new Work(
              id,
              pair(was, is, Simulation.Work::units),
              pair(was, is, Simulation.Work::entering),
              pair(was, is, Simulation.Work::leaving),
              pair(was, is, Simulation.Work::measures)));
    }
    model.addAttribute("work", work);
    model.addAttribute("most", most(tiers));
    model.addAttribute("busiest", most(work.stream().map(Work::units).toList()));
    var differing = point.units().stream().filter(Simulation.Line::differs).toList();
    model.addAttribute("differing", differing.size());
    model.addAttribute("units", differing.size() > UNITS ? differing.subList(0, UNITS) : differing);
  }

  private static Pair pair(
      Simulation.@Nullable Work was,
      Simulation.@Nullable Work is,
      java.util.function.ToIntFunction<Simulation.Work> of) {
    return Pair.of(
        "",
        was == null ? null : (Integer) of.applyAsInt(was),
        is == null ? null : (Integer) of.applyAsInt(is));
  }

  private static double most(List<Pair> pairs) {
    return pairs.stream()
        .flatMap(p -> java.util.stream.Stream.of(p.inForce(), p.simulated()))
        .filter(Objects::nonNull)
        .mapToDouble(Double::doubleValue)
        .max()
        .orElse(0);
  }

  private static <V> Set<String> keys(Map<String, V> one, Map<String, V> other) {
    var keys = new LinkedHashSet<>(one.keySet());
    keys.addAll(other.keySet());
    return keys;
  }

  /** How far it is; the page asks again and again while anybody looks at it. */
  @Door(Right.READ)
  @GetMapping("/programmes/{programme}/policy/simulation/progress")
  String progress(Scope scope, Model model, HttpServletResponse response) {
    var job = simulations.last(scope).orElseThrow(NotFound::new);
    if (job.state() != Simulations.State.RUNNING) {
      response.setHeader("HX-Refresh", "true");
    }
    model.addAttribute("job", job);
    return "simulation :: progress";
  }
}
