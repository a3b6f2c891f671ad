-- When a clerk first asked the form's author something: for the report on finished weeks, after the question itself is gone.
ALTER TABLE record ADD COLUMN asked_at INTEGER;
