package org.keyroll.publication;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Proposal.Act;
import org.keyroll.definition.Definitions;
import org.keyroll.definition.Labels;
import org.keyroll.definition.Letters.Letter;
import org.keyroll.definition.Phrases;
import org.keyroll.publication.Tables.Change;
import org.keyroll.unit.UnitId;

/** What a revision tells units in writing, as {@code letters.yml} says. */
final class UnitLetters {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_]+)}");

  private final Definitions definitions;
  private final Labels labels;
  private final Phrases words;
  private final long revision;
  private final LocalDate asOf;

  UnitLetters(Definitions definitions, long revision, LocalDate asOf) {
    this.definitions = definitions;
    this.labels = new Labels(definitions);
    this.words = new Phrases("org.keyroll.publication.letters", definitions.programme());
    this.revision = revision;
    this.asOf = asOf;
  }

  /**
   * A letter to a unit.
   *
   * @param path within the folder of the authority
   */
  record Addressed(String path, String title, Letter letter, Change change) {}

  /** The letters that follow from changes, in order of letter and unit. */
  List<Addressed> of(List<Change> changes) {
    var letters = new ArrayList<Addressed>();
    for (var letter : definitions.letters().letters()) {
      var told = new HashSet<Long>();
      for (var change : changes) {
        var unit = change.proposal().unit();
        if (letter.on().contains(change.proposal().act().id()) && told.add(unit)) {
          letters.add(
              new Addressed(
                  "letters/%s/%s.pdf".formatted(letter.id(), new UnitId(unit)),
                  filled(letter.title(), change) + words.say("to", change.shown().name()),
                  letter,
                  change));
        }
      }
    }
    return letters;
  }

  /** Writes a letter as PDF and returns the number of letters, which is one. */
  long write(OutputStream out, Addressed addressed) throws IOException {
    var letter = addressed.letter();
    var change = addressed.change();
    var from = definitions.programme().authority().title();
    LetterPdf.write(
        out,
        new LetterPdf.Letter(
            definitions.programme().language(),
            definitions.publication().classification(),
            from,
            filled(letter.title(), change),
            letter.reference() == null ? null : filled(letter.reference(), change),
            letter.text().stream().map(t -> filled(t, change)).toList(),
            date(asOf),
            asOf.atStartOfDay().toInstant(ZoneOffset.UTC),
            slip(letter, change, from)),
        words);
    return 1;
  }

  private List<String> slip(Letter letter, Change change, String from) {
    if (letter.slip() == null) {
      return List.of();
    }
    return List.of(
        letter.slip(),
        words.say(
            "slip.letter",
            filled(letter.title(), change),
            letter.reference() == null ? "" : filled(letter.reference(), change)),
        words.say("slip.unit", change.shown().name()),
        words.say("slip.received"),
        words.say("slip.return", from));
  }

  private String date(LocalDate date) {
    return words.say(
        "date",
        date.getYear(),
        date.getMonthValue(),
        date.getDayOfMonth(),
        words.say("month." + date.getMonthValue()));
  }

  private String filled(String text, Change change) {
    var proposal = change.proposal();
    var entry = change.shown();
    Map<String, @Nullable String> values = new TreeMap<>();
    values.put("unit", entry.unit());
    values.put("name", entry.name());
    values.put("identifier", entry.identifier());
    values.put("tier", definitions.programme().tier(entry.tier()).title());
    var before = change.before();
    values.put(
        "before", before == null ? null : definitions.programme().tier(before.tier()).title());
    values.put(
        "departments",
        String.join(words.say("separator"), labels.ofDepartments(entry.departments())));
    values.put("effective_on", date(proposal.effectiveOn()));
    values.put("reason", proposal.act() == Act.ADD ? entry.reason() : proposal.reason());
    values.put("legal_basis", proposal.legalBasis());
    values.put("programme", definitions.programme().title());
    values.put("authority", definitions.programme().authority().title());
    values.put("revision", Long.toString(revision));
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            found -> {
              var value = values.get(found.group(1));
              return Matcher.quoteReplacement(value == null ? words.say("none") : value);
            });
  }
}
