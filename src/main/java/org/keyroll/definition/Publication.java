package org.keyroll.definition;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What published files show, column by column.
 *
 * @param windows days over which changes are told again, beside those since the last revision
 * @param freshness how old each source is; null: not published
 * @param report title of the assignment report of each department; null: there is none
 * @param runReport title of the report of the run to the authority; null: there is none
 */
public record Publication(
    String classification,
    List<String> notes,
    Table list,
    Table changes,
    Table rejections,
    List<Integer> windows,
    @Nullable Table freshness,
    @Nullable String report,
    @Nullable String runReport) {

  /** Where {@code publication.yml} does not say: a week and a month. */
  static final List<Integer> WINDOWS = List.of(7, 31);

  /**
   * One table.
   *
   * @param words our values to the words of the programme's language
   */
  public record Table(
      String title, String sheet, List<Column> columns, Map<String, String> words) {}

  /** One column: a value of the entry or a fact of the unit. */
  public record Column(@Nullable String value, @Nullable String fact, String heading, int width) {}
}
