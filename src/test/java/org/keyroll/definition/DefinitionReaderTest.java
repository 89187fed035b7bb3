package org.keyroll.definition;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Period;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keyroll.Homes;

class DefinitionReaderTest {
  private static final Path JOBS = Path.of("jobs");
  private final Path jobs;
  private final Path programme;

  DefinitionReaderTest(@TempDir Path jobs) throws IOException {
    this.jobs = jobs;
    this.programme = jobs.resolve("counter-espionage");
    copy(programme);
  }

  static void copy(Path to) throws IOException {
    Homes.copy(JOBS.resolve("counter-espionage"), to);
  }

  static void replace(Path file, String old, String by) throws IOException {
    var text = Files.readString(file);
    assertThat(text).contains(old);
    var at = text.indexOf(old);
    Files.writeString(file, text.substring(0, at) + by + text.substring(at + old.length()));
  }

  private List<DefinitionErrors.Fault> faults() {
    return catchThrowableOfType(
            DefinitionErrors.class, () -> DefinitionReader.read(jobs, "counter-espionage"))
        .faults();
  }

  @Test
  void readsTheSampleProgramme() throws DefinitionErrors {
    var read = DefinitionReader.read(JOBS, "counter-espionage");

    assertThat(read.programme().id()).isEqualTo("counter-espionage");
    assertThat(read.sources()).hasSize(6);
    assertThat(List.copyOf(read.sources().keySet())).isSorted();
    assertThat(read.policy().facts().keySet()).startsWith("nature", "industry", "supervisor");
    var incidents = requireNonNull(read.policy().facts().get("incidents"));
    assertThat(incidents.from()).isEmpty();
    assertThat(incidents.events())
        .isEqualTo(
            new Policy.Events(
                Policy.Take.COUNT,
                "incidents",
                null,
                "occurred_on",
                Period.ofYears(3),
                Map.of(),
                null));
    assertThat(read.source("enterprise-registry").format().encoding())
        .isEqualTo(Charset.forName("GB18030"));
    assertThat(read.versions()).hasSize(14).containsKeys("policy.yml", "sources/incidents.yml");
    assertThat(read.policyVersion()).matches("counter-espionage-2021@[0-9a-f]{8}");
  }

  @Test
  void keepsBooleanWordsAndFillsDefaults() throws DefinitionErrors {
    var read = DefinitionReader.read(JOBS, "counter-espionage");
    var responsible = requireNonNull(read.source("incidents").columns().get("responsible"));
    var inspected = requireNonNull(read.source("inspections").columns().get("inspected_on"));

    assertThat(responsible.words()).containsEntry("true", List.of("是")).containsKey("false");
    assertThat(responsible.choices()).isEmpty();
    assertThat(responsible.formats()).isEmpty();
    assertThat(inspected.future()).isFalse();
    assertThat(inspected.formats())
        .containsExactly("yyyy-MM-dd", "yyyy/M/d", "yyyy.M.d", "yyyyMMdd", "yyyy年M月d日");
    assertThat(read.source("incidents").gates().minimumRows()).isZero();
  }

  @Test
  void keepsWordsThatOtherYamlWouldTurnIntoSomethingElse() throws Exception {
    replace(
        programme.resolve("sources/incidents.yml"),
        "case: [案件]",
        "case: [no, 001, 2021-04-26, 1_000, 12:30, ON]");

    var column =
        requireNonNull(
            DefinitionReader.read(jobs, null).source("incidents").columns().get("class"));

    assertThat(column.choices().get("case"))
        .containsExactly("no", "001", "2021-04-26", "1_000", "12:30", "ON");
  }

  @Test
  void reportsAllFaultsOfAllFilesInOrder() throws IOException {
    replace(programme.resolve("sources/incidents.yml"), "kind: report", "kind: reprot");
    replace(programme.resolve("sources/incidents.yml"), "title: ", "titel: ");
    replace(programme.resolve("policy.yml"), "tier: first", "tier: fisrt");
    replace(programme.resolve("policy.yml"), "weight: 0.15", "weight: 0.25");
    replace(programme.resolve("followup.yml"), "measures:", "measures: [");

    assertThat(faults())
        .extracting(
            fault -> jobs.relativize(Path.of(fault.file())).getNameCount() + ":" + fault.line())
        .containsExactly("2:4", "2:28", "2:65", "3:1", "3:3", "3:4");
  }

  @Test
  void namesTheLineOfAPlaceholderThatIsNone() throws IOException {
    replace(programme.resolve("letters.yml"), "{identifier}", "{identifer}");
    replace(programme.resolve("letters.yml"), "监督部门：{departments}", "监督部门：{departments");

    assertThat(faults())
        .extracting(fault -> fault.line() + " " + fault.message())
        .contains(
            "9 there is no placeholder \"identifer\"; did you mean \"identifier\"?",
            "13 a brace has no other; a placeholder is written {name}");
  }

  @Test
  void doesNotBlameReferencesIntoAFileThatIsItselfAtFault() throws IOException {
    replace(programme.resolve("departments.yml"), "departments:", "departements:");
    replace(programme.resolve("sources/incidents.yml"), "kind: report", "kind: reprot");

    assertThat(faults()).allMatch(fault -> fault.file().matches(".*(departments|incidents)\\.yml"));
  }

