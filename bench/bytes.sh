#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# bytes.sh CAPTURE: bytes per execution, of the capture and of the same events as JSON lines.
set -eu
here=$(dirname "$(readlink -f "$0")")
capture=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/ToJson.java" <<-'END'
	import java.sql.DriverManager;
	class ToJson {
	  public static void main(String[] a) throws Exception {
	    try (var c = DriverManager.getConnection("jdbc:duckdb:"); var s = c.createStatement()) {
	      s.execute("COPY (FROM read_parquet('" + a[0] + "/exec-*.parquet') ORDER BY boot_ns) TO '" + a[1] + "' (FORMAT json)");
	    }
	  }
	}
END
java -cp "$here/../analyzer/target/dist/lib/*" "$work/ToJson.java" "$capture" "$work/events.json"
rows=$(wc -l <"$work/events.json")
report() { printf '%-24s %10d bytes %8.1f each\n' "$1" "$2" "$(echo "$2 $rows" | awk '{ print $1 / $2 }')"; }
echo "$rows executions"
report 'capture, all its files' "$(cat "$capture"/*.parquet "$capture"/manifest.jsonl | wc -c)"
report 'JSON lines' "$(wc -c <"$work/events.json")"
report 'JSON lines, zstd -3' "$(zstd -3 -q -c "$work/events.json" | wc -c)"
report 'JSON lines, zstd -19' "$(zstd -19 -q -c "$work/events.json" | wc -c)"
