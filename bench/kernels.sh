#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# kernels.sh [FLAVOUR:VERSION...]: boots kernels of the distribution in emulation, and in each of them
# loads the kernel program, records, and compares with what the recorded say of themselves.
#
# A kernel is the newest package linux-image-VERSION*-FLAVOUR. All output goes to target/kernels.
set -eu
here=$(dirname "$(readlink -f "$0")")
root=$(dirname "$here")
work=$root/target/kernels
[ $# -gt 0 ] || set -- \
	cloud-amd64:5.10. cloud-amd64:6.1. rt-amd64:6.1. cloud-amd64:6.12. rt-amd64:6.12. \
	cloud-amd64:6.19. cloud-amd64:7.3. rt-amd64:7.3. \
	cloud-arm64:6.1. cloud-arm64:6.12. cloud-arm64:7.3. arm64-16k:6.12.

# What the emulated machine runs besides the recorder.
userland='busybox-static libc6 libgcc-s1 libstdc++6 zlib1g libelf1 libbpf1 openjdk-17-jre-headless'

# Asks the mirrors that this machine uses, for two architectures and more releases, without any
# change to this machine's own packages.
sources() {
	mkdir -p "$work/apt/lists/partial" "$work/apt/cache/archives/partial" "$work/packages"
	: >"$work/apt/status"
	# shellcheck disable=SC1091 # says which release this machine runs
	release=$(. /etc/os-release && echo "$VERSION_CODENAME")
	# shellcheck disable=SC2016 # the placeholders are apt's
	apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages' | sort -u |
		while read -r mirror suite; do
			case $suite in
			"$release") suites="$release bullseye trixie $release-backports trixie-backports" ;;
			"$release-security") suites="$release-security bullseye-security trixie-security" ;;
			*) suites= ;;
			esac
			for suite in $suites; do
				echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main"
			done
		done >"$work/apt/sources"
	cat >"$work/apt/conf" <<-END
		Dir::Etc::SourceList "$work/apt/sources";
		Dir::Etc::SourceParts "/dev/null";
		Dir::Etc::Preferences "/dev/null";
		Dir::Etc::PreferencesParts "/dev/null";
		Dir::State::Lists "$work/apt/lists";
		Dir::State::Status "$work/apt/status";
		Dir::Cache "$work/apt/cache";
		APT::Architecture "amd64";
		APT::Architectures { "amd64"; "arm64"; };
		APT::Default-Release "$release";
		APT::Sandbox::User "root";
		Acquire::Languages "none";
	END
	APT_CONFIG=$work/apt/conf
	export APT_CONFIG
	apt-get -qq update
}

# fetch PACKAGE ARCHITECTURE: prints where the package lies.
fetch() {
	if ! ls "$work/packages/$1"_*_"$2.deb" >/dev/null 2>&1; then
		(cd "$work/packages" && apt-get -qq download "$1:$2" >&2)
	fi
	ls "$work/packages/$1"_*_"$2.deb"
}

# The root file system's half that does not change with the checkout.
base() {
	tree=$work/base-$1
	[ ! -f "$tree.cpio" ] || return 0
	rm -rf "$tree"
	mkdir -p "$tree"
	for package in $userland; do
		dpkg-deb --extract "$(fetch "$package" "$1")" "$tree"
	done
	rm -rf "${tree:?}/usr/share" "$tree"/usr/lib/*/gconv
	mkdir -p "$tree"/proc "$tree"/sys "$tree"/dev "$tree"/etc
	ln -s "usr/lib/jvm/java-17-openjdk-$1" "$tree/java"
	echo 'root:x:0:0:root:/:/bin/sh' >"$tree/etc/passwd"
	echo 0123456789abcdef0123456789abcdef >"$tree/etc/machine-id"
	(cd "$tree" && find . | cpio -o -H newc --quiet) >"$tree.cpio"
}

# The half that does: the launcher, the recorder, the object, what tries them.
overlay() {
	tree=$work/overlay-$1
	rm -rf "$tree"
	mkdir -p "$tree/guest" "$tree/trailcam/recorder/target/dist"
	cp "$root/trailcam" "$tree/trailcam/"
	cp -r "$root/recorder/target/dist/lib" "$root/recorder/target/dist/native" \
		"$tree/trailcam/recorder/target/dist/"
	# Training the class archive would take longer than all else here.
	touch "$tree/trailcam/recorder/target/dist/classes.jsa"
	cp "$root/bpf/src/main/resources/trailcam/bpf/exec.bpf.o" "$here/guest/shapes.sh" "$tree/guest/"
	cp "$here/guest/init" "$tree/"
	case $1 in
	amd64) cc=x86_64-linux-gnu-gcc ;;
	arm64) cc=aarch64-linux-gnu-gcc ;;
	esac
	$cc -O2 -static -o "$tree/guest/storm" "$here/storm.c"
	$cc -O2 -static -o "$tree/guest/noop" "$here/noop.c"
	$cc -O2 -static -o "$tree/guest/witness" "$here/guest/witness.c"
	$cc -O2 -static -pthread -o "$tree/guest/shapes" "$here/guest/shapes.c"
	# libbpf's headers are the same for all architectures, the library is the guest's.
	mkdir -p "$work/include"
	cp -r /usr/include/bpf "$work/include/"
	$cc -O2 -I"$work/include" -o "$tree/guest/load" "$here/guest/load.c" \
		"$(find "$work/base-$1" -name 'libbpf.so.1')" -Wl,--allow-shlib-undefined
	(cd "$tree" && find . | cpio -o -H newc --quiet) | cat "$work/base-$1.cpio" - >"$work/initrd-$1"
}

# kernel FLAVOUR VERSION ARCHITECTURE: prints where the kernel lies.
kernel() {
	package=$(apt-cache pkgnames linux-image- | sed 's/:.*//' |
		grep -E "^linux-image-$(echo "$2" | sed 's/\./\\./g').*[0-9]-$1\$" | sort -V | tail -n 1)
	[ -n "$package" ] || return 1
	# Newer releases split the image from its package.
	binary=$(echo "$package" | sed 's/^linux-image-/linux-binary-/')
	[ -z "$(apt-cache pkgnames "$binary")" ] || package=$binary
	file=$work/packages/$package
	if [ ! -f "$file" ]; then
		deb=$(fetch "$package" "$3")
		dpkg-deb --fsys-tarfile "$deb" | tar -xO --wildcards '*/vmlinuz*' >"$file.new"
		mv "$file.new" "$file"
	fi
	echo "$file"
}