  @Test
  void versionsIgnoreLayoutCommentsAndOrderOfKeys() throws Exception {
    var before = DefinitionReader.read(jobs, null).versions();
    replace(programme.resolve("policy.yml"), "id: counter-espionage-2021\n", "# A comment.\n");
    replace(
        programme.resolve("policy.yml"),
        "legal_basis: order-2021-1\n",
        "\nlegal_basis:    'order-2021-1'\nid: \"counter-espionage-2021\"\n");
    replace(programme.resolve("policy.yml"), "weight: 0.20", "weight: 2e-1");

    assertThat(DefinitionReader.read(jobs, null).versions()).isEqualTo(before);
  }

  @Test
  void aVersionChangesWithAValueAndOnlyThatOfItsFile() throws Exception {
    var before = DefinitionReader.read(jobs, null).versions();
    replace(programme.resolve("policy.yml"), "enter: 0.72", "enter: 0.73");
    var after = DefinitionReader.read(jobs, null).versions();

    assertThat(after.get("policy.yml")).isNotEqualTo(before.get("policy.yml"));
    after.forEach(
        (file, hash) -> {
          if (!file.equals("policy.yml")) {
            assertThat(hash).isEqualTo(before.get(file));
          }
        });
  }

  @Test
  void asksForAChoiceBetweenSeveralProgrammes() throws Exception {
    copy(jobs.resolve("second"));

    assertThat(DefinitionReader.programmes(jobs)).containsExactly("counter-espionage", "second");
    assertThatThrownBy(() -> DefinitionReader.read(jobs, null))
        .hasMessageContaining("--programme: counter-espionage, second");
    assertThatThrownBy(() -> DefinitionReader.read(jobs, "secnd"))
        .hasMessageContaining("did you mean \"second\"?");
    assertThatThrownBy(() -> DefinitionReader.read(jobs, "../" + jobs.getFileName() + "/second"))
        .hasMessageContaining("there is no programme");
    assertThat(DefinitionReader.read(jobs, "counter-espionage").sources()).hasSize(6);
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    assertThatThrownBy(() -> DefinitionReader.read(jobs.resolve("none"), null))
        .hasMessageContaining("none: there is no such folder");
    assertThatThrownBy(() -> DefinitionReader.read(programme.resolve("policy.yml"), null))
        .hasMessageContaining("this is a file");
    assertThatThrownBy(() -> DefinitionReader.read(programme, null))
        .hasMessageContaining("there is no programme in this folder");
    Files.delete(programme.resolve("policy.yml"));
    Files.createDirectory(programme.resolve("policy.yml"));
    Files.move(programme.resolve("followup.yml"), programme.resolve("folowup.yml"));
    Files.writeString(programme.resolve("sources/more.yaml"), "");
    Files.write(
        programme.resolve("sources/incidents.yml"), "id: incidents\ntitle: 台账".getBytes("GB18030"));
    Files.writeString(programme.resolve("matching.yml"), "# nothing\n");

    assertThat(faults())
        .extracting(DefinitionErrors.Fault::toString)
        .anyMatch(f -> f.endsWith("policy.yml: this is a folder; a file is needed"))
        .anyMatch(f -> f.contains("folowup.yml: ") && f.endsWith("did you mean \"followup.yml\"?"))
        .anyMatch(f -> f.contains("more.yaml: ") && f.endsWith("it must end in .yml"))
        .anyMatch(f -> f.contains("incidents.yml:2: the text is not UTF-8"))
        .anyMatch(f -> f.endsWith("matching.yml: the file is empty"));
  }

  @Test
  void boundsAliasesAndNesting() throws IOException {
    var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      bomb.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(10) + "x]\n");
    }
    Files.writeString(programme.resolve("policy.yml"), bomb);
    Files.writeString(programme.resolve("matching.yml"), "a: " + "[".repeat(100_000));

    assertThat(faults())
        .extracting(DefinitionErrors.Fault::message)
        .contains("more than 50000 values, counting aliases", "nested deeper than 40 levels");
  }

  @Test
  void takesAnAliasForWhatItsAnchorHolds() throws Exception {
    replace(programme.resolve("sources/incidents.yml"), "formats: [", "formats: &days [");
    replace(
        programme.resolve("sources/incidents.yml"),
        "formats: [yyyy-MM-dd, yyyy/M/d, yyyy年M月d日, yyyyMMdd]",
        "formats: *days");

    var columns = DefinitionReader.read(jobs, null).source("incidents").columns();

    assertThat(requireNonNull(columns.get("closed_on")).formats())
        .isEqualTo(requireNonNull(columns.get("occurred_on")).formats());
  }

  @Test
  void readsWhatWasKeptOfAProgrammeThatLeavesFilesOut() throws Exception {
    var read = DefinitionReader.read(Path.of("src/test/resources/indices/jobs"), "deprivation");

    var kept = DefinitionReader.kept(read.forms());

    assertThat(kept).isPresent();
    assertThat(kept.get().versions()).isEqualTo(read.versions());
    assertThat(kept.get().publication()).isEqualTo(read.publication());
  }
}
