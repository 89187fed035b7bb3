package org.keyroll.definition;

import java.nio.charset.Charset;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns values that fit their schema and passed their checks into records; defaults stand here. */
final class Records {
  private static final List<String> DATE_FORMATS =
      List.of("yyyy-MM-dd", "yyyy/M/d", "yyyy.M.d", "yyyyMMdd", "yyyy年M月d日");
  private static final List<String> PERIOD_FORMATS =
      List.of("yyyy-MM", "yyyy-'Q'q", "yyyy-'H'h", "yyyy");

  private Records() {}

  static Programme programme(Value v) {
    var authority = v.get("authority");
    var approval = v.get("approval");
    var envelope = approval.get("envelope");
    return new Programme(
        v.text("id"),
        v.text("title"),
        v.text("language"),
        ZoneId.of(v.text("time_zone")),
        new Programme.Authority(authority.text("id"), authority.text("title")),
        v.list(
            "legal_basis",
            b -> new Programme.LegalBasis(b.text("id"), b.text("title"), b.text("citation"))),
        v.list("tiers", t -> new Programme.Tier(t.text("id"), t.text("title"))),
        new Programme.Approval(
            approval.word("founding", Programme.Founding.class),
            new Programme.Envelope(envelope.number("entering"), envelope.number("leaving"))));
  }

  static Source source(Value v, Map<String, Map<String, List<String>>> lookups) {
    var format = v.get("format");
    var delimiter = format.textOrNull("delimiter");
    var encoding = format.textOrNull("encoding");
    var sheets = v.get("sheets");
    var numbers = v.get("numbers");
    return new Source(
        v.text("id"),
        v.text("title"),
        v.word("kind", Source.Kind.class),
        v.text("sender"),
        v.word("supplies", Source.Supplies.class),
        v.texts("files"),
        new Source.Format(
            format.word("kind", Source.FileFormat.class),
            format.textOrNull("sheet"),
            encoding == null ? null : Charset.forName(encoding),
            delimiter == null ? null : delimiter.charAt(0)),
        new Source.Header(v.get("header").integer("rows", 1)),
        new Source.Sheets(sheets.texts("read"), sheets.texts("skip")),
        v.texts("skip_rows_starting"),
        v.word("unknown_columns", Source.UnknownColumns.REFUSE),
        v.texts("ignore"),
        v.texts("key"),
        v.texts("required_any"),
        v.integer("minimum_rows", 0),
        new Source.NumberStyle(
            numbers.has("decimal") ? numbers.text("decimal").charAt(0) : '.',
            numbers.has("grouping") ? numbers.texts("grouping") : List.of(",")),
        v.texts("empty_words"),
        v.map("unpivot", Value::text),
        v.list(
            "rules",
            r ->
                new Source.Rule(
                    r.text("id"), r.textOrNull("when"), r.text("must"), r.text("message"))),
        v.map("columns", c -> column(c, v.texts("empty_words"), lookups)));
  }

  private static Source.Column column(
      Value v, List<String> emptyWords, Map<String, Map<String, List<String>>> lookups) {
    var type = v.word("type", Source.Type.class);
    var formats = v.texts("formats");
    var personal = v.get("personal");
    return new Source.Column(
        v.texts("label"),
        v.has("from") ? origin(v.get("from")) : null,
        type,
        v.textOrNull("scheme"),
        v.textOrNull("country"),
        v.flag("required"),
        v.has("must_appear") ? v.flag("must_appear") : v.flag("required"),
        v.has("max_length") ? v.integer("max_length", 0) : null,
        v.textOrNull("pattern"),
        v.decimalOrNull("min"),
        v.decimalOrNull("max"),
        v.decimalOrNull("above"),
        v.decimalOrNull("below"),
        v.map("units", u -> u.json().decimalValue()),
        v.textOrNull("unit"),
        v.has("lookup") ? lookups.getOrDefault(v.text("lookup"), Map.of()) : v.textLists("choices"),
        !formats.isEmpty()
            ? formats
            : type == Source.Type.DATE
                ? DATE_FORMATS
                : type == Source.Type.PERIOD ? PERIOD_FORMATS : List.of(),
        v.flag("future"),
        v.dateOrNull("earliest"),
        v.dateOrNull("latest"),
        v.word("time_of_day", Source.TimeOfDay.REFUSE),
        v.has("stands_for") ? v.word("stands_for", Source.StandsFor.class) : null,
        v.has("language") ? v.text("language") : "en",
        v.textLists("words"),
        v.texts("separators"),
        v.has("items") ? column(v.get("items"), List.of(), lookups) : null,
        Stream.concat(emptyWords.stream(), v.texts("empty_words").stream()).toList(),
        v.textOrNull("default"),
        v.has("personal") ? personal.word("protect", Source.Protect.class) : null,
        v.flag("resembles_personal"));
  }

