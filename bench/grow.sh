#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# grow.sh STORE EXECUTIONS [sample|all|PER_CAPTURE [SEED]]: grows the sample captures into a store of
# so many executions: captures like the recorded runs, one capture, or captures of so many. The same
# arguments give the same bytes.
set -eu
here=$(dirname "$(readlink -f "$0")")
umask 077
# shellcheck source=bench/classes.sh
. "$here/classes.sh"
mkdir -p "$(dirname "$1")"
exec java -cp "$classes:$lib/*" Grow "$here/../sample-captures" "$@"
