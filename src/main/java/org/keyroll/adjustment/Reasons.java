package org.keyroll.adjustment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Definitions;
import org.keyroll.definition.Labels;
import org.keyroll.definition.Phrases;
import org.keyroll.scoring.Assessment;
import org.keyroll.scoring.Assessment.Contribution;

/** Says in the programme's language why. */
final class Reasons {
  private final Definitions definitions;
  private final Labels labels;
  private final Phrases words;

  Reasons(Definitions definitions) {
    this.definitions = definitions;
    this.labels = new Labels(definitions);
    this.words = new Phrases("org.keyroll.adjustment.reasons", definitions.programme());
  }

  String say(String key, Object... values) {
    return words.say(key, values);
  }

  static String decimals(double number) {
    return String.format(Locale.ROOT, "%.4f", number);
  }

  static double rounded(double number) {
    return Double.parseDouble(decimals(number));
  }

  /** Triggers that fired and the score with its parts, the greatest first. */
  String standing(Assessment assessment) {
    var reason = new StringBuilder();
    for (var trigger : definitions.policy().triggers()) {
      if (assessment.triggers().contains(trigger.id())) {
        reason.append(say("sentence", say("trigger", trigger.title())));
      }
    }
    if (assessment.score() != null) {
      reason.append(say("sentence", say("score", decimals(assessment.score()), parts(assessment))));
    }
    return reason.toString().strip();
  }

  private String parts(Assessment assessment) {
    var groups = new LinkedHashMap<String, Double>();
    var single = new LinkedHashMap<String, Contribution>();
    for (var contribution : assessment.contributions()) {
      var top = contribution.path().replaceFirst("/.*", "");
      groups.merge(top, contribution.contribution(), Double::sum);
      if (top.equals(contribution.path())) {
        single.put(top, contribution);
      }
    }
    var parts = new ArrayList<String>();
    groups.entrySet().stream()
        .filter(g -> g.getValue() > 0)
        .sorted(Comparator.comparingDouble(g -> -g.getValue()))
        .forEach(
            group -> {
              var title =
                  definitions.policy().criteria().stream()
                      .filter(c -> c.id().equals(group.getKey()))
                      .findFirst()
                      .orElseThrow()
                      .title();
              var leaf = single.get(group.getKey());
              parts.add(
                  leaf == null
                      ? say("part", title, decimals(group.getValue()))
                      : say(
                          "partWithFact",
                          title,
                          decimals(group.getValue()),
                          labels.ofFact(leaf.fact(), leaf.raw())));
            });
    return parts.isEmpty() ? "0" : String.join(words.say("plus"), parts);
  }

  /** What persons say, or are asked, of where a unit stands; empty where it is for the rules. */
  String persons(Standing standing) {
    var by = standing.by();
    if (by != null) {
      var title =
          by.ground() == null
              ? say("judgement")
              : definitions.programme().ground(by.ground()).map(g -> g.title()).orElse(by.ground());
      return say("sentence", say("override", title, by.endsOn(), by.cause()));
    }
    var judged = standing.judged();
    return judged == null
        ? ""
        : say("sentence", say("judged", definitions.programme().tiers().get(judged).title()));
  }

  /** That its data are too old, and until when that keeps it where it is. */
  String suspended(Standing standing) {
    var sentences = new StringBuilder();
    standing
        .stale()
        .forEach(
            (fact, stale) -> {
              var title = labels.titleOfFact(fact);
              var until = stale.until();
              sentences.append(
                  say(
                      "sentence",
                      until == null
                          ? say("stale", title, stale.dated(), stale.staleOn())
                          : say("staleUntil", title, stale.dated(), stale.staleOn(), until)));
            });
    return sentences.toString();
  }

  /** What keeps a unit in its tier, in words. */
  String status(Entry.@Nullable Status status) {
    return say(Entry.statusId(status));
  }

  /** The law that a suspension rests on: that of the first of the facts that names one. */
  String suspensionBasis(Collection<String> facts) {
    return facts.stream()
        .map(f -> definitions.policy().facts().get(f))
        .map(f -> f == null || f.freshness() == null ? null : f.freshness().legalBasis())
        .filter(Objects::nonNull)
        .findFirst()
        .map(this::basis)
        .orElseGet(this::policyBasis);
  }

  /** The law that an override rests on. */
  String basis(UnitOverride override) {
    return basis(
        Optional.ofNullable(override.ground())
            .flatMap(definitions.programme()::ground)
            .map(g -> g.legalBasis())
            .orElse(definitions.policy().legalBasis()));
  }

  /** The law that listing rests on: the override's or the trigger's own where there is one. */
  String legalBasis(Assessment assessment, @Nullable UnitOverride by) {
    if (by != null) {
      return basis(by);
    }
    var basis =
        definitions.policy().triggers().stream()
            .filter(t -> assessment.triggers().contains(t.id()))
            .findFirst()
            .map(t -> t.legalBasis())
            .orElse(definitions.policy().legalBasis());
    return basis(basis);
  }

  private String basis(String id) {
    var basis = definitions.programme().basis(id);
    return say("basis", basis.title(), basis.citation());
  }

  @Nullable String fact(String name, @Nullable String text) {
    return text == null ? null : labels.ofFact(name, text);
  }

  String policyBasis() {
    return basis(definitions.policy().legalBasis());
  }

  String departments(List<String> ids) {
    return String.join(words.say("separator"), labels.ofDepartments(ids));
  }
}
