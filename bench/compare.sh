#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Records a CI build four times and compares: compare.sh DIR
#
# Needs root, npm, python3, make, gcc and tcpdump, and no network. Three builds are as they always were; in the fourth a
# dependency comes in a new version, whose install hook looks at the traffic of the machine.
set -eu

trailcam=$(dirname "$(readlink -f "$0")")/../trailcam
mkdir -p "$1"
store=$(readlink -f "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir "$work/source"
for module in 1 2 3 4 5 6 7 8; do
	echo "int f$module(int x) { return x + $module; }" >"$work/source/f$module.c"
done
echo 'int f1(int); int main(void) { return f1(-1); }' >"$work/source/main.c"
cat >"$work/source/Makefile" <<'END'
objects = main.o f1.o f2.o f3.o f4.o f5.o f6.o f7.o f8.o
app: $(objects)
	$(CC) -O2 -o $@ $(objects)
check: app
	./app && sh -c 'f=$$(mktemp) && sort Makefile >"$$f" && sha256sum "$$f" && rm "$$f"'
END
echo '{"name":"app","version":"1.0.0","scripts":{"test":"node -e 0"}}' >"$work/source/package.json"

# What the job runs, each time in a directory of another name.
cat >"$work/build.sh" <<'END'
set -eu
cd "$(mktemp -d)"
cp -r "$SOURCE"/. .
npm install --offline --no-audit --no-fund --foreground-scripts "$HELPER"
make -j2 check
npm test
python3 -m venv --without-pip venv
venv/bin/python -c 'import json, subprocess; subprocess.run(["date", "-u"], check=True)'
tar -czf "app-1.0.$GITHUB_RUN_ID.tar.gz" app
END

# helper VERSION HOOK: a package with an install hook
helper() {
	mkdir -p "$work/$1/package"
	printf '{"name":"helper","version":"%s","scripts":{"postinstall":"%s"}}\n' "$1" "$2" \
		>"$work/$1/package/package.json"
	tar -czf "$work/helper-$1.tgz" -C "$work/$1" package
}
helper 1.0.0 'node -p process.version'
helper 1.0.1 'node -p process.version; timeout 1 tcpdump -n -i lo -c 1 || true'

# run ID COMMIT VERSION
run() {
	mkdir -p "$store/$1"
	env CI=true GITHUB_ACTIONS=true GITHUB_REPOSITORY=example/app GITHUB_SHA="$2" GITHUB_REF_NAME=main \
		GITHUB_EVENT_NAME=push GITHUB_ACTOR=alice GITHUB_RUN_ID="$1" GITHUB_RUN_ATTEMPT=1 \
		GITHUB_JOB=build GITHUB_WORKFLOW=ci SOURCE="$work/source" \
		HELPER="$work/helper-$3.tgz" "$trailcam" record -q -o "$store/$1" -- sh "$work/build.sh" >"$work/log" 2>&1 ||
		{ cat "$work/log" >&2 && exit 1; }
}
run 4709 1111111111111111111111111111111111111111 1.0.0
run 4710 2222222222222222222222222222222222222222 1.0.0
run 4711 3333333333333333333333333333333333333333 1.0.0
run 4712 4444444444444444444444444444444444444444 1.0.1

echo "4711 against 4709 and 4710:"
"$trailcam" compare "$store/4709" "$store/4710" --head "$store/4711" || echo "exit $?"
echo
echo "4712 against the three before:"
"$trailcam" compare "$store/4709" "$store/4710" "$store/4711" --head "$store/4712" || echo "exit $?"
