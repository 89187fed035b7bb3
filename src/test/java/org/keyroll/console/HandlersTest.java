package org.keyroll.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.keyroll.definition.Policy;
import org.keyroll.definition.Step;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;

/** What holds of every handler and every page, whether or not another test asks for it. */
class HandlersTest {
  private static final Path PAGES = Path.of("src/main/resources/org/keyroll/console/pages");

  /** Keys whose end is a value of the model; each begins so. */
  private static final List<String> FAMILIES =
      List.of(
          "act.",
          "api.",
          "arrival.",
          "clock.",
          "compare.kind.",
          "delivery.state.",
          "done.",
          "event.",
          "fault.",
          "job.",
          "list.status.",
          "nav.",
          "objection.state.",
          "override.kind.",
          "override.state.",
          "part.",
          "period.",
          "policy.",
          "role.",
          "candidate.cause.",
          "why.clause.",
          "problem.",
          "proposal.needs.",
          "proposal.state.",
          "run.state.",
          "signin.",
          "unit.state.",
          "upload.outcome.",
          "verdict.",
          "weekday.",
          "welcome.");

  static List<Method> handlers() {
    return new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.keyroll.console")
            .stream()
            .flatMap(c -> Arrays.stream(c.reflect().getDeclaredMethods()))
            .filter(m -> AnnotatedElementUtils.hasAnnotation(m, RequestMapping.class))
            .toList();
  }

  /** Those that answer programs. */
  static List<Method> apiHandlers() {
    return handlers().stream()
        .filter(h -> h.getDeclaringClass().isAnnotationPresent(Api.class))
        .toList();
  }

  /**
   * Whoever changes the API on purpose writes its description anew, with {@code
   * -Dkeyroll.describe=true}, and sees in it what changes for programs.
   */
  @Test
  void theDescriptionOfTheApiSaysWhatItsHandlersAre() throws IOException {
    var file = Path.of("src/main/resources/org/keyroll/console/openapi.json");
    var said = Description.of(apiHandlers());
    if (Boolean.getBoolean("keyroll.describe")) {
      Files.writeString(file, said);
    }
    assertThat(Files.readString(file)).isEqualTo(said);
  }

  @Test
  void everyHandlerHasARule() {
    assertThat(handlers()).hasSizeGreaterThan(20);
    assertThat(handlers())
        .allSatisfy(
            handler ->
                assertThat(
                        handler.isAnnotationPresent(Door.class)
                            ^ handler.isAnnotationPresent(Open.class))
                    .as(handler.toString())
                    .isTrue());
    assertThat(apiHandlers())
        .allSatisfy(
            handler ->
                assertThat(paths(handler))
                    .as(handler.toString())
                    .allMatch(path -> path.startsWith("/api/v1/")));
    assertThat(handlers())
        .filteredOn(h -> !h.getDeclaringClass().isAnnotationPresent(Api.class))
        .allSatisfy(
            handler ->
                assertThat(paths(handler))
                    .as(handler.toString())
                    .noneMatch(path -> path.startsWith("/api")));
  }

  private static List<String> paths(Method handler) {
    return List.of(
        Objects.requireNonNull(
                AnnotatedElementUtils.findMergedAnnotation(handler, RequestMapping.class))
            .path());
  }

  @Test
  void bothLanguagesSayEverythingThatPagesSay() throws IOException {
    var english = words("messages.properties");
    var chinese = words("messages_zh.properties");
    assertThat(chinese.stringPropertyNames())
        .containsExactlyInAnyOrderElementsOf(english.stringPropertyNames());
    assertThat(english.values()).doesNotContain("");
    assertThat(chinese.values()).doesNotContain("");
    var said = new TreeSet<String>();
    try (var pages = Files.list(PAGES)) {
      for (var page : pages.toList()) {
        var keys =
            Pattern.compile("#\\{([a-zA-Z0-9.]+)|messages\\.msg\\('([a-zA-Z0-9.]+)'[,)]")
                .matcher(Files.readString(page));
        while (keys.find()) {
          said.add(keys.group(1) == null ? keys.group(2) : keys.group(1));
        }
      }
    }
    assertThat(english.stringPropertyNames()).containsAll(said);
    assertThat(english.stringPropertyNames())
        .as("no word is kept that nobody says")
        .allMatch(key -> said.contains(key) || FAMILIES.stream().anyMatch(key::startsWith));
  }

  /** What a policy can say, the page of the policy says; a new kind of step fails here. */
  @Test
  void thePageOfThePolicyHasWordsForAllThatAPolicyCanSay() throws IOException {
    var keys = words("messages.properties").stringPropertyNames();
    Map.of(
            "policy.by.", Policy.By.values(),
            "policy.mean.", Policy.Mean.values(),
            "policy.take.", Policy.Take.values(),
            "policy.listed.", Policy.ListedValue.values(),
            "policy.missing.", Policy.Missing.Kind.values(),
            "policy.average.", Step.Statistic.Measure.values(),
            "policy.method.", Step.Normalise.Method.values())
        .forEach(
            (family, values) ->
                assertThat(keys)
                    .containsAll(Arrays.stream(values).map(v -> family + v.name()).toList()));
    assertThat(Arrays.stream(Step.class.getPermittedSubclasses()).map(Class::getSimpleName))
        .containsExactlyInAnyOrder(
            "Function",
            "Power",
            "Root",
            "Linear",
            "Cap",
            "Range",
            "Bands",
            "Lookup",
            "Exponential",
            "Fill",
            "Winsorise",
            "BoxCox",
            "Statistic",
            "Normalise",
            "Round");
  }

  /** The policy of {@link Security} would not let it work, and the page would not say so. */
  @Test
  void noPageHoldsAScriptOrAStyle() throws IOException {
    var found = new ArrayList<String>();
    try (var pages = Files.list(PAGES)) {
      for (var page : pages.toList()) {
        var inside =
            Pattern.compile(
                    "<script(?![^>]*"
                        + " src=)|<style|\\sstyle=|\\son[a-z]+=|https?://(?!www\\.thymeleaf)")
                .matcher(Files.readString(page));
        while (inside.find()) {
          found.add(page.getFileName() + ": " + inside.group());
        }
      }
    }
    assertThat(found).isEmpty();
  }

  /** Without it a browser falls back to the habits of the nineties. */
  @Test
  void everyPageSaysWhatItIsWrittenIn() throws IOException {
    try (var pages = Files.list(PAGES)) {
      assertThat(pages.toList())
          .allSatisfy(page -> assertThat(Files.readString(page)).startsWith("<!DOCTYPE html>"));
    }
  }

  private static Properties words(String file) throws IOException {
    var words = new Properties();
    try (Reader in =
        new InputStreamReader(
            HandlersTest.class.getResourceAsStream(file), StandardCharsets.UTF_8)) {
      words.load(in);
    }
    return words;
  }
}
