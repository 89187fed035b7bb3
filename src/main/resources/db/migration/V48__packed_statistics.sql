-- A sorted column of a large population takes a third of its room as differences.
ALTER TABLE statistic
  ADD COLUMN IF NOT EXISTS packed TINYINT UNSIGNED NOT NULL DEFAULT 0
    COMMENT '1: not doubles but the differences of ascending ones, see PackedColumn' AFTER part;
