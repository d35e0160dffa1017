-- What lists of a great site are counted with: records and documents of search without their rows, keys by
-- themselves and by how many records have them.
CREATE INDEX record_list ON record (form, state, space, author);
CREATE INDEX value_count_key ON value_count (field, key);
CREATE INDEX value_count_n ON value_count (field, n);
CREATE INDEX search_doc_levels ON search_doc (doc, num, from_level, to_level);
