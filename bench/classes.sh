# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Sourced: compiles hunts/ if it has changed. Sets classes and lib; needs here.
# shellcheck disable=SC2154 # whoever sources it sets here
lib=$here/../analyzer/target/dist/lib
classes=$here/../target/bench
if [ -z "$(find "$classes" -name Grow.class -newer "$here/hunts/Grow.java" 2>/dev/null)" ] ||
	[ -n "$(find "$here/hunts" -name '*.java' -newer "$classes/Grow.class")" ]; then
	mkdir -p "$classes"
	javac -d "$classes" -cp "$lib/*" "$here"/hunts/*.java
fi
