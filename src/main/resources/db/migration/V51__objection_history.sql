-- Objections as they stood at any moment: reports tell which are to be answered, and can be made again.
SET @objections = (SELECT IF(table_type = 'SYSTEM VERSIONED', 'DO 0', 'ALTER TABLE objection ADD SYSTEM VERSIONING')
  FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'objection');

EXECUTE IMMEDIATE @objections;
