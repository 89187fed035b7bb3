package org.keyroll.unit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Legal forms of organisations, from {@code legal-forms.tsv}. A set is named by the country whose
 * law it is, in lower-case ISO 3166 letters ({@code cn}, {@code de}, {@code us}); {@code eu} is the
 * forms of Union law and those of all member states.
 */
public final class LegalForms {
  /** The member states of the European Union. */
  public static final Set<String> MEMBER_STATES =
      Set.of(
          "at", "be", "bg", "cy", "cz", "de", "dk", "ee", "es", "fi", "fr", "gr", "hr", "hu", "ie",
          "it", "lt", "lu", "lv", "mt", "nl", "pl", "pt", "ro", "se", "si", "sk");

  private static final Map<String, List<Form>> SETS = load();

  private LegalForms() {}

  /**
   * One way to write a legal form.
   *
   * @param jurisdiction whose law it is
   * @param form the usual way to write it, the same for all of its variants: {@code GmbH}
   * @param text this way to write it: {@code Gesellschaft mit beschränkter Haftung}
   */
  public record Form(String jurisdiction, String form, String text, Place place) {}

  /** Where the words stand in a name. */
  public enum Place {
    END,
    FRONT,
    BOTH
  }

  /** The names of all sets, in order. */
  public static Set<String> sets() {
    return SETS.keySet();
  }

  /**
   * All ways to write the forms of some sets, in the order of the file; what several jurisdictions
   * share stands once for each.
   *
   * @throws IllegalArgumentException for a set that there is not
   */
  public static List<Form> of(Collection<String> sets) {
    return sets.stream()
        .flatMap(
            set -> {
              var forms = SETS.get(set);
              if (forms == null) {
                throw new IllegalArgumentException(
                    "there is no set of legal forms \"" + set + "\"; there are " + SETS.keySet());
              }
              return forms.stream();
            })
        .distinct()
        .toList();
  }

  private static Map<String, List<Form>> load() {
    var sets = new TreeMap<String, List<Form>>();
    try (var in = LegalForms.class.getResourceAsStream("legal-forms.tsv");
        var lines =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8))) {
      lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .skip(1)
          .flatMap(line -> forms(line.split("\t", -1)).stream())
          .forEach(
              form -> {
                add(sets, form.jurisdiction(), form);
                if (MEMBER_STATES.contains(form.jurisdiction())) {
                  add(sets, "eu", form);
                }
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sets.replaceAll((set, forms) -> List.copyOf(forms));
    return Collections.unmodifiableMap(sets);
  }

  private static void add(Map<String, List<Form>> sets, String set, Form form) {
    sets.computeIfAbsent(set, s -> new ArrayList<>()).add(form);
  }

  private static List<Form> forms(String[] cells) {
    var place = Place.valueOf(cells[1].toUpperCase(Locale.ROOT));
    var forms = new ArrayList<Form>();
    forms.add(new Form(cells[0], cells[2], cells[2], place));
    if (cells.length > 3) {
      for (var variant : cells[3].split("\\|", -1)) {
        forms.add(new Form(cells[0], cells[2], variant, place));
      }
    }
    return List.copyOf(forms);
  }
}
