-- A file that was answered comes back mended.
ALTER TABLE delivery
  ADD COLUMN IF NOT EXISTS corrects INT UNSIGNED NULL COMMENT 'delivery whose answer this is, mended';
