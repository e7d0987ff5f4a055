#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# repetition.sh STORE: how much of a grown store repeats, beside the recorded build it was grown from.
# "within a capture" is the mean over its builds; temporary are the executions with a name that is
# another in each run.
set -eu
here=$(dirname "$(readlink -f "$0")")
query() { # SQL
	java -cp "$here/../analyzer/target/dist/lib/*" "$here/Query.java" "$1"
}
quoted() { # TEXT
	printf "'%s'" "$(printf %s "$1" | sed "s/'/''/g")"
}
facts() { # NAME FILES CONDITION
	query "SET enable_progress_bar = false;
		CREATE TABLE e AS
		SELECT capture_id, hash(exe) AS x, hash(argv) AS a, hash(exe, filename, argv) AS s,
			hash(exe, filename, argv, parent_exe, parent_argv, cwd) AS f,
			regexp_matches(array_to_string(argv, ' '),
				'(/cc|\\btmp\\.|\\bconf(?:test)?|/tmp/[a-z]+[.-])([A-Za-z0-9]{6}|[A-Za-z0-9]{10}|[0-9]{3,7})\\b') AS t
		FROM read_parquet($2);
		SELECT concat_ws(' | ', '| $1', count(*), count(DISTINCT x), count(DISTINCT a),
			round(100.0 * count(DISTINCT a) / count(*), 1) || ' %', count(DISTINCT s), count(DISTINCT f),
			round(100.0 * count(*) FILTER (t) / count(*), 1) || ' %',
			(SELECT round(100.0 * avg(share), 1) || ' %' FROM (
				SELECT count(DISTINCT a) / count(*) AS share FROM e GROUP BY capture_id HAVING count(*) > 1000))) || ' |'
		FROM e"
}
echo '| | executions | exe | argv | share | exe, filename, argv | and parent, directory | temporary | argv within a capture |'
echo '|---|---|---|---|---|---|---|---|---|'
facts 'benign-ci-build' "$(quoted "$here/../sample-captures/benign-ci-build/*/exec-*.parquet")"
facts 'store' "$(quoted "$1/*/*/*/exec-*.parquet")"
