-- What persons call a delivery. It stays, whenever the delivery is looked at again.
ALTER TABLE delivery ADD COLUMN IF NOT EXISTS number INT UNSIGNED NOT NULL DEFAULT 0
  COMMENT 'delivery_id when it was received first' AFTER delivery_id;

UPDATE delivery SET number = delivery_id WHERE number = 0;

ALTER TABLE delivery ADD UNIQUE INDEX IF NOT EXISTS number (number);
