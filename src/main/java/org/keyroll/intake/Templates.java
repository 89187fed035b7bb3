package org.keyroll.intake;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Definitions;
import org.keyroll.definition.Phrases;
import org.keyroll.definition.Source;
import org.keyroll.definition.Source.Column;
import org.keyroll.intake.TemplateLayout.Headed;
import org.keyroll.intake.TemplateLayout.Once;
import org.keyroll.table.FormSheet;
import org.keyroll.table.FormWorkbook;
import org.keyroll.table.SheetColumn;
import org.keyroll.table.SheetColumn.Format;
import org.keyroll.table.SheetContent;
import org.keyroll.table.TableReader;
import org.keyroll.table.TextWidth;
import org.keyroll.table.UnreadableFile;
import org.keyroll.table.WorkbookInfo;

/** Makes the workbook that a department fills in, from the definition that reads it. */
public final class Templates {
  /** Rows of examples. */
  static final int EXAMPLES = 2;

  private final Definitions definitions;
  private final Source source;
  private final Phrases words;
  private final TemplateLayout layout;
  private final List<Headed> columns;
  private final ExampleValues values;

  private Templates(Definitions definitions, Source source) {
    this.definitions = definitions;
    this.source = source;
    this.words = Marked.phrases(definitions.programme());
    this.layout = new TemplateLayout(source);
    this.columns = layout.columns();
    this.values = new ExampleValues(definitions, source);
  }

  /** Writes the template of a source and leaves {@code out} open; always the same bytes. */
  public static void write(Definitions definitions, Source source, OutputStream out)
      throws IOException {
    var template = new Templates(definitions, source);
    template.write(out, template.examples(), false);
  }

  /**
   * Writes the template with its examples filled in.
   *
   * @return a name under which the source takes it
   */
  static String writeFilled(Definitions definitions, Source source, OutputStream out)
      throws IOException {
    var template = new Templates(definitions, source);
    template.write(out, template.examples(), true);
    return template.values.fileName();
  }

  /** Rows that the source takes, filled as far as can be; none where none can be made up. */
  private List<List<@Nullable Object>> examples() throws IOException {
    var empty = new HashSet<String>();
    while (true) {
      List<List<@Nullable Object>> rows = new ArrayList<>();
      for (int n = 0; n < EXAMPLES; n++) {
        List<@Nullable Object> row = new ArrayList<>();
        for (var c : columns) {
          row.add(empty.contains(c.field()) ? null : values.of(c.field(), c.column(), n));
        }
        rows.add(row);
      }
      var faults = faults(rows);
      if (faults.isEmpty()) {
        return rows;
      }
      // What does not fit is left out, and if that is not it, all that may be.
      boolean fewer = empty.addAll(optional(c -> faults.get().contains(c.field())));
      if (!fewer && !empty.addAll(optional(c -> true))) {
        return List.of();
      }
    }
  }

  private List<String> optional(Predicate<Headed> which) {
    return columns.stream()
        .filter(c -> !isNeeded(c) && which.test(c))
        .map(Headed::field)
        .distinct()
        .toList();
  }

  private boolean isNeeded(Headed c) {
    return c.column().required()
        || source.key().contains(c.field())
        || source.requiredAny().contains(c.field())
        || layout.repeats(c.column())
        || values.isCountry(c.field());
  }

