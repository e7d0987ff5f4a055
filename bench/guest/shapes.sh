#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Starts the witness in every way that makes names lie.

# shape NAME COMMAND...
shape() {
	SHAPE=$1
	export SHAPE
	shift
	"$@"
}

cd /work || exit 1
cp /guest/witness witness
ln -s witness link
printf '#!/work/witness -w\n' >script
chmod +x script
deep=$(printf 'level/%.0s' 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24)
mkdir -p "/work/$deep"

shape plain /work/witness one 'two words' ''
shape relative ./witness
shape symlink ./link
shape script ./script argument
shape bind /mnt/witness
cd "/work/$deep" && shape deep /work/witness
cd /
shape root /work/witness
shape memfd /guest/shapes memfd /work/witness
shape thread /guest/shapes thread /work/witness
shape user /guest/shapes user /work/witness
shape long /guest/shapes long /work/witness
shape bytes /work/witness "$(printf '\377\376')"
shape loader env LD_PRELOAD=/none LD_LIBRARY_PATH=/none /work/witness
shape unshare unshare --pid --mount --net --fork --mount-proc /work/witness
shape cgroup sh -c 'echo $$ >/sys/fs/cgroup/job/cgroup.procs; exec /work/witness'
exec 3</work/witness
rm /work/witness
shape deleted /proc/self/fd/3

# What fails, what is killed, what listens.
/none
/etc
sh -c 'kill -9 $$'
sh -c 'exit 3'
exit 0
