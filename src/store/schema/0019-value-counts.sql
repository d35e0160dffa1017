-- With the count, so that SQLite reads the rows of a key from it: it preferred to walk all keys of the field.
DROP INDEX value_count_key;
CREATE INDEX value_count_key ON value_count (field, key, n);
