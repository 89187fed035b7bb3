package org.keyroll.publication;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Definitions;
import org.keyroll.definition.Phrases;
import org.keyroll.intake.Delivery;
import org.keyroll.intake.Freshness.OfSource;
import org.keyroll.table.SheetChart;
import org.keyroll.table.SheetColumn;
import org.keyroll.table.SheetColumn.Format;
import org.keyroll.table.SheetContent;

/** The sheets of a report in the language of a programme, each under the same notes. */
final class ReportSheets {
  private final String title;
  private final Phrases words;
  private final List<String> notes;

  /**
   * @param title of the report
   * @param audience whom it is for
   */
  ReportSheets(
      Definitions definitions, String title, String audience, long revision, LocalDate asOf) {
    this.title = title;
    this.words = new Phrases("org.keyroll.publication.report", definitions.programme());
    var above = new ArrayList<String>();
    if (!definitions.publication().classification().isEmpty()) {
      above.add(definitions.publication().classification());
    }
    above.add(words.say("head", revision, asOf, audience));
    this.notes = List.copyOf(above);
  }

  Phrases words() {
    return words;
  }

  /** A row of values in the order of the columns. */
  static List<@Nullable Object> row(@Nullable Object... values) {
    return Arrays.<@Nullable Object>asList(values);
  }

  SheetColumn column(String key, int width, Format format) {
    return new SheetColumn(words.say(key), width, format);
  }

  /**
   * A sheet.
   *
   * @param key of its name
   * @param more notes of its own
   */
  SheetContent sheet(
      String key, List<SheetColumn> columns, List<List<@Nullable Object>> rows, String... more) {
    var name = words.say(key);
    var all = new ArrayList<>(notes);
    all.addAll(List.of(more));
    return new SheetContent(name, title + words.say("of") + name, all, columns, rows);
  }

  /** The first sheet: figures with what they count. */
  SheetContent summary(List<List<@Nullable Object>> figures, List<SheetChart> charts) {
    return new SheetContent(
        words.say("summary"),
        title,
        notes,
        List.of(column("item", 36, Format.WRAPPED), column("count", 12, Format.INTEGER)),
        figures,
        charts);
  }

  /** How each source stands with its clock. */
  SheetContent sources(List<OfSource> sources) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (var source : sources) {
      var last = source.last();
      rows.add(
          row(
              source.source().title(),
              last == null ? null : last.fileName(),
              last == null ? null : last.asOf(),
              source.age(),
              source.dueOn(),
              words.say("clock." + source.clock().name()),
              last == null ? null : (Long) last.counts().rejected(),
              source.held().isEmpty()
                  ? null
                  : source.held().stream()
                      .map(Delivery::fileName)
                      .collect(Collectors.joining("\n"))));
    }
    return sheet(
        "sources",
        List.of(
            column("source", 28, Format.WRAPPED),
            column("file", 34, Format.WRAPPED),
            column("receivedOn", 12, Format.DATE),
            column("age", 10, Format.INTEGER),
            column("expectedOn", 12, Format.DATE),
            column("state", 12, Format.TEXT),
            column("rejected", 12, Format.INTEGER),
            column("held", 30, Format.WRAPPED)),
        rows);
  }
}
