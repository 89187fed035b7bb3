package org.keyroll.publication;

import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Definitions;
import org.keyroll.definition.Phrases;
import org.keyroll.definition.Source;
import org.keyroll.intake.Deliveries;
import org.keyroll.intake.Delivery;
import org.keyroll.intake.Marked;
import org.keyroll.intake.Reading;
import org.keyroll.intake.RejectedRows;
import org.keyroll.intake.RejectedRows.RejectedCell;
import org.keyroll.intake.ReturnMark;
import org.keyroll.intake.RuleWords;
import org.keyroll.table.AnnotatedWorkbook;
import org.keyroll.table.Annotation;
import org.keyroll.table.Annotation.CellNote;
import org.keyroll.table.CellLink;
import org.keyroll.table.SheetColumn;
import org.keyroll.table.SheetColumn.Format;
import org.keyroll.table.SheetContent;
import org.keyroll.table.TableReader;
import org.keyroll.table.WorkbookInfo;
import org.springframework.stereotype.Service;

/** Gives a sender the own file back, with what is wrong in it and what to do. */
@Service
public class Answers {
  /** Characters of a text as sent; the cell itself has the rest. */
  private static final int SHOWN = 100;

  /** Faults that are shown of a large file, so that it need not be read again to its end. */
  private static final int MOST_OF_LARGE = 1_000;

  private final Deliveries deliveries;
  private final RejectedRows rejectedRows;

  Answers(Deliveries deliveries, RejectedRows rejectedRows) {
    this.deliveries = deliveries;
    this.rejectedRows = rejectedRows;
  }

  /** Whether there is anything to tell the sender. */
  public static boolean isDue(Delivery delivery) {
    return delivery.counts().rejected() > 0
        || delivery.state() == Delivery.State.REFUSED
        || delivery.state() == Delivery.State.HELD;
  }

