-- Why a file was refused, so that its sender can be told in the language of the programme.
ALTER TABLE delivery
  ADD COLUMN IF NOT EXISTS refusal TEXT NULL COMMENT 'JSON: code, place and values';
