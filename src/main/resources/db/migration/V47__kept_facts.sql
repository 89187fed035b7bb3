-- The facts that the assessments in force were made of lie as columns in a file of the home, which
-- can be lost at any time; it counts only while it has this name in it.
ALTER TABLE programme
  ADD COLUMN IF NOT EXISTS kept_facts CHAR(36) CHARACTER SET ascii NULL AFTER assessed_by;
