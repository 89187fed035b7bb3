package org.keyroll.unit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.keyroll.unit.NationalScheme.Register;

/** National registers and their numbers, from {@code identifiers.tsv}. */
final class Registers {
  private static final Map<String, List<Register>> REGISTERS = load();

  private Registers() {}

  static List<Register> of(String kind, String country) {
    return REGISTERS.getOrDefault(kind + "/" + country, List.of());
  }

  /** Schemes with their country, in order. */
  static Set<String> all() {
    return REGISTERS.keySet();
  }

  private static Map<String, List<Register>> load() {
    var registers = new TreeMap<String, List<Register>>();
    try (var in = Registers.class.getResourceAsStream("identifiers.tsv");
        var lines =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8))) {
      lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .skip(1)
          .map(line -> line.split("\t", -1))
          .forEach(
              cells ->
                  registers
                      .computeIfAbsent(cells[0] + "/" + cells[1], k -> new ArrayList<>())
                      .add(
                          new Register(
                              cells[2],
                              Pattern.compile(cells[3]),
                              CheckRule.of(cells[4]),
                              cells[5])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return registers;
  }
}