  private static Source.Origin origin(Value v) {
    return new Source.Origin(
        v.textOrNull("file_name"),
        v.textOrNull("sheet_name"),
        v.textOrNull("cell"),
        v.texts("beside"),
        v.textOrNull("sheet"));
  }

  static Matching matching(Value v) {
    return new Matching(
        v.texts("registries"),
        v.text("name"),
        v.textOrNull("former_name"),
        v.list("identifiers", i -> new Matching.IdentifierField(i.text("field"), i.text("scheme"))),
        v.texts("legal_forms"),
        v.list(
            "rules",
            r ->
                new Matching.Rule(
                    r.text("id"), r.word("by", Matching.By.class), r.textOrNull("field"))),
        v.has("similarity") ? SimilarityText.read(v.get("similarity")) : null,
        v.list(
            "events",
            e ->
                new Matching.Event(
                    e.word("kind", Matching.Event.Kind.class),
                    e.text("source"),
                    e.text("field"),
                    e.text("equals"),
                    e.textOrNull("successor"),
                    e.textOrNull("on"))));
  }

  static Policy policy(Value v) {
    return new Policy(
        v.text("id"),
        v.text("title"),
        v.text("legal_basis"),
        v.map("facts", Records::fact),
        v.list("criteria", Records::criterion),
        v.list(
            "triggers",
            t ->
                new Policy.Trigger(
                    t.text("id"),
                    t.text("title"),
                    t.text("when"),
                    t.text("tier"),
                    t.text("legal_basis"))),
        v.map("thresholds", t -> new Policy.Threshold(t.number("enter"), t.number("leave"))));
  }

  static Policy.Fact fact(Value v) {
    var c = v.get("count");
    return new Policy.Fact(
        v.word("type", Policy.FactType.class),
        v.text("title"),
        v.texts("from"),
        v.has("count")
            ? new Policy.Count(
                c.text("source"), c.text("on"), period(c, "within"), c.textLists("where"))
            : null);
  }

  private static Policy.Criterion criterion(Value v) {
    var range = v.get("range");
    return new Policy.Criterion(
        v.text("id"),
        v.text("title"),
        v.number("weight"),
        v.textOrNull("fact"),
        v.map("lookup", score -> score.json().doubleValue()),
        v.has("range") ? new Policy.Range(range.number("from"), range.number("to")) : null,
        v.list("bands", b -> new Policy.Band(b.number("from"), b.number("score"))),
        v.list("criteria", Records::criterion),
        v.has("missing") ? v.word("missing", Policy.Missing.class) : Policy.Missing.ZERO);
  }

  static Departments departments(Value v) {
    return new Departments(
        v.list("departments", d -> new Departments.Department(d.text("id"), d.text("title"))),
        v.list(
            "assignment",
            r ->
                new Departments.Rule(
                    r.text("id"),
                    r.textOrNull("by"),
                    r.textOrNull("when"),
                    r.texts("to"),
                    r.text("reason"))),
        v.texts("otherwise"));
  }

  static Publication publication(Value v) {
    return new Publication(
        v.text("classification"),
        v.texts("notes"),
        table(v.get("list")),
        table(v.get("changes")),
        table(v.get("rejections")));
  }

  private static Publication.Table table(Value v) {
    return new Publication.Table(
        v.text("title"),
        v.text("sheet"),
        v.list(
            "columns",
            c ->
                new Publication.Column(
                    c.textOrNull("value"),
                    c.textOrNull("fact"),
                    c.text("heading"),
                    c.integer("width", 0))),
        v.map("words", Value::text));
  }

  static Followup followup(Value v) {
    return new Followup(
        v.list(
            "measures",
            m ->
                new Followup.Measure(
                    m.text("id"),
                    m.text("title"),
                    m.texts("opened_by"),
                    period(m, "due"),
                    m.textOrNull("source"),
                    m.textLists("where"),
                    m.textOrNull("opened_on"),
                    m.textOrNull("due_on"),
                    m.textOrNull("closed_on"),
                    m.text("legal_basis"))));
  }

  private static @Nullable Period period(Value v, String key) {
    return v.has(key) ? Period.parse(v.text(key)) : null;
  }
}
