// What version 6 of the state file makes of version 5 (tables_5.cpp): the steps of a command stand with it in
// the journal, in one text, instead of in a table and an index of their own, which every command wrote to
// several times; and the activity log is searched without an index, as it is seldom asked for.
namespace azid::store {

extern const char version_6[];

const char version_6[] = R"sql(
ALTER TABLE journal ADD COLUMN
  steps       TEXT   /* JSON array of objects: what the systems did for it, in order */;

-- Steps from before azid kept a journal are in a row without a line.
INSERT INTO journal (id, at, kind, line, correlation, status)
  SELECT 0, min(at), '', '', '', '' FROM events WHERE journal_id IS NULL HAVING count(*) > 0;
UPDATE journal SET steps = (
  SELECT json_group_array(json(step)) FROM (
    SELECT json_object('at', at, 'system', system, 'what', what, 'actor', actor, 'subject', subject,
      'actorName', actor_name, 'sender', sender, 'receiver', receiver,
      'details', json(CASE WHEN json_valid(details) THEN details END)) AS step
    FROM events WHERE journal_id IS nullif(journal.id, 0) ORDER BY events.id))
  WHERE id IN (SELECT ifnull(journal_id, 0) FROM events);

DROP INDEX IF EXISTS events_by_journal;
DROP TABLE events;
DROP INDEX IF EXISTS activity_log_by_time;
)sql";

}  // namespace azid::store