# boot KERNEL ARCHITECTURE CONSOLE: the machine has two processors and switches itself off. Emulation
# is slow and works everywhere; ACCEL=kvm is for who has that.
boot() {
	case $2 in
	amd64)
		set -- "$@" ttyS0 qemu-system-x86_64 -accel "${ACCEL:-tcg,thread=multi}" -cpu max
		;;
	arm64)
		set -- "$@" ttyAMA0 qemu-system-aarch64 -accel tcg,thread=multi -M virt -cpu neoverse-n1
		;;
	esac
	kernel=$1 initrd=$work/initrd-$2 console=$3 tty=$4
	shift 4
	timeout -k 10 "${BOOT_SECONDS:-900}" nice -n 10 "$@" -smp 2 -m 3G -nographic -no-reboot -net none \
		-kernel "$kernel" -initrd "$initrd" \
		-append "console=$tty rdinit=/init quiet loglevel=1 panic=-1 STORM=${STORM:-2000}" \
		</dev/null >"$console" 2>&1
}

# unpack CONSOLE DIRECTORY: what the machine sent, if all of it arrived.
unpack() {
	tr -d '\r' <"$1" | sed -n '/^guest: begin$/,/^guest: end$/p' | grep -v '^guest:' |
		base64 -di >"$2/out.tar.gz"
	[ "$(sha256sum <"$2/out.tar.gz" | cut -d' ' -f1)" = \
		"$(tr -d '\r' <"$1" | sed -n 's/^guest: sum \([0-9a-f]*\).*/\1/p')" ] || return 1
	tar -xzf "$2/out.tar.gz" -C "$2" --no-same-owner
}

# field NAME FILE: a number of a manifest's last line, 0 when absent.
field() {
	tail -n 1 "$2" | sed -n "s/.*\"$1\":\([0-9]*\).*/\1/p" | grep . || echo 0
}

# storm OUT: the launcher's count beside the recorder's.
storm() {
	end=$(echo "$1"/capture-storm/*/manifest.jsonl)
	[ -f "$end" ] || return 0
	# storm counts what it started; itself is one execution more.
	succeeded=$(cat "$1/storm.out")
	recorded=$(field recorded "$end")
	lost=$(tail -n 1 "$end" | sed -n 's/.*"losses":{\([^}]*\)}.*/\1/p')
	counted=$(echo "$lost" | tr ',' '\n' | awk -F: '{ sum += $2 } END { print sum + 0 }')
	echo "  storm: succeeded $succeeded recorded $recorded lost $counted {$lost}" \
		"difference $((succeeded + 1 - recorded - counted))"
}

report() {
	out=$1/out
	echo "  $(cat "$out/uname.out")"
	sed 's/^/  /' "$out/load.out"
	sed 's/^/  doctor: /' "$out/doctor.out"
	for step in shapes storm machine; do
		echo "  $step: exit $(cat "$out/$step.status"), $(paste -sd';' "$out/$step.err")"
	done
	storm "$out"
	sed 's/^/  kernel log: /' "$out/dmesg.out"
	for capture in "$out"/capture-*/*; do
		[ -d "$capture" ] || continue
		status=0
		"$root/trailcam" verify "$capture" >"$1/verify" 2>&1 || status=$?
		echo "  verify $(basename "$(dirname "$capture")"): exit $status, $(tail -n 1 "$1/verify")"
	done
	if [ -d "$out/capture-shapes" ]; then
		java -cp "$root/analyzer/target/dist/lib/*" "$here/guest/Judge.java" "$out"
	fi
}

sources
"$root/trailcam" --version >/dev/null
for spec; do
	case $spec in
	*arm64*) arch=arm64 ;;
	*) arch=amd64 ;;
	esac
	echo "$spec"
	if ! image=$(kernel "${spec%%:*}" "${spec#*:}" $arch); then
		echo '  there is no such kernel'
		continue
	fi
	base $arch
	overlay $arch
	result=$work/$spec
	rm -rf "$result"
	mkdir -p "$result"
	begin=$(date +%s)
	status=0
	boot "$image" $arch "$result/console" || status=$?
	echo "  $(($(date +%s) - begin)) s, emulator's exit $status"
	if unpack "$result/console" "$result"; then
		report "$result"
	else
		echo "  it did not come to its end; its console's last lines:"
		tail -n 15 "$result/console"
	fi
done
