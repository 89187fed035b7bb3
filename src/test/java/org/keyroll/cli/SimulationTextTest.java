package org.keyroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keyroll.adjustment.Simulation.Figures;
import org.keyroll.adjustment.Simulation.Point;
import org.keyroll.adjustment.Simulation.Result;
import org.keyroll.definition.DefinitionReader;
import org.keyroll.definition.Scope;

/** What is printed of a simulation. */
class SimulationTextTest {
  private static final String TITLE = "Operators of essential services of the first order";
  private static final String PROGRAMME =
      """
      id: gauge
      title: Gauge
      authority: {id: office, title: Office}
      legal_basis: [{id: method, title: Method, citation: edition 1}]
      tiers: [{id: high, title: %s}]
      """;
  private static final String SOURCE =
      """
      id: units
      title: Units
      kind: registry
      sender: office
      supplies: snapshot
      files: ["units*.csv"]
      format: {kind: csv}
      header: {rows: 1}
      key: [code]
      columns:
        code: {label: [Code], type: identifier, scheme: code, required: true}
        name: {label: [Name], type: text, required: true}
        size: {label: [Size], type: decimal}
      """;
  private static final String POLICY =
      """
      id: gauge
      title: Gauge
      legal_basis: method
      facts: {size: {type: number, title: Size, from: [units.size]}}
      score: {weights: equal}
      criteria: [{id: size, title: Size, fact: size}]
      thresholds: {high: {enter: 5, leave: 4}}
      """;

  @TempDir Path folder;

  private void file(String name, String text) throws Exception {
    var path = folder.resolve("gauge").resolve(name);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  @Test
  void columnsStayInLineBehindALongTitle() throws Exception {
    file("programme.yml", PROGRAMME.formatted(TITLE));
    file("sources/units.yml", SOURCE);
    file("policy.yml", POLICY);
    var definitions = DefinitionReader.read(folder, "gauge");
    var figures =
        new Figures(7, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of("high", 7), Map.of(), List.of());
    var result =
        new Result(
            "1",
            "2",
            List.of(new Point(LocalDate.parse("2026-11-02"), 1, 7, figures, figures, List.of())));

    var lines =
        new SimulationText(new Scope(definitions, 1, Map.of()), definitions)
            .of(result, Path.of("policy.yml"));

    var head = lines.stream().filter(l -> l.endsWith("in force  simulated")).findFirst();
    var tier = lines.stream().filter(l -> l.contains("tier " + TITLE)).findFirst();
    assertThat(head).isPresent();
    assertThat(tier).hasValueSatisfying(l -> assertThat(l).endsWith(" 7          7"));
    assertThat(tier.map(String::length)).isEqualTo(head.map(String::length));
  }
}
