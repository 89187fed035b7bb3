package org.keyroll.console;

import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Objections;
import org.keyroll.adjustment.Overrides;
import org.keyroll.adjustment.Proposals;
import org.keyroll.definition.DefinitionErrors;
import org.keyroll.definition.Scope;
import org.keyroll.followup.Questions;
import org.keyroll.identity.Review;
import org.keyroll.intake.HeldDeliveries;
import org.keyroll.people.Person;
import org.keyroll.people.Right;
import org.springframework.context.MessageSource;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.support.RequestContextUtils;

/** What every page shows around its own: who is there, where one can go, what waits. */
@ControllerAdvice(annotations = Page.class)
class Frame {
  private static final List<String> WORDS =
      List.of(
          "list",
          "proposals",
          "deliveries",
          "candidates",
          "overrides",
          "objections",
          "questions",
          "runs",
          "revisions",
          "policy",
          "departments",
          "people",
          "tokens",
          "audit");

  private final Programmes programmes;
  private final Proposals proposals;
  private final HeldDeliveries held;
  private final Review review;
  private final Overrides overrides;
  private final Objections objections;
  private final Questions questions;
  private final Proof proof;
  private final MessageSource words;

  Frame(
      Programmes programmes,
      Proposals proposals,
      HeldDeliveries held,
      Review review,
      Overrides overrides,
      Objections objections,
      Questions questions,
      Proof proof,
      MessageSource words) {
    this.programmes = programmes;
    this.proposals = proposals;
    this.held = held;
    this.review = review;
    this.overrides = overrides;
    this.objections = objections;
    this.questions = questions;
    this.proof = proof;
    this.words = words;
  }

  /** How many of each wait for a person. */
  record Waiting(
      long proposals,
      long deliveries,
      long candidates,
      long overrides,
      long objections,
      long questions) {}

  /**
   * A place that one can go to.
   *
   * @param word what it is called, a key behind {@code nav.}
   * @param waiting how many things there wait for a person
   * @param here whether the page is, or belongs to it
   * @param parted whether it begins another group
   */
  record Link(String to, String word, long waiting, boolean here, boolean parted) {}

  @ModelAttribute
  void fill(Model model, HttpServletRequest request) throws DefinitionErrors {
    var locale = RequestContextUtils.getLocale(request);
    var language = locale.getLanguage();
    model.addAttribute("lang", language.equals("zh") ? "zh-CN" : "en");
    model.addAttribute("otherLanguage", otherLanguage(request, language));
    model.addAttribute("path", request.getServletPath());
    model.addAttribute("say", new Said(words, locale));
    var person = request.getAttribute(Doorkeeper.PERSON);
    model.addAttribute("me", person);
    if (!(person instanceof Person me)) {
      return;
    }
    model.addAttribute("fresh", proof.isFresh(request));
    model.addAttribute("reads", me.may(Right.READ));
    model.addAttribute("gathers", me.may(Right.GATHER));
    model.addAttribute("decides", me.may(Right.DECIDE));
    model.addAttribute("registers", me.may(Right.REGISTER));
    model.addAttribute("runs", me.may(Right.RUN));
    model.addAttribute("identifies", me.may(Right.IDENTIFY));
    model.addAttribute("answers", me.may(Right.ANSWER));
    model.addAttribute("takes", me.may(Right.TAKE));
    model.addAttribute("sends", me.may(Right.RUN) || me.may(Right.TAKE));
    model.addAttribute("programmes", me.may(Right.READ) ? programmes.ids() : List.of());
    var scope = scope(request);
    if (scope != null) {
      model.addAttribute("scope", scope);
      model.addAttribute("base", "/programmes/" + scope.programme().id());
      model.addAttribute("links", links(scope, me, model, request.getServletPath()));
    }
  }

  private List<Link> links(Scope scope, Person me, Model model, String path) {
    var base = "/programmes/" + scope.programme().id();
    var department = me.department();
    if (department != null) {
      var own = base + "/departments/" + department.id();
      return List.of(
          new Link(
              own,
              "department",
              0,
              path.equals(own) || path.startsWith(own + "/deliveries"),
              false),
          new Link(
              own + "/list",
              "list",
              0,
              path.startsWith(own + "/list") || path.startsWith(own + "/units"),
              false),
          new Link(own + "/questions", "questions", 0, path.equals(own + "/questions"), false),
          new Link(base + "/tokens", "tokens", 0, path.startsWith(base + "/tokens"), true));
    }
    var waiting =
        new Waiting(
            proposals.waiting(scope),
            held.count(scope),
            review.count(scope),
            overrides.waiting(scope),
            objections.open(scope),
            questions.open(scope));
    model.addAttribute("waiting", waiting);
    var links = new ArrayList<Link>();
    links.add(new Link(base, "status", 0, path.equals(base), false));
    for (var word : WORDS) {
      var to = base + "/" + word;
      long count =
          switch (word) {
            case "proposals" -> waiting.proposals();
            case "deliveries" -> waiting.deliveries();
            case "candidates" -> waiting.candidates();
            case "overrides" -> waiting.overrides();
            case "objections" -> waiting.objections();
            case "questions" -> waiting.questions();
            default -> 0;
          };
      boolean here =
          path.equals(to)
              || path.startsWith(to + "/")
              || word.equals("runs") && path.equals(base + "/calendar");
      links.add(new Link(to, word, count, here, word.equals("runs")));
    }
    return links;
  }

