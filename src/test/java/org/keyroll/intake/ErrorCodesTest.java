package org.keyroll.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.keyroll.definition.Phrases;
import org.keyroll.table.UnreadableFile;
import tools.jackson.databind.json.JsonMapper;

/** The page of error codes says what the code says, and all of it. */
class ErrorCodesTest {
  private static final Path SOURCES = Path.of("src/main/java/org/keyroll/intake");
  private static final Pattern LINE =
      Pattern.compile("\\| `([a-z_]+):?`(?:\\*id\\*)? \\| (.*?) \\| (.*) \\| (.*?) \\|");
  private static final Pattern USED =
      Pattern.compile(
          "(?:faults\\.of|new Fault|rowFault|Refusal\\.of|breach|atMost)\\(\\s*\"([a-z_]+)");

  /** Sentences that are parts of others, or whose rule is that of another. */
  private static final Set<String> NO_RULES = Set.of("suggestion", "personal_value", "where");

  private record Line(String title, String example, String cure) {}

  private static Map<String, Line> page() throws IOException {
    var page = new TreeMap<String, Line>();
    for (var text : Files.readAllLines(Path.of("docs/error-codes.md"))) {
      var line = LINE.matcher(text);
      if (line.matches()) {
        var before = page.put(line.group(1), new Line(line.group(2), line.group(3), line.group(4)));
        assertThat(before).as(line.group(1)).isNull();
      }
    }
    return page;
  }

  private static Set<String> keys(String bundle) {
    return new TreeSet<>(ResourceBundle.getBundle(bundle, Locale.ROOT).keySet());
  }

  private static Set<String> rules(String bundle) {
    var rules = new TreeSet<String>();
    keys(bundle).forEach(key -> rules.add(key.replaceFirst("\\..*", "")));
    rules.removeAll(NO_RULES);
    return rules;
  }

  private static Set<String> known() throws IOException {
    var known = rules("org.keyroll.intake.faults");
    known.addAll(rules(Refusal.PHRASES));
    known.add("rule");
    Arrays.stream(UnreadableFile.Reason.values())
        .forEach(reason -> known.add(reason.name().toLowerCase(Locale.ROOT)));
    var schema = new JsonMapper().readTree(Path.of("jobs/schema/source.json").toFile());
    schema.at("/properties/gates/properties").propertyNames().forEach(known::add);
    return known;
  }

  @Test
  void thePageHasEveryCodeAndNoOther() throws IOException {
    assertThat(page().keySet()).isEqualTo(known());
  }

  @Test
  void everyCodeThatTheCodeUsesHasItsSentence() throws IOException {
    var used = new TreeSet<String>();
    try (var files = Files.list(SOURCES)) {
      for (var file : files.toList()) {
        var match = USED.matcher(Files.readString(file));
        while (match.find()) {
          used.add(match.group(1));
        }
      }
    }
    assertThat(used).hasSizeGreaterThan(40);
    assertThat(known()).containsAll(used);
  }

  @Test
  void thePageSaysWhatSendersRead() throws IOException {
    var words = Phrases.english(RuleWords.PHRASES);
    page()
        .forEach(
            (code, line) -> {
              assertThat(line.title()).as(code).isEqualTo(words.say(code));
              assertThat(line.cure()).as(code).isEqualTo(words.say(code + ".cure"));
            });
  }

  @Test
  void examplesAreOfTheFormThatSendersRead() throws IOException {
    for (var bundle : Set.of("org.keyroll.intake.faults", Refusal.PHRASES)) {
      var sentences = ResourceBundle.getBundle(bundle, Locale.ROOT);
      for (var rule : rules(bundle)) {
        var example =
            Objects.requireNonNull(page().get(rule))
                .example()
                .replace("\\|", "|")
                .replace("\\*", "*");
        var forms =
            keys(bundle).stream()
                .filter(key -> key.equals(rule) || key.startsWith(rule + "."))
                .map(sentences::getString)
                .toList();
        assertThat(forms).as(rule).anyMatch(form -> form(form).matcher(example).matches());
      }
    }
  }

  private static Pattern form(String sentence) {
    return Pattern.compile(
        Pattern.quote(sentence.replace("''", "'")).replaceAll("\\{\\d}", "\\\\E.+\\\\Q"));
  }

  @Test
  void everySentenceStandsInBothLanguages() throws IOException {
    for (var name : Set.of("faults", "refusals", "rules", "marks")) {
      var folder = Path.of("src/main/resources/org/keyroll/intake");
      assertThat(propertiesOf(folder.resolve(name + "_zh.properties")))
          .isEqualTo(propertiesOf(folder.resolve(name + ".properties")));
    }
  }

  private static Set<String> propertiesOf(Path file) throws IOException {
    var properties = new java.util.Properties();
    try (var in = Files.newBufferedReader(file)) {
      properties.load(in);
    }
    return new TreeSet<>(properties.stringPropertyNames());
  }
}
