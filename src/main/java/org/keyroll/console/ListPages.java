package org.keyroll.console;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.ListSearch;
import org.keyroll.adjustment.Revisions;
import org.keyroll.definition.Scope;
import org.keyroll.people.Right;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The list in force, or that of an earlier revision. */
@Page
class ListPages {
  static final int LINES = 50;

  private final ListSearch lists;
  private final Revisions revisions;

  ListPages(ListSearch lists, Revisions revisions) {
    this.lists = lists;
    this.revisions = revisions;
  }

  @Door(Right.READ)
  @GetMapping("/programmes/{programme}/list")
  String list(
      Scope scope,
      @RequestParam(defaultValue = "") String q,
      @RequestParam(required = false) @Nullable String tier,
      @RequestParam(required = false) @Nullable String department,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(defaultValue = "unit") String order,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(required = false) @Nullable Long revision,
      Model model) {
    long current = revisions.current(scope);
    long shown = revision == null ? current : revision;
    var found = revisions.find(scope, shown);
    if (found.isEmpty() && revision != null) {
      throw new NotFound();
    }
    var query =
        new ListSearch.Query(q, given(tier), given(department), status(status), order(order));
    model.addAttribute("revision", found.orElse(null));
    model.addAttribute("current", current);
    model.addAttribute("query", query);
    model.addAttribute("after", after);
    model.addAttribute(
        "page", found.isEmpty() ? null : lists.find(scope, shown, query, after, LINES));
    model.addAttribute("departments", scope.definitions().departments().departments());
    return "list";
  }

  static ListSearch.Order order(String text) {
    try {
      return ListSearch.Order.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return ListSearch.Order.UNIT;
    }
  }

  /** As it is written; null for any. */
  static ListSearch.@Nullable Status status(@Nullable String text) {
    try {
      return given(text) == null
          ? null
          : ListSearch.Status.valueOf(String.valueOf(text).toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  static @Nullable String given(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }
}
