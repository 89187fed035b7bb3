package org.keyroll.console;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Proposals;
import org.keyroll.adjustment.Revisions;
import org.keyroll.definition.Scope;
import org.keyroll.people.Right;
import org.keyroll.run.Ledger;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The nights of a month: which ran, failed or were held, and what they changed. */
@Page
class CalendarPages {
  private static final int WEEK = 7;

  private final Ledger ledger;
  private final Revisions revisions;
  private final Proposals proposals;
  private final Times times;

  CalendarPages(Ledger ledger, Revisions revisions, Proposals proposals, Times times) {
    this.ledger = ledger;
    this.revisions = revisions;
    this.proposals = proposals;
    this.times = times;
  }

  /**
   * A run in the calendar.
   *
   * @param revision that it published; null for none
   * @param changes of that revision, by kind
   */
  record Night(
      Ledger.Line line, Revisions.@Nullable Revision revision, Map<String, Long> changes) {}

  /**
   * A day.
   *
   * @param within whether it is of the month shown
   */
  record Day(LocalDate date, boolean within, List<Night> nights) {}

  @Door(Right.READ)
  @GetMapping("/programmes/{programme}/calendar")
  String month(Scope scope, @RequestParam(defaultValue = "") String month, Model model) {
    var today = times.businessDate(scope);
    var shown = month.isBlank() ? YearMonth.from(today) : parse(month);
    var first = shown.atDay(1);
    var begin = first.minusDays(first.getDayOfWeek().getValue() - 1L);
    var last = shown.atEndOfMonth();
    var end = last.plusDays(WEEK - (long) last.getDayOfWeek().getValue());
    var published = new TreeMap<Long, Revisions.Revision>();
    for (var revision : revisions.all(scope)) {
      if (!revision.asOf().isBefore(begin) && !revision.asOf().isAfter(end)) {
        published.put(revision.run(), revision);
      }
    }
    var nights = new TreeMap<LocalDate, List<Night>>();
    for (var line : ledger.between(scope, begin, end)) {
      var revision = published.get(line.run());
      nights
          .computeIfAbsent(line.asOf(), d -> new ArrayList<>())
          .add(
              new Night(
                  line,
                  revision,
                  revision == null ? Map.of() : proposals.countsOf(scope, revision.number())));
    }
    var weeks = new ArrayList<List<Day>>();
    for (var monday = begin; !monday.isAfter(last); monday = monday.plusDays(WEEK)) {
      var week = new ArrayList<Day>();
      for (int n = 0; n < WEEK; n++) {
        var date = monday.plusDays(n);
        week.add(
            new Day(
                date, YearMonth.from(date).equals(shown), nights.getOrDefault(date, List.of())));
      }
      weeks.add(week);
    }
    model.addAttribute("month", shown);
    model.addAttribute("before", shown.minusMonths(1));
    model.addAttribute("after", shown.plusMonths(1));
    model.addAttribute("today", today);
    model.addAttribute("weeks", weeks);
    model.addAttribute("atWork", ledger.atWork());
    return "calendar";
  }

  private static YearMonth parse(String month) {
    try {
      var parsed = YearMonth.parse(month);
      if (parsed.getYear() < 1900 || parsed.getYear() > 9998) {
        throw new NotFound();
      }
      return parsed;
    } catch (DateTimeException e) {
      throw new NotFound();
    }
  }
}