  /** Fields at fault when the rows are sent; empty where the source takes them. */
  private Optional<Set<String>> faults(List<List<@Nullable Object>> rows) throws IOException {
    var file = Files.createTempFile("keyroll", ".xlsx");
    try {
      try (var out = Files.newOutputStream(file)) {
        write(out, rows, true);
      }
      var sent = new ArrayList<ParsedRow>();
      var mapping =
          new SheetMapping(
              definitions,
              source,
              values.fileName(),
              Marked.of(file, definitions.programme()),
              LocalDate.MAX,
              sent::add);
      TableReader.read(file, mapping.options(), mapping);
      mapping.finish();
      boolean taken =
          sent.size() == rows.size() * layout.recordsOfRow()
              && sent.stream().allMatch(row -> row.faults().isEmpty())
              && sent.stream().map(ParsedRow::key).distinct().count() == sent.size();
      return taken
          ? Optional.empty()
          : Optional.of(
              sent.stream()
                  .flatMap(row -> row.faults().stream())
                  .map(ParsedRow.CellFault::field)
                  .filter(Objects::nonNull)
                  .collect(Collectors.toSet()));
    } catch (Unusable | UnreadableFile e) {
      // A value given once that cannot be made up, which leaving fields out does not mend.
      return Optional.of(Set.of());
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private void write(OutputStream out, List<List<@Nullable Object>> examples, boolean filled)
      throws IOException {
    var title = words.say("template.title", source.title());
    var info = new WorkbookInfo(title, definitions.programme().authority().title(), Instant.EPOCH);
    var mark = TemplateMark.of(definitions, source).text();
    var sheets = new ArrayList<FormSheet>();
    var once = layout.once();
    var covers = new LinkedHashSet<String>();
    once.stream().map(Once::sheet).filter(Objects::nonNull).forEach(covers::add);
    for (var cover : covers) {
      sheets.add(
          new FormSheet(cover, List.of(), entries(once, cover, filled), 0, List.of(), List.of()));
    }
    var form = columns.stream().map(this::column).toList();
    int depth = source.header().rows();
    sheets.add(
        new FormSheet(
            sheet(),
            List.of(),
            entries(once, null, filled),
            depth,
            form,
            filled ? examples : List.of()));
    sheets.add(
        new FormSheet(
            words.say("example"),
            List.of(words.say("template.example"), mark),
            entries(once, null, true),
            depth,
            form,
            examples));
    FormWorkbook.write(out, info, sheets, guide(title, mark), words.say("words"));
  }

  private List<FormSheet.Entry> entries(List<Once> once, @Nullable String sheet, boolean filled) {
    return once.stream()
        .filter(o -> Objects.equals(o.sheet(), sheet))
        .map(o -> new FormSheet.Entry(o.reference(), o.label(), filled ? example(o) : null))
        .toList();
  }

  private @Nullable Object example(Once once) {
    var total = values.total(once.what(), EXAMPLES * layout.recordsOfRow());
    return total != null ? total : values.of(once.what(), once.column(), 0);
  }

  private String sheet() {
    return FormSheet.nameInWorkbook(wantedSheet());
  }

  private String wantedSheet() {
    var named = source.format().sheet();
    if (named != null) {
      return named;
    }
    var like = values.sheetName();
    return source.sheets().read().stream()
        .filter(name -> like == null)
        .map(name -> name.replace("*", ""))
        .filter(name -> !name.isBlank())
        .findFirst()
        .orElse(like != null ? like : source.title());
  }

  private FormSheet.Column column(Headed headed) {
    var column = headed.column();
    var kind = kind(column);
    boolean choice = column.type() == Source.Type.CHOICE || column.type() == Source.Type.BOOLEAN;
    // A number in another unit would be held against a bound of ours.
    boolean bounded = column.units().isEmpty();
    var last = headed.path().get(headed.path().size() - 1);
    return new FormSheet.Column(
        headed.path(),
        holds(headed.field(), column),
        kind,
        column.required(),
        choice ? firstWords(column) : List.of(),
        kind == FormSheet.Kind.DATE
            ? text(column.earliest())
            : bounded ? text(column.min() != null ? column.min() : column.above()) : null,
        kind == FormSheet.Kind.DATE
            ? column.latest() == null && !column.future() ? "today" : text(column.latest())
            : bounded ? text(column.max() != null ? column.max() : column.below()) : null,
        width(column, last));
  }

  /** In half-width characters, of the values and of the heading. */
  private static int width(Column column, String heading) {
    int values =
        switch (column.type()) {
          case TEXT, LIST -> 24;
          case IDENTIFIER -> 22;
          default -> 12;
        };
    return Math.max(values, Math.min(34, TextWidth.of(heading) + 2));
  }

  private static FormSheet.Kind kind(Column column) {
    if (!column.units().isEmpty() && column.unit() == null) {
      return FormSheet.Kind.TEXT;
    }
    return switch (column.type()) {
      case INTEGER -> FormSheet.Kind.INTEGER;
      case DECIMAL -> FormSheet.Kind.DECIMAL;
      case PERCENTAGE -> FormSheet.Kind.PERCENT;
      case DATE -> FormSheet.Kind.DATE;
      default -> FormSheet.Kind.TEXT;
    };
  }

  private static @Nullable String text(@Nullable Object bound) {
    return bound == null
        ? null
        : bound instanceof BigDecimal number ? number.toPlainString() : bound.toString();
  }

  /** The senders' words that a column takes, the first of each value. */
  static List<String> firstWords(Column column) {
    var all = column.choices().isEmpty() ? column.words() : column.choices();
    return all.keySet().stream().map(value -> firstWord(column, value)).distinct().toList();
  }

  static String firstWord(Column column, String value) {
    var all = column.choices().isEmpty() ? column.words() : column.choices();
    var words = all.getOrDefault(value, List.of());
    return words.isEmpty() ? value : words.get(0);
  }

  /** What each column and each value given once holds, by its heading. */
  static Map<String, String> guide(Definitions definitions, Source source) {
    var template = new Templates(definitions, source);
    var lines = new LinkedHashMap<String, String>();
    for (var once : template.layout.once()) {
      var where = once.sheet() == null ? template.sheet() : once.sheet();
      lines.put(
          once.label(),
          template.words.say(
              "template.once",
              where,
              once.reference(),
              template.holds(once.what(), once.column()),
              String.valueOf(template.example(once))));
    }
    for (var column : template.columns) {
      lines.put(column.heading(), template.holds(column.field(), column.column()));
    }
    return lines;
  }

  /** What a column holds, for its comment and the guide. */
  private String holds(String field, Column column) {
    var says = new ArrayList<String>();
    says.add(words.say(column.required() ? "holds.needed" : "holds.optional"));
    says.add(type(column));
    range(says, shown(column, column.min()), shown(column, column.max()), "holds.range");
    range(says, shown(column, column.above()), shown(column, column.below()), "holds.between");
    range(says, text(column.earliest()), text(column.latest()), "holds.range");
    if (column.maxLength() != null) {
      says.add(words.say("holds.length", column.maxLength()));
    }
    if (column.pattern() != null) {
      says.add(words.say("holds.pattern", column.pattern()));
    }
    if (!column.units().isEmpty()) {
      says.add(
          column.unit() == null
              ? words.say("holds.units", String.join(", ", column.units().keySet()))
              : words.say("holds.unit", column.unit()));
    }
    if (layout.repeats(column)) {
      says.add(words.say("holds.repeats", column.label().get(0)));
    }
    if (source.key().contains(field)) {
      says.add(words.say("holds.key"));
    }
    return String.join(words.say("holds.and"), says);
  }

  private void range(
      List<String> says, @Nullable String least, @Nullable String most, String phrase) {
    if (least != null || most != null) {
      says.add(words.say(phrase, least == null ? "…" : least, most == null ? "…" : most));
    }
  }

  private static @Nullable String shown(Column column, @Nullable BigDecimal bound) {
    return bound != null && column.type() == Source.Type.PERCENTAGE
        ? bound.movePointRight(2).stripTrailingZeros().toPlainString() + "%"
        : text(bound);
  }

  private String type(Column column) {
    var key = "type." + column.type().name().toLowerCase(Locale.ROOT);
    return switch (column.type()) {
      case IDENTIFIER -> words.say(key, String.valueOf(column.scheme()));
      case PERIOD -> words.say(key, column.formats().get(0));
      case BOOLEAN, CHOICE -> words.say(key, shown(firstWords(column)));
      case LIST ->
          words.say(key, String.join(" ", column.separators()).replace("\n", "↵"))
              + (column.items() == null ? "" : ": " + type(column.items()));
      default -> words.say(key);
    };
  }

  private static String shown(List<String> all) {
    return all.size() <= 20
        ? String.join(", ", all)
        : String.join(", ", all.subList(0, 20)) + ", …";
  }

  private SheetContent guide(String title, String mark) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    guide(definitions, source).forEach((heading, holds) -> rows.add(List.of(heading, holds)));
    return new SheetContent(
        words.say("guide"),
        title,
        List.of(
            words.say("template.file", String.join(", ", source.files()), values.fileName()),
            words.say("template.fill", sheet()),
            words.say("template.mark"),
            mark),
        List.of(
            new SheetColumn(words.say("template.heading"), 34, Format.WRAPPED),
            new SheetColumn(words.say("template.holds"), 80, Format.WRAPPED)),
        rows);
  }
}
