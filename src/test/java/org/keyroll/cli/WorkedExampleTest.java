package org.keyroll.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the documentation, as a newcomer would type it, gives the numbers beside it. */
class WorkedExampleTest {
  private static final Pattern FILE =
      Pattern.compile("(?m)^`([^`\\n]+)`\\n\\n```[a-z]*\\n([^`]*)```");
  private static final Pattern COMMANDS = Pattern.compile("```sh\\n([^`]*)```");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| ([A-Z][a-z]+) \\| (.*) \\|$");

  @TempDir Path folder;

  @Test
  void givesTheNumbersThatStandBesideIt() throws Exception {
    var text = Files.readString(Path.of("docs/policy.md"));
    var example = text.substring(text.indexOf("## A worked example"), text.indexOf("## Facts"));
    var files = FILE.matcher(example);
    while (files.find()) {
      var file = folder.resolve(files.group(1));
      Files.createDirectories(requireNonNull(file.getParent()));
      Files.writeString(file, files.group(2));
    }
    var commands = COMMANDS.matcher(example);
    assertThat(commands.find()).isTrue();

    var outputs = new ArrayList<String>();
    try (var shell = new Shell(folder.resolve("home"), folder.resolve("jobs"), "wellbeing")) {
      for (var line : commands.group(1).lines().toList()) {
        outputs.add(
            shell.run(
                line.replaceFirst("^[.]/keyroll ", "")
                    .replace("countries.csv", folder.resolve("countries.csv").toString())
                    .split(" ", -1)));
      }
    }

    assertThat(outputs).hasSize(4);
    var values = new HashMap<String, Double>();
    var sums = new HashMap<String, Double>();
    for (var row : Shell.rows(outputs.get(3))) {
      var unit = row.getField("unit_id");
      values.put(
          unit + " " + row.getField("criterion"), Double.valueOf(row.getField("normalised")));
      sums.merge(unit, Double.valueOf(row.getField("contribution")), Double::sum);
    }
    var shown = new HashMap<String, String>();
    var rows = ROW.matcher(example);
    while (rows.find()) {
      shown.put(rows.group(1), rows.group(2));
    }
    assertThat(shown).hasSize(4);
    for (var assessment : Shell.rows(outputs.get(2))) {
      var cells = requireNonNull(shown.get(assessment.getField("name"))).split(" *\\| ?", -1);
      var unit = assessment.getField("unit_id");
      assertThat(values.get(unit + " health")).isCloseTo(last(cells[0]), within(5e-7));
      assertThat(values.get(unit + " knowledge")).isCloseTo(last(cells[1]), within(5e-7));
      assertThat(values.get(unit + " living")).isCloseTo(last(cells[2]), within(5e-7));
      assertThat(assessment.getField("score")).isEqualTo(cells[3]);
      assertThat(assessment.getField("rank")).isEqualTo(cells[4]);
      assertThat(assessment.getField("tier")).isEqualTo(cells[5]);
      assertThat(sums.get(unit)).isCloseTo(Double.valueOf(cells[3]), within(1e-12));
    }
  }

  /** The number that a cell comes to, after the last sign of equality and before words. */
  private static double last(String cell) {
    return Double.parseDouble(
        cell.substring(cell.indexOf('=') + 1).replaceFirst(",.*", "").strip());
  }
}
