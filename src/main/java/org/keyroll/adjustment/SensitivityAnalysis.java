package org.keyroll.adjustment;

import java.time.LocalDate;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Definitions;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.keyroll.scoring.Replays;
import org.keyroll.scoring.Robustness;
import org.keyroll.scoring.Variation;
import org.keyroll.unit.UnitId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Says how firmly units stand on the list, or off it. Nothing is kept. */
@Service
public class SensitivityAnalysis {
  private final JdbcClient db;
  private final Replays replays;
  private final Entries entries;

  SensitivityAnalysis(JdbcClient db, Replays replays, Entries entries) {
    this.db = db;
    this.replays = replays;
    this.entries = entries;
  }

  /** What came of it; the units in the order of {@link Robustness#units}. */
  public record Result(String policy, Robustness robustness, List<Named> units) {}

  /**
   * A unit by name.
   *
   * @param identifier without its scheme
   */
  public record Named(UnitId id, String name, @Nullable String identifier, Robustness.Unit unit) {}

  /**
   * Varies a policy over all units as they are known now.
   *
   * @param trial definitions whose policy is taken; those of the scope, or others of the programme
   * @param correlation pairs of criteria are told from this absolute correlation on
   * @param progress told from time to time how many draws are done
   */
  public Result analyse(
      Scope scope,
      Definitions trial,
      LocalDate asOf,
      Variation variation,
      double correlation,
      LongConsumer progress) {
    var programme = trial.programme();
    int none = programme.tiers().size();
    return replays.readOnly(
        () -> {
          var tiers = entries.tiers(scope);
          var robustness =
              replays.sensitivity(
                  Simulation.scope(scope, trial),
                  asOf,
                  unit -> {
                    var tier = tiers.get(unit);
                    return tier == null ? none : programme.rankOf(tier);
                  },
                  variation,
                  correlation,
                  progress);
          var ids = robustness.units().stream().map(Robustness.Unit::unit).toList();
          var known = KnownUnits.after(db, scope, Run.LATEST, ids);
          var named =
              robustness.units().stream()
                  .map(
                      unit -> {
                        var is = known.of(unit.unit());
                        return new Named(
                            new UnitId(unit.unit()),
                            is.name(),
                            Comparison.value(is.identifier()),
                            unit);
                      })
                  .toList();
          return new Result(trial.policyVersion(), robustness, named);
        });
  }
}
