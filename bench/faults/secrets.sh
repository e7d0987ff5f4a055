# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154,SC2034,SC2046 # shared with faults.sh; words are meant to split
# Secrets of many kinds, each as many shapes of argument; none may be found in any byte of a
# capture, neither in the spool, while the recorder is stopped, nor in what is sealed.
fault 'secrets in the spool'
begin
perl "$here/faults/secrets.pl" "$work/noop" "$work/secrets" >"$work/commands"
mkfifo "$work/go"
# shellcheck disable=SC2016 # the recorded shell expands them
"$trailcam" record -q -o "$store" -- sh -c '. "$1"; read -r _ <"$2"' sh "$work/commands" "$work/go" \
	2>"$work/err" &
recorder=$!
await_spool $recorder
# The fifo is opened when the last command has run; the collector needs a tenth of a second then.
perl -e 'open(my $go, ">", $ARGV[0]) or die; select(undef, undef, undef, 1.0);
	kill STOP => $ARGV[1]; system(@ARGV[2 .. $#ARGV]); kill CONT => $ARGV[1]; print $go "\n"' \
	"$work/go" $recorder sh -c "cat '$store'/*/spool/*.spool '$store'/*/manifest.jsonl >'$work/spooled'"
wait $recorder || untell 'failed'
kinds=$(wc -l <"$work/secrets")
shapes=$(grep -c . "$work/commands")
frames=$(grep -c -a "$work/noop" "$work/spooled" || true)
found=$(grep -a -o -F -f "$work/secrets" "$work/spooled" | sort -u | wc -l)
[ "$frames" -gt 0 ] || untell 'the spool holds no command at all'
[ "$found" -eq 0 ] || untell "$(grep -a -o -F -f "$work/secrets" "$work/spooled" | sort -u | head -n 10 | paste -sd' ')"
judge $((shapes + 1))
row "$kinds secrets in $shapes commands, $(wc -c <"$work/spooled") bytes: $found found"
fault 'secrets in what is sealed'
tries=1
cat "$capture"/* >"$work/sealed" 2>/dev/null || true
for table in exec exit failed socket process file; do
	! ls "$capture/$table"-*.parquet >/dev/null 2>&1 || ask "$capture" "FROM ${table}s" >>"$work/sealed"
done
# Masks must leave the rest: each command is there, and has a mark in place of its secret.
marked=$(ask "$capture" "SELECT count(*) FILTER (secrets_masked > 0), count(*) FROM execs WHERE exe LIKE '%/noop'" | tr '\t' /)
found=$(grep -a -o -F -f "$work/secrets" "$work/sealed" | sort -u | wc -l)
[ "$found" -eq 0 ] || untell "$(grep -a -o -F -f "$work/secrets" "$work/sealed" | sort -u | head -n 20 | paste -sd' ')"
row "$(wc -c <"$work/sealed") bytes, rows decoded: $found of $kinds found; $marked commands have marks"
rm -f "$work/go"