  /**
   * What an answer is called, without the extension: as the file that it answers, so that the
   * patterns of the source know it.
   */
  public static String name(Delivery delivery) {
    var name = delivery.fileName();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /**
   * Writes the answer to a delivery and leaves {@code out} open. The same delivery gives the same
   * bytes.
   */
  public AnnotatedWorkbook.Form write(Definitions definitions, Delivery delivery, OutputStream out)
      throws IOException {
    var source = definitions.source(delivery.source());
    return AnnotatedWorkbook.write(
        deliveries.original(delivery),
        Reading.whole(source),
        annotation(definitions, source, delivery),
        out);
  }

  /** What the answer to a delivery is called, in the programme's language. */
  String title(Definitions definitions, Delivery delivery) {
    return new Phrases("org.keyroll.publication.answers", definitions.programme())
        .say("title", definitions.source(delivery.source()).title());
  }

  private Annotation annotation(Definitions definitions, Source source, Delivery delivery) {
    var programme = definitions.programme();
    var words = new Phrases("org.keyroll.publication.answers", programme);
    var rules = new RuleWords(programme);
    boolean large = delivery.size() > AnnotatedWorkbook.MAX_WHOLE;
    var rows = rejectedRows.of(delivery, large ? MOST_OF_LARGE : Annotation.MAX_CELLS);
    var faults = wholeFile(delivery, rules);
    faults.addAll(rows);
    var cells =
        faults.stream()
            .filter(f -> !f.sheet().isEmpty())
            .map(
                f ->
                    new CellNote(
                        f.sheet(),
                        f.row(),
                        f.column() == null ? -1 : f.column(),
                        words.say(
                            "comment",
                            rules.title(f.rule()),
                            f.rule(),
                            f.message(),
                            rules.cure(f.rule()))))
            .toList();
    var notes = new ArrayList<String>();
    if (!definitions.publication().classification().isEmpty()) {
      notes.add(definitions.publication().classification());
    }
    notes.add(words.say("file", delivery.fileName(), delivery.asOf()));
    notes.addAll(state(delivery, words, rows.size()));
    notes.add(new ReturnMark(programme.id(), source.id(), delivery.sha256()).text());
    var info =
        new WorkbookInfo(
            words.say("title", source.title()),
            programme.authority().title(),
            delivery.asOf().atStartOfDay().toInstant(ZoneOffset.UTC));
    return new Annotation(
        info,
        cells,
        summary(Marked.answerSheet(programme), info.title(), notes, words, rules, faults));
  }

  /** Why the file as a whole was refused, or what holds it. */
  private List<RejectedCell> wholeFile(Delivery delivery, RuleWords rules) {
    var faults = new ArrayList<RejectedCell>();
    deliveries
        .refusal(delivery)
        .ifPresent(
            r ->
                faults.add(
                    new RejectedCell(
                        delivery.source(),
                        delivery.fileName(),
                        r.sheet() == null || r.row() == null ? "" : r.sheet(),
                        r.row() == null ? 0 : r.row(),
                        r.column(),
                        null,
                        null,
                        r.rule(),
                        null,
                        rules.say(r))));
    if (delivery.state() == Delivery.State.HELD) {
      for (var gate : deliveries.breached(delivery)) {
        faults.add(
            new RejectedCell(
                delivery.source(),
                delivery.fileName(),
                "",
                0,
                null,
                null,
                null,
                gate,
                null,
                rules.title(gate)));
      }
    }
    return faults;
  }

  private List<String> state(Delivery delivery, Phrases words, int shown) {
    var notes = new ArrayList<String>();
    long rows = rejectedRows.rows(delivery);
    switch (delivery.state()) {
      case REFUSED ->
          notes.add(
              delivery.cause() == null
                  ? words.say("refused")
                  : words.say("refusedBy", delivery.cause()));
      case HELD -> {
        notes.add(words.say("held"));
        if (rows > 0) {
          notes.add(words.say("heldRows", rows));
        }
      }
      default -> {
        var counts = delivery.counts();
        notes.add(
            words.say(
                "rows", counts.read(), counts.accepted(), counts.rejected(), counts.duplicate()));
        notes.add(words.say(rows == 0 ? "nothing" : "todo"));
      }
    }
    long all = rejectedRows.count(delivery);
    if (all > shown) {
      notes.add(words.say("first", shown, all));
    }
    return notes;
  }

  private static SheetContent summary(
      String sheet,
      String title,
      List<String> notes,
      Phrases words,
      RuleWords rules,
      List<RejectedCell> faults) {
    var columns =
        List.of(
            new SheetColumn(words.say("number"), 5, Format.INTEGER),
            new SheetColumn(words.say("where"), 9, Format.TEXT),
            new SheetColumn(words.say("inSheet"), 14, Format.TEXT),
            new SheetColumn(words.say("row"), 7, Format.INTEGER),
            new SheetColumn(words.say("column"), 20, Format.TEXT),
            new SheetColumn(words.say("text"), 26, Format.TEXT),
            new SheetColumn(words.say("rule"), 22, Format.TEXT),
            new SheetColumn(words.say("message"), 46, Format.WRAPPED),
            new SheetColumn(words.say("cure"), 36, Format.WRAPPED));
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (var fault : faults) {
      List<@Nullable Object> row = new ArrayList<>();
      row.add(rows.size() + 1);
      int column = fault.column() == null ? 0 : fault.column();
      boolean placed = !fault.sheet().isEmpty();
      row.add(
          placed
              ? new CellLink(
                  TableReader.columnName(column) + fault.row(), fault.sheet(), fault.row(), column)
              : null);
      row.add(placed ? fault.sheet() : null);
      row.add(placed ? fault.row() : null);
      row.add(
          !placed
              ? words.say("wholeFile")
              : fault.column() == null ? words.say("wholeRow") : fault.heading());
      row.add(shortened(fault.text()));
      row.add(rules.title(fault.rule()));
      row.add(fault.message());
      row.add(rules.cure(fault.rule()));
      rows.add(row);
    }
    return new SheetContent(sheet, title, notes, columns, rows);
  }

  private static @Nullable String shortened(@Nullable String text) {
    return text == null || text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
