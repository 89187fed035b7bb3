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
    return new Programme(
        v.text("id"),
        v.text("title"),
        v.has("language") ? v.text("language") : "en",
        ZoneId.of(v.has("time_zone") ? v.text("time_zone") : "UTC"),
        new Programme.Authority(authority.text("id"), authority.text("title")),
        v.list(
            "legal_basis",
            b -> new Programme.LegalBasis(b.text("id"), b.text("title"), b.text("citation"))),
        v.list("tiers", t -> new Programme.Tier(t.text("id"), t.text("title"))),
        v.has("approval") ? approval(v.get("approval")) : EVERYTHING_IS_HELD,
        v.list(
            "overrides",
            o ->
                new Programme.Ground(
                    o.text("id"),
                    o.text("title"),
                    o.text("legal_basis"),
                    o.word("effect", Programme.Effect.class),
                    Period.parse(o.text("longest")))),
        v.has("judgement") ? Period.parse(v.get("judgement").text("good_for")) : Period.ofYears(1),
        v.has("inbox") ? v.get("inbox").textOrNull("marker") : null);
  }

  private static final Programme.Approval EVERYTHING_IS_HELD =
      new Programme.Approval(
          Programme.Founding.HELD,
          new Programme.Envelope(0, 0, null, null, null, null, 0),
          0,
          List.of(),
          null,
          null);

  private static Programme.ObjectionClock objections(Value v) {
    return new Programme.ObjectionClock(
        java.util.Objects.requireNonNull(period(v, "within")),
        java.util.Objects.requireNonNull(period(v, "answer")));
  }

  private static Programme.Approval approval(Value v) {
    var envelope = v.get("envelope");
    return new Programme.Approval(
        v.word("founding", Programme.Founding.class),
        new Programme.Envelope(
            envelope.number("entering"),
            envelope.number("leaving"),
            envelope.numberOrNull("turnover"),
            envelope.numberOrNull("tiers"),
            envelope.numberOrNull("departments"),
            envelope.numberOrNull("suspended"),
            envelope.integer("units", 0)),
        v.integer("persons", 0),
        v.texts("exempt"),
        period(v, "provisional"),
        v.has("objections") ? objections(v.get("objections")) : null);
  }

  static Source source(Value v, Map<String, Map<String, List<String>>> lookups) {
    var format = v.get("format");
    var delimiter = format.textOrNull("delimiter");
    var encoding = format.textOrNull("encoding");
    var quote = format.textOrNull("quote");
    var hidden = format.get("hidden");
    var sheets = v.get("sheets");
    var numbers = v.get("numbers");
    return new Source(
        v.text("id"),
        v.text("title"),
        v.word("kind", Source.Kind.class),
        v.text("sender"),
        v.word("supplies", Source.Supplies.class),
        v.textOrNull("corrects"),
        v.texts("files"),
        new Source.Format(
            format.word("kind", Source.FileFormat.class),
            format.textOrNull("sheet"),
            encoding == null ? null : Charset.forName(encoding),
            delimiter == null ? null : delimiter.charAt(0),
            quote == null ? null : quote.equals("none") ? '\0' : quote.charAt(0),
            hidden.word("rows", Source.Hidden.READ),
            hidden.word("columns", Source.Hidden.READ),
            hidden.word("sheets", Source.Hidden.REFUSE),
            format.word("merged", Source.Merged.REFUSE)),
        new Source.Header(v.get("header").integer("rows", 1)),
        new Source.Sheets(sheets.texts("read"), sheets.texts("skip")),
        v.texts("skip_rows_starting"),
        v.word("unknown_columns", Source.UnknownColumns.REFUSE),
        v.texts("ignore"),
        v.texts("key"),
        v.texts("required_any"),
        v.has("covers") ? covers(v.get("covers")) : null,
        v.has("expected") ? expected(v.get("expected")) : null,
        gates(v),
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
        formats(type, v.texts("formats")),
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

  private static Source.Column covers(Value v) {
    var type = v.word("type", Source.Type.class);
    return once(
        v.get("from"),
        type,
        !v.has("required") || v.flag("required"),
        v.texts("formats"),
        v.has("language") ? v.text("language") : "en",
        v);
  }

  private static Source.Expected expected(Value v) {
    var grace = period(v, "grace");
    return new Source.Expected(Period.parse(v.text("every")), grace == null ? Period.ZERO : grace);
  }

  private static Gates gates(Value source) {
    var v = source.get("gates");
    return new Gates(
        v.integer("minimum_rows", 0),
        v.numberOrNull("shrinks_at_most"),
        v.numberOrNull("grows_at_most"),
        v.map("filled", f -> f.json().doubleValue()),
        v.numberOrNull("filled_drops_at_most"),
        v.numberOrNull("rejected_at_most"),
        v.numberOrNull("unknown_at_most"),
        period(v, "age_at_most"),
        v.word("same_period", Gates.Otherwise.HOLD),
        v.word("earlier_period", Gates.Otherwise.HOLD),
        v.list("totals", total -> total(total, source)));
  }

  private static Gates.Total total(Value v, Value source) {
    var sums = v.textOrNull("sums");
    var like = sums == null ? v : source.get("columns").get(sums);
    return new Gates.Total(
        once(
            v.get("from"),
            sums == null ? Source.Type.INTEGER : Source.Type.DECIMAL,
            true,
            List.of(),
            "en",
            like),
        sums);
  }

  /** A value that a delivery gives once; its units are those of the definition it is like. */
  private static Source.Column once(
      Value from,
      Source.Type type,
      boolean required,
      List<String> formats,
      String language,
      Value like) {
    return new Source.Column(
        List.of(),
        origin(from),
        type,
        null,
        null,
        required,
        required,
        null,
        null,
        null,
        null,
        null,
        null,
        like.map("units", u -> u.json().decimalValue()),
        like.textOrNull("unit"),
        Map.of(),
        formats(type, formats),
        false,
        null,
        null,
        Source.TimeOfDay.REFUSE,
        null,
        language,
        Map.of(),
        List.of(),
        null,
        List.of(),
        null,
        null,
        false);
  }

  private static List<String> formats(Source.Type type, List<String> declared) {
    if (!declared.isEmpty()) {
      return declared;
    }
    return switch (type) {
      case DATE -> DATE_FORMATS;
      case PERIOD -> PERIOD_FORMATS;
      default -> List.of();
    };
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
    var score = v.get("score");
    boolean root = v.has("score");
    return new Policy(
        v.text("id"),
        v.text("title"),
        v.text("legal_basis"),
        v.map("facts", Records::fact),
        v.textOrNull("population"),
        new Policy.Criterion(
            "score",
            v.text("title"),
            1,
            null,
            v.list("criteria", Records::criterion),
            root ? aggregate(score) : aggregate(v),
            root ? Steps.of(score) : List.of(),
            FAIL),
        ranking(v),
        v.list("triggers", Records::trigger),
        v.list(
            "exemptions",
            e ->
                new Policy.Exemption(
                    e.text("id"),
                    e.text("title"),
                    e.text("when"),
                    e.flag("absolute"),
                    e.text("legal_basis"))),
        v.list("judgements", Records::trigger),
        v.map("thresholds", Records::threshold));
  }

  private static Policy.Ranking ranking(Value v) {
    var r = v.get("ranking");
    boolean own = v.has("ranking");
    return new Policy.Ranking(
        own && r.has("order") && r.text("order").equals("ascending"),
        own && r.has("ties") ? r.word("ties", Policy.Ties.class) : Policy.Ties.MIN);
  }

  private static Policy.Trigger trigger(Value t) {
    return new Policy.Trigger(
        t.text("id"), t.text("title"), t.text("when"), t.text("tier"), t.text("legal_basis"));
  }

  private static Policy.Threshold threshold(Value t) {
    return new Policy.Threshold(
        t.word("by", Policy.By.SCORE),
        t.number("enter"),
        t.number("leave"),
        t.numberOrNull("judge"),
        period(t, "tenure"),
        period(t, "buffer"));
  }

  static Policy.Fact fact(Value v) {
    return new Policy.Fact(
        v.word("type", Policy.FactType.class),
        v.text("title"),
        v.texts("from"),
        v.has("freshness") ? freshness(v.get("freshness")) : null,
        v.list("missing", m -> m.json().asString()),
        PolicyCheck.TAKES.stream().filter(v::has).findFirst().map(k -> events(k, v)).orElse(null),
        v.has("listed")
            ? new Policy.Listed(
                v.get("listed").text("programme"),
                v.get("listed").has("take")
                    ? v.get("listed").word("take", Policy.ListedValue.class)
                    : Policy.ListedValue.LISTED)
            : null,
        v.has("expression")
            ? new Policy.Expression(
                v.text("expression"),
                v.get("undefined").json().isNumber() ? v.numberOrNull("undefined") : null)
            : null,
        v.has("table") ? limits(v.get("table")) : null,
        v.has("derived")
            ? new Policy.Derived(v.get("derived").text("fact"), Steps.of(v.get("derived")))
            : null,
        v.has("constant") ? v.get("constant").json().asString() : null);
  }

  private static Policy.Freshness freshness(Value v) {
    return new Policy.Freshness(
        Period.parse(v.text("within")),
        v.textOrNull("dated"),
        v.has("stale") ? v.word("stale", Policy.Stale.class) : Policy.Stale.MISSING,
        period(v, "longest"),
        v.textOrNull("legal_basis"));
  }

  private static Policy.Events events(String take, Value fact) {
    var e = fact.get(take);
    var decay = e.get("decay");
    return new Policy.Events(
        Policy.Take.valueOf(take.toUpperCase(java.util.Locale.ROOT)),
        e.text("source"),
        e.textOrNull("field"),
        e.text("on"),
        period(e, "within"),
        e.textLists("where"),
        e.has("decay") ? new Policy.Decay(period(decay, "half_life")) : null);
  }

  private static Policy.Limits limits(Value v) {
    return new Policy.Limits(
        v.texts("by"),
        v.list(
            "rows",
            r ->
                new Policy.LimitRow(
                    r.map("when", c -> c.json().asString()), r.get("value").json().asString())),
        v.has("otherwise") ? v.get("otherwise").json().asString() : null);
  }

  private static final Policy.Missing FAIL = new Policy.Missing(Policy.Missing.Kind.FAIL, 0);

  private static Policy.Criterion criterion(Value v) {
    return new Policy.Criterion(
        v.text("id"),
        v.text("title"),
        v.has("weight") ? v.number("weight") : 1,
        v.textOrNull("fact"),
        v.list("criteria", Records::criterion),
        aggregate(v),
        Steps.of(v),
        missing(v));
  }

  private static Policy.Missing missing(Value v) {
    if (!v.has("missing")) {
      return FAIL;
    }
    var missing = v.get("missing").json();
    if (missing.isNumber()) {
      return new Policy.Missing(Policy.Missing.Kind.CONSTANT, missing.doubleValue());
    }
    return switch (missing.stringValue()) {
      case "zero" -> new Policy.Missing(Policy.Missing.Kind.CONSTANT, 0);
      case "reweight" -> new Policy.Missing(Policy.Missing.Kind.REWEIGHT, 0);
      default -> FAIL;
    };
  }

  static Policy.Aggregate aggregate(Value v) {
    var coverage = v.has("coverage") ? v.get("coverage") : null;
    boolean byWeight = coverage != null && coverage.json().isObject();
    return new Policy.Aggregate(
        v.word("aggregate", Policy.Mean.ARITHMETIC),
        v.has("exponent") ? v.number("exponent") : 1,
        v.word("weights", Policy.Weights.SHARES),
        coverage == null ? 0 : byWeight ? coverage.number("weight") : coverage.json().doubleValue(),
        byWeight);
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
        table(v.get("rejections")),
        v.has("windows") ? v.list("windows", days -> days.json().intValue()) : Publication.WINDOWS,
        v.has("freshness") ? table(v.get("freshness")) : null,
        v.has("report") ? v.get("report").text("title") : null,
        v.has("run_report") ? v.get("run_report").text("title") : null);
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
                    m.has("receipt") ? m.word("receipt", Followup.Measure.OnReceipt.class) : null,
                    m.textOrNull("source"),
                    m.textLists("where"),
                    m.textOrNull("opened_on"),
                    m.textOrNull("due_on"),
                    m.textOrNull("closed_on"),
                    period(m, "every"),
                    m.textOrNull("done_on"),
                    m.texts("tiers"),
                    m.text("legal_basis"))));
  }

  static Letters letters(Value v) {
    return new Letters(
        v.list(
            "letters",
            l ->
                new Letters.Letter(
                    l.text("id"),
                    l.texts("on"),
                    l.text("title"),
                    l.textOrNull("reference"),
                    l.texts("text"),
                    l.textOrNull("slip"))),
        v.integer("most", Letters.MOST));
  }

  private static @Nullable Period period(Value v, String key) {
    return v.has(key) ? Period.parse(v.text(key)) : null;
  }
}
