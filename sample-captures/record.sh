#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Records a sample capture: record.sh NAME
#
# Needs root and Debian 12. NAME/scenario.sh is what happens; NAME/packages, if present, names the
# Debian packages it needs, NAME/options more options of 'trailcam record'. The recording runs in UTS and mount namespaces of its own, so that host
# name, machine id and paths say nothing of the machine it was made on, and with the environment of
# a CI job. What was there before is not touched: a new capture lies beside the old.
set -eu

here=$(dirname "$(readlink -f "$0")")
name=$1
scenario=$here/$name

case ${STAGE-outside} in
outside)
	if [ -f "$scenario/packages" ]; then
		DEBIAN_FRONTEND=noninteractive xargs apt-get install -y -qq <"$scenario/packages" >/dev/null
	fi
	if [ -f "$scenario/downloads" ]; then # for a scenario that installs packages itself, offline
		DEBIAN_FRONTEND=noninteractive xargs apt-get install -y -qq --download-only \
			<"$scenario/downloads" >/dev/null
	fi
	finished=$(mktemp -u -p /run)
	mkfifo "$finished"
	# A session of its own: the first process a capture shows above the recorder is init.
	setsid --fork env -i STAGE=inside STATUS_FIFO="$finished" PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
		unshare --uts --mount --net sh "$here/record.sh" "$name" </dev/null
	read -r status <"$finished"
	rm "$finished"
	exit "$status"
	;;
inside)
	hostname runner-1
	ip link set lo up
	echo 5eed5eed5eed5eed5eed5eed5eed5eed >/run/sample-machine-id
	mount --bind /run/sample-machine-id /etc/machine-id
	mkdir -p /opt/trailcam
	mount --bind "$here/.." /opt/trailcam
	# Anew by a path that says nothing: a capture shows the programs above what it records.
	STAGE=recording exec sh /opt/trailcam/sample-captures/record.sh "$name"
	;;
recording)
	mount -t tmpfs tmpfs /home
	mount -t tmpfs tmpfs /tmp
	mkdir -p /home/runner/work/hello/hello
	chown -R 1001:1001 /home/runner
	cd /home/runner/work/hello/hello
	status=0
	# shellcheck disable=SC2046 # options are words
	env -u STAGE -u STATUS_FIFO HOME=/home/runner CI=true GITHUB_ACTIONS=true \
		GITHUB_REPOSITORY=example/hello GITHUB_SHA=2f7e1b94c0d5a863e1f02b7c9d4a5e6f70819aab \
		GITHUB_REF_NAME=17/merge GITHUB_EVENT_NAME=pull_request GITHUB_ACTOR=alice \
		GITHUB_RUN_ID=4711004711 GITHUB_RUN_ATTEMPT=1 GITHUB_JOB=build GITHUB_WORKFLOW=ci \
		/opt/trailcam/trailcam record -o "/opt/trailcam/sample-captures/$name" \
		$(cat "$scenario/options" 2>/dev/null) -- sh "/opt/trailcam/sample-captures/$name/scenario.sh" || status=$?
	rm -f /run/sample-machine-id
	echo "$status" >"$STATUS_FIFO"
	;;
esac
