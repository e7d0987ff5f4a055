-- id: sniffers
-- version: 2
-- title: A sniffer was executed
-- description: Something that captures packets was executed.
-- severity: high
-- status: test
-- attack:
--   tactics: [TA0007]
--   techniques: [T1040]
-- surface: 1
SELECT exec_id, 'It runs ' || exe AS reason
FROM execs
WHERE array_contains(program_names, 'tcpdump');
