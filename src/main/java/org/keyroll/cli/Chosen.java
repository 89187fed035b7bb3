package org.keyroll.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Ballot;
import org.keyroll.adjustment.OverrideId;
import org.keyroll.adjustment.Proposal.Act;
import org.keyroll.adjustment.ProposalFilter;
import org.keyroll.adjustment.ProposalId;
import org.keyroll.adjustment.Proposals;
import org.keyroll.definition.Scope;
import org.keyroll.table.ReadOptions;
import org.keyroll.table.Row;
import org.keyroll.table.RowSink;
import org.keyroll.table.TableReader;
import org.keyroll.table.UnreadableFile;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which proposals a command is about: named, from a file, or all that fit a filter. */
final class Chosen {
  @Parameters(
      arity = "0..*",
      paramLabel = "ID",
      description = "Ids such as U0000042@7 or O12, as keyroll proposals and overrides show them.")
  List<String> ids = List.of();

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = "A csv file or workbook with a column id, such as keyroll export proposals.")
  @Nullable Path file;

  @Option(names = "--all", description = "All that wait for persons and fit the filters.")
  boolean all;

  @Option(
      names = "--change",
      paramLabel = "CHANGE",
      split = ",",
      description = "Filter: add, drop, tier, department, details, suspend, resume, keep.")
  List<Act> acts = List.of();

  @Option(
      names = "--tier",
      paramLabel = "TIER",
      split = ",",
      description = "Filter: tiers that units would be in.")
  List<String> tiers = List.of();

  @Option(
      names = "--department",
      paramLabel = "ID",
      split = ",",
      description = "Filter: departments that would supervise.")
  List<String> departments = List.of();

  @Option(names = "--batch", paramLabel = "NAME", description = "All that wait in a batch.")
  @Nullable String batch;

  /** The filters. */
  ProposalFilter filter() {
    return new ProposalFilter(acts, tiers, departments, batch == null ? null : batch.strip());
  }

  /** What is named, in the order given. */
  Ballot find(Scope scope, Proposals proposals) {
    boolean filtered = all || batch != null;
    int ways = (ids.isEmpty() ? 0 : 1) + (file == null ? 0 : 1) + (filtered ? 1 : 0);
    if (ways != 1 || !filter().isEmpty() && !filtered) {
      throw new Stop(
          Stop.USAGE,
          "name proposals by their ids, by --from FILE, by --batch NAME, or by --all with filters.");
    }
    checkFilters(scope, proposals);
    if (filtered) {
      return new Ballot(proposals.waiting(scope, filter()), List.of());
    }
    var named = new ArrayList<ProposalId>();
    var overrides = new ArrayList<OverrideId>();
    if (file != null) {
      read(file, named, overrides);
    } else {
      ids.forEach(id -> parse(id, "", named, overrides));
    }
    return new Ballot(named, overrides);
  }

  /** A filter that nothing can fit is a slip. */
  void checkFilters(Scope scope, Proposals proposals) {
    var known = scope.programme().tiers().stream().map(t -> t.id()).toList();
    known(tiers, known, "tier");
    known(
        departments,
        scope.definitions().departments().departments().stream().map(d -> d.id()).toList(),
        "department");
    if (batch != null && !proposals.isBatch(scope, batch.strip())) {
      throw new Stop(Stop.USAGE, "there is no batch \"%s\"; see keyroll batch.".formatted(batch));
    }
  }

  private static void known(List<String> given, List<String> known, String what) {
    for (var id : given) {
      if (!known.contains(id)) {
        throw new Stop(
            Stop.USAGE,
            "there is no %s %s; there are %s.".formatted(what, id, String.join(", ", known)));
      }
    }
  }

  private static void parse(
      String id, String where, List<ProposalId> named, List<OverrideId> overrides) {
    try {
      if (OverrideId.is(id)) {
        overrides.add(OverrideId.parse(id));
      } else {
        named.add(ProposalId.parse(id));
      }
    } catch (IllegalArgumentException e) {
      throw new Stop(Stop.USAGE, where + e.getMessage());
    }
  }

  private static void read(Path file, List<ProposalId> named, List<OverrideId> overrides) {
    var sink =
        new RowSink() {
          private int column = -1;

          @Override
          public void sheet(String name) {
            column = -1;
          }

          @Override
          public boolean row(Row row) {
            if (column >= 0 && !row.cell(column).text().isBlank()) {
              var where = "%s, row %d: ".formatted(file, row.number());
              parse(row.cell(column).text(), where, named, overrides);
            }
            for (int i = 0; column < 0 && i < row.cells().size(); i++) {
              column = row.cell(i).text().strip().equalsIgnoreCase("id") ? i : -1;
            }
            return true;
          }
        };
    try {
      TableReader.read(file, ReadOptions.detect(), sink);
    } catch (UnreadableFile e) {
      throw new Stop(Stop.USAGE, "%s cannot be read: %s".formatted(file, e.getMessage()));
    }
    if (named.isEmpty() && overrides.isEmpty()) {
      throw new Stop(
          Stop.USAGE,
          "%s names no proposal: it needs a column with the heading id.".formatted(file));
    }
  }
}
