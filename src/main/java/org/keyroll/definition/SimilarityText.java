package org.keyroll.definition;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Similarity.Blocking;
import org.keyroll.definition.Similarity.Field;
import org.keyroll.definition.Similarity.Function;
import org.keyroll.definition.Similarity.Kind;
import org.keyroll.definition.Similarity.Level;
import org.keyroll.definition.Similarity.Training;

/** Reads the part {@code similarity} of {@code matching.yml}; its defaults stand here. */
final class SimilarityText {
  private static final Pattern KEY = Pattern.compile("([a-z]+)\\(([^,)]+)(?:, ?([0-9]+))?\\)");
  private static final double LINK = 0.9;
  private static final double ASK = 0.3;
  private static final int LIMIT = 500;

  private SimilarityText() {}

  static Similarity read(Value v) {
    return new Similarity(
        v.map("fields", SimilarityText::field),
        v.list("swaps", pair -> List.of(pair.get(0).text(), pair.get(1).text())),
        v.list(
            "blocking",
            b ->
                new Blocking(
                    b.text("id"), b.list("on", key -> key(key.text())), b.integer("limit", LIMIT))),
        v.texts("distinct"),
        v.texts("never"),
        v.has("link") ? v.number("link") : LINK,
        v.has("ask") ? v.number("ask") : ASK,
        training(v));
  }

  private static Field field(Value v) {
    var kind = v.word("as", Kind.class);
    return new Field(
        kind,
        v.has("levels") ? v.list("levels", level -> level(level.text())) : DefaultLevels.of(kind),
        v.has("frequencies")
            ? v.flag("frequencies")
            : switch (kind) {
              case NAME, ORGANISATION, TEXT, CATEGORY -> true;
              case CODE, DATE, NUMBER, LIST -> false;
            },
        shares(v, "m"),
        shares(v, "u"));
  }

  /** Normalised, for people round; never 0, which no evidence could make good. */
  private static @Nullable List<Double> shares(Value v, String key) {
    if (!v.has(key)) {
      return null;
    }
    var shares = v.list(key, share -> Math.max(1e-9, share.json().doubleValue()));
    double sum = shares.stream().mapToDouble(s -> s).sum();
    return shares.stream().map(s -> s / sum).toList();
  }

  private static Training training(Value v) {
    var training = v.get("training");
    boolean given = v.has("training");
    return new Training(
        given ? training.integer("seed", 1) : 1,
        given ? training.integer("pairs", 1_000_000) : 1_000_000,
        given ? training.integer("budget", 100) : 100,
        given && training.has("prior") ? training.number("prior") : null);
  }

  static Level level(String text) {
    var parts = text.split(" ", -1);
    return new Level(
        Measure.valueOf(parts[0].toUpperCase(Locale.ROOT)),
        parts.length == 1 ? 0 : Double.parseDouble(parts[2]));
  }

  /** Such as {@code prefix(city, 3)} or {@code sound(given_name | surname)}. */
  static Similarity.Key key(String text) {
    var matcher = KEY.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a key: " + text);
    }
    return new Similarity.Key(
        Function.valueOf(matcher.group(1).toUpperCase(Locale.ROOT)),
        Arrays.stream(matcher.group(2).split("\\|", -1)).map(String::strip).toList(),
        matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3)));
  }
}
