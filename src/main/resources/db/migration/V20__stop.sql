ALTER TABLE run ADD COLUMN IF NOT EXISTS stop_asked_by VARCHAR(191) NULL
  COMMENT 'who asks it to stop before its next part; null for nobody';
