-- The rules of a source are named by its own definition: rule:<id>.
ALTER TABLE rejection MODIFY rule VARCHAR(80) NOT NULL;
