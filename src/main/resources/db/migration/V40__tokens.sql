-- What a token is good for: reading alone, or all that its person may but make tokens and register.
ALTER TABLE token
  ADD COLUMN IF NOT EXISTS acts TINYINT UNSIGNED NOT NULL DEFAULT 0
    COMMENT 'whether it also sends files, decides and launches';
