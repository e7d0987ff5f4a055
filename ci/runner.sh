# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# What ci/start and ci/stop have in common: how they talk to the CI system. Sourced, not run.
# shellcheck disable=SC2034,SC2154 # they set $here, and read what is set here

root=$(dirname "$here")
github=${GITHUB_ACTIONS-}
muted=

as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		"$here/as-root" "$@"
	else
		sudo -n "$here/as-root" "$@"
	fi
}

random() {
	od -A n -N 16 -t x1 /dev/urandom | tr -d ' \n'
}

# From here on a GitHub runner takes nothing that is printed for a command. What Trailcam prints is
# inert by itself; this holds even where that, or a program it starts, has a fault.
mute() {
	if [ "$github" = true ]; then
		muted=$(random)
		echo "::stop-commands::$muted"
	fi
}

unmute() {
	if [ -n "$muted" ]; then
		echo "::$muted::"
		muted=
	fi
}

# A sentence of ours, at the top of the run's page too. A percent sign would begin an escape there,
# and a line break would end the command.
say() {
	if [ "$github" = true ]; then
		was_muted=$muted
		unmute
		printf '::%s title=Trailcam::%s\n' "$1" "$2" | sed 's/%/%25/g; s/\r/%0D/g'
		[ -z "$was_muted" ] || mute
	else
		echo "trailcam: $1: $2" >&2
	fi
}

# Sets an output of the step. The value may hold anything but the delimiter, which nobody can guess.
output() {
	if [ -n "${GITHUB_OUTPUT-}" ]; then
		delimiter=$(random)
		printf '%s<<%s\n%s\n%s\n' "$1" "$delimiter" "$2" "$delimiter" >>"$GITHUB_OUTPUT"
	fi
	echo "trailcam: $1: $2"
}

# yes NAME VALUE: whether a switch is on. A typing error must not switch a check off.
yes() {
	case $2 in
	true) return 0 ;;
	false) return 1 ;;
	*) usage "$1 must be true or false, not '$2'" ;;
	esac
}

usage() {
	say error "$1"
	exit 2
}
