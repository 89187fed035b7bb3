ALTER TABLE arrival MODIFY COLUMN outcome
  ENUM('new', 'known', 'unknown_source', 'unreadable', 'arriving') NOT NULL;
