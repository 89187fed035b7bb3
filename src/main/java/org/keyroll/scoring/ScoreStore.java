package org.keyroll.scoring;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;

/**
 * Keeps the scores of a policy that looks at the population: with those of a few units, all change,
 * and nobody but a reader of the whole asks for them. A digest beside each score tells whether the
 * rest of the assessment has changed as well.
 */
final class ScoreStore {
  private static final int BITS = 12;

  /** Units in a block. */
  static final int UNITS = 1 << BITS;

  private static final int WIDTH = Double.BYTES + Integer.BYTES + Long.BYTES;
  private static final int AT_ONCE = 16;

  private final Scope scope;
  private final TreeMap<Integer, Block> blocks = new TreeMap<>();

  /** The units of one block; a unit that was never put has no digest. */
  private static final class Block {
    private final byte[] bytes;
    private final ByteBuffer data;
    private int changed;

    Block(byte[] bytes) {
      this.bytes = bytes;
      this.data = ByteBuffer.wrap(bytes);
    }
  }

  private ScoreStore(Scope scope) {
    this.scope = scope;
  }

  /** The scores of a programme that are kept here; none where its policy looks at no population. */
  static ScoreStore load(Connection connection, Scope scope) throws SQLException {
    var store = new ScoreStore(scope);
    try (var statement =
        connection.prepareStatement(
            "SELECT block, data FROM score WHERE programme_id = ? ORDER BY block")) {
      statement.setFetchSize(AT_ONCE);
      statement.setInt(1, scope.programmeId());
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          store.blocks.put(rows.getInt(1), new Block(rows.getBytes(2)));
        }
      }
    }
    return store;
  }

  private @Nullable Block block(long unit) {
    return blocks.get((int) (unit >> BITS));
  }

  private static int at(long unit) {
    return (int) (unit & (UNITS - 1)) * WIDTH;
  }

  /** Whether the score of a unit is kept here. */
  boolean has(long unit) {
    var block = block(unit);
    return block != null && digest(block, unit) != 0;
  }

  /** The score of a unit; NaN for none. */
  double score(long unit) {
    var block = block(unit);
    return block == null ? Double.NaN : block.data.getDouble(at(unit));
  }

  /** The day since which it has this score. */
  LocalDate since(long unit) {
    var block = block(unit);
    return LocalDate.ofEpochDay(block == null ? 0 : block.data.getInt(at(unit) + Double.BYTES));
  }

  private static long digest(Block block, long unit) {
    return block.data.getLong(at(unit) + Double.BYTES + Integer.BYTES);
  }

  /** What an assessment of a unit changes. */
  enum Change {
    NOTHING,
    /** The score and nothing else. */
    SCORE,
    /** More than the score. */
    REST
  }

  /**
   * Puts an assessment.
   *
   * @param digest of all that is known of the unit but its score, never 0
   * @param asOf date of the assessment
   */
  Change put(long unit, double score, long digest, LocalDate asOf) {
    var block =
        blocks.computeIfAbsent((int) (unit >> BITS), b -> new Block(new byte[UNITS * WIDTH]));
    int at = at(unit);
    long was = digest(block, unit);
    boolean same =
        was != 0
            && Double.doubleToLongBits(block.data.getDouble(at)) == Double.doubleToLongBits(score);
    if (same && was == digest) {
      return Change.NOTHING;
    }
    if (!same) {
      block.data.putDouble(at, score).putInt(at + Double.BYTES, (int) asOf.toEpochDay());
    }
    block.data.putLong(at + Double.BYTES + Integer.BYTES, digest);
    block.changed++;
    return was == digest ? Change.SCORE : Change.REST;
  }

  /** Writes the blocks that have changed. */
  void store(Connection connection, Run run) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            "REPLACE INTO score (programme_id, block, since_run, changed, data)"
                + " VALUES (?, ?, ?, ?, ?)")) {
      for (var each : blocks.entrySet()) {
        if (each.getValue().changed > 0) {
          statement.setInt(1, scope.programmeId());
          statement.setInt(2, each.getKey());
          statement.setLong(3, run.id());
          statement.setInt(4, each.getValue().changed);
          statement.setBytes(5, each.getValue().bytes);
          statement.executeUpdate();
        }
      }
    }
  }

  /** From now on the scores of a programme are those of its assessments. */
  static void drop(Connection connection, Scope scope) throws SQLException {
    try (var statement = connection.prepareStatement("DELETE FROM score WHERE programme_id = ?")) {
      statement.setInt(1, scope.programmeId());
      statement.executeUpdate();
    }
  }
}
