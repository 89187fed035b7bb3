-- Who made a token: its person, or for a person of a department an administrator.
ALTER TABLE token
  ADD COLUMN IF NOT EXISTS made_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT ''
    COMMENT 'the person themselves, or an administrator';
UPDATE token SET made_by = person WHERE made_by = '';
