package org.keyroll.publication;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Entry;
import org.keyroll.adjustment.Proposal;
import org.keyroll.definition.Definitions;
import org.keyroll.definition.Labels;
import org.keyroll.definition.Phrases;
import org.keyroll.definition.Publication;
import org.keyroll.intake.Delivery;
import org.keyroll.intake.Freshness.OfSource;
import org.keyroll.intake.RejectedRows.RejectedCell;
import org.keyroll.table.SheetColumn;
import org.keyroll.table.SheetColumn.Format;
import org.keyroll.table.SheetContent;
import org.keyroll.table.TableReader;
import org.keyroll.unit.UnitId;

/** Lays out lists, changes and rejected rows as {@code publication.yml} says. */
final class Tables {
  private final Definitions definitions;
  private final Labels labels;
  private final Phrases words;
  private final long revision;
  private final LocalDate asOf;

  /** A change with what it replaces, and the revision that it went out with. */
  record Change(long revision, Proposal proposal, @Nullable Entry before) {
    /** The entry as it is now, or as it was last. */
    Entry shown() {
      var now = proposal.entry();
      return now != null ? now : java.util.Objects.requireNonNull(before);
    }
  }

  Tables(Definitions definitions, long revision, LocalDate asOf) {
    this.definitions = definitions;
    this.labels = new Labels(definitions);
    this.revision = revision;
    this.asOf = asOf;
    this.words = new Phrases("org.keyroll.publication.published", definitions.programme());
  }

  SheetContent list(String audience, List<Entry> entries) {
    return table(
        definitions.publication().list(),
        definitions.publication().notes(),
        audience,
        entries,
        this::entryValue);
  }

  SheetContent changes(String audience, List<Change> changes) {
    return table(
        definitions.publication().changes(),
        definitions.publication().notes(),
        audience,
        changes,
        this::changeValue);
  }

  /** Changes of the last days, today among them, in order of revision, unit and act. */
  SheetContent changes(String audience, int days, List<Change> changes) {
    var table = changes(audience, changes);
    var notes = new ArrayList<>(table.notes());
    notes.add(words.say("from", asOf.minusDays(days - 1), asOf));
    return new SheetContent(
        table.name(),
        words.say("window", table.title(), days),
        notes,
        table.columns(),
        table.rows());
  }

  SheetContent rejections(String audience, List<RejectedCell> cells) {
    return table(
        definitions.publication().rejections(), List.of(), audience, cells, this::rejectionValue);
  }

  SheetContent freshness(Publication.Table table, String audience, List<OfSource> sources) {
    return table(
        table, List.of(), audience, sources, (row, column) -> freshnessValue(table, row, column));
  }

  private interface ValueOf<T> {
    @Nullable Object value(T row, Publication.Column column);
  }

  private <T> SheetContent table(
      Publication.Table table,
      List<String> remarks,
      String audience,
      List<T> rows,
      ValueOf<T> valueOf) {
    var notes = new ArrayList<String>();
    if (!definitions.publication().classification().isEmpty()) {
      notes.add(definitions.publication().classification());
    }
    notes.add(words.say("revision", revision, asOf, rows.size()));
    notes.add(words.say("forDepartment", audience));
    notes.addAll(remarks);
    var columns =
        table.columns().stream()
            .map(c -> new SheetColumn(c.heading(), c.width(), format(c)))
            .toList();
    List<List<@Nullable Object>> lines = new ArrayList<>(rows.size());
    for (var row : rows) {
      List<@Nullable Object> values = new ArrayList<>(table.columns().size());
      for (var column : table.columns()) {
        values.add(valueOf.value(row, column));
      }
      lines.add(values);
    }
    return new SheetContent(table.sheet(), table.title(), notes, columns, lines);
  }

