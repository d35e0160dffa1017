-- Whether a browser keeps its session once closed: showing again who one is (features/account/again.h) leaves that as it was.
ALTER TABLE session ADD COLUMN stay {int} NOT NULL DEFAULT 0;
