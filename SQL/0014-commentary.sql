-- What a quarterly review said and decided. Neither is a fact of a quarter's figures, so neither is ever late.

CREATE TABLE fact.commentary (
  LIKE ops.recorded INCLUDING ALL,
  commentary text NOT NULL, quarter text NOT NULL, indicator text, text text NOT NULL, author text NOT NULL,
  written_on date NOT NULL
);
CALL ops.keep_history('fact', 'commentary', '{cooperation_id,commentary}', 'daterange(NULL, NULL)');

CREATE TABLE fact.decision (
  LIKE ops.recorded INCLUDING ALL,
  decision text NOT NULL, quarter text NOT NULL, text text NOT NULL, owner text NOT NULL, due_on date,
  status text NOT NULL, closed_on date, signed_by text NOT NULL
);
CALL ops.keep_history('fact', 'decision', '{cooperation_id,decision}', 'daterange(NULL, closed_on, ''[]'')');
