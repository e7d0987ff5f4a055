#!/bin/sh
# Starts the witness in six ways. It changes the directory, so that a relative path means something.
WITNESS_DIRECTORY=$(dirname "$0")
export WITNESS_DIRECTORY
cd "$WITNESS_DIRECTORY" || exit 1

"$WITNESS_DIRECTORY/tool" witness.pl plain 'two words' '' "$(printf 'caf\351')"
./link witness.pl symlink
./script script
case $(uname -m) in
x86_64) loader=/lib64/ld-linux-x86-64.so.2 ;;
aarch64) loader=/lib/ld-linux-aarch64.so.1 ;;
esac
"$loader" ./tool witness.pl loader
./tool from-memory.pl witness.pl memfd
# The kernel ends the other threads, and the one that executes becomes the process.
perl -Mthreads -e 'threads->create(sub { exec { "./tool" } "./tool", @ARGV })->join' \
	witness.pl thread
exit 0
