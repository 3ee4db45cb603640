-- Support, immersions and barriers.
CREATE TEMP TABLE helped AS
SELECT s.cooperation_id, pg_temp.q(s.held_on) AS q, s.hours, s.topic, s.by, p.participant, coalesce(p.sex, 'unknown') AS sex,
  coalesce(measure.age_group(p.birth_year, s.held_on), 'unknown') AS age_group
FROM fact.support s JOIN path p USING (cooperation_id, pathway) WHERE s.batch_to = :never;
CREATE TEMP TABLE immersed AS
SELECT i.cooperation_id, pg_temp.q(i.started_on) AS q, i.object, i.ended_on - i.started_on + 1 AS days, p.participant, coalesce(p.sex, 'unknown') AS sex,
  coalesce(measure.age_group(p.birth_year, i.started_on), 'unknown') AS age_group, coalesce(p.rsa::text, 'unknown') AS rsa,
  coalesce(p.rqth::text, 'unknown') AS rqth
FROM fact.immersion i JOIN path p USING (cooperation_id, pathway) WHERE i.batch_to = :never;
-- The first level of a barrier at entry and the last at exit, of who has left.
CREATE TEMP TABLE assessed AS
SELECT b.cooperation_id, pg_temp.q(b.assessed_on) AS q, b.barrier, b.level, b.accompanied, p.participant, coalesce(p.sex, 'unknown') AS sex,
  coalesce(measure.age_group(p.birth_year, b.assessed_on), 'unknown') AS age_group
FROM fact.barrier_assessment b JOIN path p USING (cooperation_id, pathway) WHERE b.batch_to = :never AND b.moment = 'entry';