  private static Format format(Publication.Column column) {
    var value = column.value();
    if (value == null) {
      return Format.TEXT;
    }
    return switch (value) {
      case "score" -> Format.FRACTION;
      case "entered_on", "effective_on", "received_on", "due_on" -> Format.DATE;
      case "row", "rows", "age_days", "revision" -> Format.INTEGER;
      case "name",
          "departments",
          "reason",
          "legal_basis",
          "message",
          "before",
          "after",
          "text",
          "column" ->
          Format.WRAPPED;
      default -> Format.TEXT;
    };
  }

  private @Nullable Object entryValue(Entry entry, Publication.Column column) {
    if (column.fact() != null) {
      return labels.ofFact(column.fact(), entry.facts().getOrDefault(column.fact(), ""));
    }
    return switch (String.valueOf(column.value())) {
      case "unit" -> entry.unit();
      case "name" -> entry.name();
      case "identifier" -> entry.identifier();
      case "tier" -> definitions.programme().tier(entry.tier()).title();
      case "score" -> entry.score();
      case "departments" ->
          String.join(words.say("separator"), labels.ofDepartments(entry.departments()));
      case "entered_on" -> entry.enteredOn();
      case "reason" -> entry.reason();
      case "legal_basis" -> entry.legalBasis();
      case "status" -> {
        var status = Entry.statusId(entry.status());
        yield definitions.publication().list().words().getOrDefault(status, status);
      }
      default -> throw new IllegalStateException("the definitions were checked: " + column);
    };
  }

  private @Nullable Object changeValue(Change change, Publication.Column column) {
    var proposal = change.proposal();
    return switch (String.valueOf(column.value())) {
      case "change" -> {
        var act = proposal.act().name().toLowerCase(Locale.ROOT);
        yield definitions.publication().changes().words().getOrDefault(act, act);
      }
      case "revision" -> change.revision();
      case "unit" -> new UnitId(proposal.unit()).toString();
      case "name" -> change.shown().name();
      case "identifier" -> change.shown().identifier();
      case "before" -> proposal.was();
      case "after" -> proposal.becomes();
      case "effective_on" -> proposal.effectiveOn();
      case "cause" -> proposal.cause() == null ? null : words.say("cause." + proposal.cause().id());
      case "reason" -> proposal.reason();
      case "legal_basis" -> proposal.legalBasis();
      default -> throw new IllegalStateException("the definitions were checked: " + column);
    };
  }

  private @Nullable Object rejectionValue(RejectedCell cell, Publication.Column column) {
    return switch (String.valueOf(column.value())) {
      case "source" -> definitions.source(cell.source()).title();
      case "file" -> cell.file();
      case "sheet" -> cell.sheet();
      case "row" -> cell.row();
      case "column" ->
          cell.column() == null
              ? null
              : TableReader.columnName(cell.column()) + " " + cell.heading();
      case "text" -> cell.text();
      case "rule" ->
          definitions.publication().rejections().words().getOrDefault(cell.rule(), cell.rule());
      case "message" -> cell.message();
      default -> throw new IllegalStateException("the definitions were checked: " + column);
    };
  }

  private @Nullable Object freshnessValue(
      Publication.Table table, OfSource source, Publication.Column column) {
    var last = source.last();
    var clock = source.clock().name().toLowerCase(Locale.ROOT);
    return switch (String.valueOf(column.value())) {
      case "source" -> source.source().title();
      case "sender" -> labels.ofDepartments(List.of(source.source().sender())).get(0);
      case "file" -> last == null ? null : last.fileName();
      case "received_on" -> last == null ? null : last.asOf();
      case "covers" -> last == null || last.covers() == null ? null : last.covers().toString();
      case "age_days" -> source.age();
      case "due_on" -> source.dueOn();
      case "state" -> table.words().getOrDefault(clock, clock);
      case "rows" -> last == null ? null : (Object) last.counts().accepted();
      case "held" ->
          source.held().isEmpty()
              ? null
              : source.held().stream().map(Delivery::fileName).collect(Collectors.joining("\n"));
      default -> throw new IllegalStateException("the definitions were checked: " + column);
    };
  }
}
