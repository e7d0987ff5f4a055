# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154,SC2034,SC2046 # shared with faults.sh; words are meant to split
# An environment and a working directory that would have the recorder load code or write files.
fault 'code and options for the recorder'
mkdir -p "$work/nest/lib" "$work/nest/home" "$work/nest/tmp"
printf '%s\n' +PrintFlagsFinal >"$work/nest/.hotspotrc"
printf '%s\n' 'quiet' >"$work/nest/.hotspot_compiler"
cp "$work/canary.so" "$work/nest/libjffi-1.2.so"
for library in libjli.so libz.so.1 libbpf.so.1 libelf.so.1; do
	cp "$work/canary.so" "$work/nest/lib/$library"
done
log="-Xlog:all=info:file=$work/sung-%p"
oom='-XX:OnOutOfMemoryError=touch /tmp/never'
checked=0
for variable in "JAVA_TOOL_OPTIONS=$log" "JAVA_TOOL_OPTIONS=-javaagent:$work/nest/no.jar" "_JAVA_OPTIONS=$log" \
	"_JAVA_OPTIONS=$oom" "JDK_JAVA_OPTIONS=$log" "JDK_JAVA_OPTIONS=@$work/nest/arguments" \
	"CLASSPATH=$work/nest" "LD_PRELOAD=$work/canary.so" "LD_AUDIT=$work/canary.so" \
	"LD_LIBRARY_PATH=$work/nest/lib" "GCONV_PATH=$work/nest" "MALLOC_TRACE=$work/sung-malloc" \
	"GLIBC_TUNABLES=glibc.malloc.check=3" "JAVA_OPTS=$log" "TMPDIR=$work/nest/tmp" "HOME=$work/nest/home" \
	"LOCALDOMAIN=x" "NLSPATH=$work/nest/%N" "BASH_ENV=$work/nest/rc" "ENV=$work/nest/rc" "PS4=x"; do
	begin
	name=${variable%%=*}
	rm -f "$work/heard" "$work"/sung-*
	(
		cd "$work/nest"
		# The dynamic loader serves the launcher's shell before that can say no; so whoever may set
		# this for root has root. What counts is that the recorder's java is not served.
		env CANARY="$work/heard" "$variable" "$here/../trailcam" record -q -o "$store" -- \
			/usr/bin/printenv "$name" >"$work/seen" 2>"$work/err"
	) || untell "$variable: $(head -n 1 "$work/err")"
	[ "$(cat "$work/seen")" = "${variable#*=}" ] || untell "$name reaches the command as '$(cat "$work/seen")'"
	! grep -q 'java$' "$work/heard" 2>/dev/null || untell "$variable: loaded by $(grep 'java$' "$work/heard" | head -n 1)"
	! ls "$work"/sung-* >/dev/null 2>&1 || untell "$variable: wrote $(echo "$work"/sung-*)"
	! grep -q 'Picked up' "$work/err" || untell "$variable: $(head -n 1 "$work/err")"
	checked=$((checked + 1))
done
row "0 of $checked variables heard by the recorder unless said above, each reaches the command unchanged"

# All files that any process of the recorder opens to write or to execute, where others may write.
fault 'files of others are not opened'
begin
mkdir -p "$work/outside" "$store"
(
	cd "$work/nest"
	HOME=$work/nest/home TMPDIR=$work/nest/tmp strace -f -qq -o "$work/strace" \
		-e trace=openat,open,openat2,creat,execve,execveat,mkdir,mkdirat,mknod,mknodat,symlink,symlinkat,link,linkat,rename,renameat,renameat2 \
		"$here/../trailcam" record -q -o "$store" -- /bin/true
) >"$work/err" 2>&1 || untell "$(head -n 1 "$work/err")"
# The first quoted string is the path, or the old name; a relative one is in the working directory.
# /proc/self/fd/N leads to what is open already.
awk -F'"' -v store="$store" -v nest="$work/nest" '
	/ENOENT/ || NF < 3 { next }
	/open/ && !/O_(WRONLY|RDWR|CREAT|TRUNC)/ && $2 !~ /\.(so|jar)/ { next }
	index($2, store) == 1 || $2 ~ /^\/proc\/self\/fd\// { next }
	$2 !~ /^\// || $2 ~ /^\/(tmp|var\/tmp|dev\/shm)\// || index($2, nest) == 1' "$work/strace" >"$work/opened"
opened=$(wc -l <"$work/opened")
[ "$opened" -eq 0 ] || untell "$(cat "$work/opened")"
judge 1
row "$opened files outside the store opened to write or execute in /tmp, /var/tmp, \$HOME or the working directory, of $(wc -l <"$work/strace") calls"
