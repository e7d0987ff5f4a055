#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# grow.sh STORE EXECUTIONS [sample|all|PER_CAPTURE [SEED]]: grows the sample captures into a store of
# so many executions: captures like the recorded runs, one capture, or captures of so many. The same
# arguments give the same bytes.
set -eu
here=$(dirname "$(readlink -f "$0")")
lib=$here/../analyzer/target/dist/lib
classes=$here/../target/bench
umask 077
if [ -z "$(find "$classes" -name Grow.class -newer "$here/hunts/Grow.java" 2>/dev/null)" ] ||
	[ -n "$(find "$here/hunts" -name '*.java' -newer "$classes/Grow.class")" ]; then
	mkdir -p "$classes"
	javac -d "$classes" -cp "$lib/*" "$here"/hunts/*.java
fi
mkdir -p "$(dirname "$1")"
exec java -cp "$classes:$lib/*" Grow "$here/../sample-captures" "$@"