  private @Nullable Scope scope(HttpServletRequest request) {
    if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
            instanceof Map<?, ?> path
        && path.get("programme") instanceof String id) {
      try {
        return programmes.of(id);
      } catch (DefinitionErrors | NotFound e) {
        return null; // the handler, which needs it, says so
      }
    }
    return null;
  }

  private static String otherLanguage(HttpServletRequest request, String language) {
    var query = request.getQueryString();
    var kept =
        query == null || !request.getMethod().equals("GET")
            ? ""
            : query.replaceAll("(^|&)lang=[^&]*", "").replaceAll("^&", "");
    return "?"
        + (kept.isEmpty() ? "" : kept + "&")
        + "lang="
        + (language.equals("zh") ? "en" : "zh");
  }

  /** Writes values as pages show them. */
  static final class Said {
    private static final DateTimeFormatter MINUTE =
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private final MessageSource words;
    private final Locale language;

    Said(MessageSource words, Locale language) {
      this.words = words;
      this.language = language;
    }

    /** 12,345. */
    public String count(@Nullable Number number) {
      return number == null ? "" : String.format(Locale.ROOT, "%,d", number.longValue());
    }

    /** 0.7317. */
    public String score(@Nullable Double score) {
      return score == null ? "–" : String.format(Locale.ROOT, "%.4f", score);
    }

    /** 0.98; never a certainty that is none. */
    public String probability(double probability) {
      return String.format(Locale.ROOT, "%.4f", Math.floor(probability * 10_000) / 10_000);
    }

    /** +3.25. */
    public String signed(@Nullable Double number) {
      return number == null ? "" : String.format(Locale.ROOT, "%+.2f", number);
    }

    public String day(@Nullable LocalDate day) {
      return day == null ? "–" : day.toString();
    }

    /** Days from one to another; negative where the other is earlier. */
    public long days(LocalDate from, LocalDate to) {
      return java.time.temporal.ChronoUnit.DAYS.between(from, to);
    }

    /** To the minute, in a programme's zone. */
    public String minute(@Nullable Instant instant, ZoneId zone) {
      return instant == null ? "–" : MINUTE.withZone(zone).format(instant);
    }

    /** 12.4 MB. */
    public String size(long bytes) {
      return bytes < 1000
          ? bytes + " B"
          : bytes < 1_000_000
              ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
              : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    /** 512 MB, of which each is 1,048,576 bytes. */
    public String limit(long bytes) {
      return bytes < 1 << 20 ? (bytes >> 10) + " kB" : (bytes >> 20) + " MB";
    }

    /** 12.5 %, of a share between 0 and 1. */
    public String percent(double share) {
      return BigDecimal.valueOf(share * 100)
              .setScale(1, RoundingMode.HALF_UP)
              .stripTrailingZeros()
              .toPlainString()
          + " %";
    }

    /** The same, where there was something to take a share of. */
    public String turnover(double share) {
      return Double.isNaN(share) ? "–" : percent(share);
    }

    /** +3, −2; empty for none. */
    public String more(@Nullable Double difference) {
      return difference == null || difference == 0
          ? ""
          : (difference > 0 ? "+" : "−") + count(Math.abs(difference));
    }

    /** 60 days, 1 year 6 months. */
    public String period(java.time.Period period) {
      var parts = new ArrayList<String>();
      for (var part :
          List.of(
              Map.entry("years", period.getYears()),
              Map.entry("months", period.getMonths()),
              Map.entry("days", period.getDays()))) {
        if (part.getValue() != 0) {
          parts.add(
              words.getMessage(
                  "period." + part.getKey(), new Object[] {part.getValue()}, language));
        }
      }
      return String.join(" ", parts);
    }

    /** Lower case, as our words are written in data. */
    public String id(Enum<?> word) {
      return word.name().toLowerCase(Locale.ROOT);
    }

    /** 2 min 5 s. */
    public String took(Instant from, @Nullable Instant to) {
      if (to == null) {
        return "–";
      }
      long seconds = java.time.Duration.between(from, to).toSeconds();
      return seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }
  }
}
