-- Reference: dated parameters shared by every cooperation, kept with their history like any fact.

CREATE TABLE reference.exit_motif (
  LIKE ops.recorded INCLUDING ALL,
  code integer NOT NULL, valid_from date NOT NULL, label text NOT NULL, class text NOT NULL,
  sureness text NOT NULL, note text
);
ALTER TABLE reference.exit_motif DROP COLUMN cooperation_id;
CALL ops.keep_history('reference', 'exit_motif', '{code,valid_from}');

CREATE TABLE reference.etp_base (
  LIKE ops.recorded INCLUDING ALL,
  kind text NOT NULL, valid_from date NOT NULL, hours numeric NOT NULL CHECK (hours > 0),
  nature text NOT NULL, source text NOT NULL
);
ALTER TABLE reference.etp_base DROP COLUMN cooperation_id;
CALL ops.keep_history('reference', 'etp_base', '{kind,valid_from}');

CREATE TABLE reference.aide_au_poste (
  LIKE ops.recorded INCLUDING ALL,
  kind text NOT NULL, zone text NOT NULL, valid_from date NOT NULL, amount_eur numeric NOT NULL,
  source text NOT NULL
);
ALTER TABLE reference.aide_au_poste DROP COLUMN cooperation_id;
CALL ops.keep_history('reference', 'aide_au_poste', '{kind,zone,valid_from}');
