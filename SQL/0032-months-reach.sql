-- Hours of a month move none of the months before it.
CREATE OR REPLACE VIEW measure.reach (entity, source_table, back_to) AS VALUES
  ('activity', 'monthly_activity', 'month'),
  ('convention_months', 'monthly_activity', 'month'),
  -- the hours of the year of exit decide whether an exit is examined
  ('exits', 'monthly_activity', 'year'),
  -- those of the quarter, whether who is trained, helped or hosted is served
  ('trainings', 'monthly_activity', 'month'),
  ('supports', 'monthly_activity', 'month'),
  ('immersions', 'monthly_activity', 'month'),
  ('finance', 'finance_line', 'month'),
  ('materials', 'material_flow', 'month'),
  ('clause_hours', 'clause_hours', 'month'),
  ('observations', 'observation', 'month'),
  ('months', 'finance_line', 'month'),
  -- a month without hours is there until the next one that has some, or the end: none before the month itself
  ('months', 'monthly_activity', 'month'),
  ('months', 'observation', 'month'),
  ('months', 'import', 'nothing'),
  ('deliveries', 'import', 'reception');
CALL access.protect_all();
