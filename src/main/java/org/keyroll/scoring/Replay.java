package org.keyroll.scoring;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** All units of a programme assessed anew on a date; nothing of it is kept. */
public final class Replay {
  private final Replays replays;
  private final Engine engine;
  private final UnitRecords records;
  private final int tiers;
  private final Statistics statistics = new Statistics();
  private final Set<Long> ended = new HashSet<>();
  private final Set<Long> reaching = new TreeSet<>();
  private final Set<Long> insufficient = new TreeSet<>();

  /** Assesses all units there were. */
  Replay(Replays replays, Engine engine, UnitRecords records, int tiers) {
    this.replays = replays;
    this.engine = engine;
    this.records = records;
    this.tiers = tiers;
    assess();
  }

  private void assess() {
    var matrix = engine.matrix();
    var reading = new Reading(false);
    boolean whole = engine.needsPopulation();
    replays.each(
        records,
        unit -> {
          engine.add(matrix, unit, reading);
          if (!unit.active()) {
            ended.add(unit.unit());
          }
          if (!whole && matrix.size() == UnitRecords.AT_ONCE) {
            judge(matrix, false);
          }
        });
    judge(matrix, whole);
  }

  private void judge(Matrix matrix, boolean fit) {
    var scores = engine.scores(matrix, statistics, fit, null);
    for (int row = 0; row < matrix.size(); row++) {
      var verdict = engine.judge(matrix, row, scores[row], statistics);
      var unit = matrix.unit(row);
      if (verdict.enters() < tiers || verdict.judged() < tiers) {
        reaching.add(unit);
      }
      if (Double.isNaN(scores[row]) && !ended.contains(unit)) {
        insufficient.add(unit);
      }
    }
    matrix.clear();
  }

  /** The units that enter a tier or of which a person may decide that they do, in order. */
  public Set<Long> reaching() {
    return reaching;
  }

  /** The units that have not ended and whose facts make no score, in order. */
  public Set<Long> insufficient() {
    return insufficient;
  }

  /** Works out the assessments of some units with all their reasons, in order of the units. */
  public void explain(Collection<Long> units, Assessor.EachAssessment each) {
    replays.some(records, units, some -> Assessor.hand(engine, statistics, some, each));
  }
}
