# SPDX-License-Identifier: Apache-2.0
# A test dependency brings programs along and runs them in ways and from places that a name does not tell. All of them are copies
# of true(1) and echo(1). Beside each stands what honest jobs do and what must not be taken for it.
set -eu

# Programs in the places where the tools of a build keep them.
mkdir -p "$HOME/.cargo/bin" .venv/bin .libs /tmp/go-build3518135900/b001/exe /tmp/hello-2.10
for honest in "$HOME/.cargo/bin/tool" .venv/bin/tool .libs/lt-hello /tmp/go-build3518135900/b001/exe/main \
	/tmp/hello-2.10/conftest; do
	cp /bin/true "$honest"
	"$honest" built
done

cat > payload.pl <<'END'
# A program that only memory holds, and one whose file is gone: memfd_create is system call 319 on x86-64.
use strict;
use warnings;
use Fcntl 'F_SETFD';

sub run {
    my ($program, @argv) = @_;
    my $pid = fork // die;
    if ($pid == 0) { exec {$program} @argv or exit 127 }
    waitpid $pid, 0;
}

my $fd = syscall 319, my $name = 'kworker', 0;
open my $memory, '>&=', $fd or die;
binmode $memory;
open my $binary, '<', '/bin/true' or die;
binmode $binary;
{ local $/; print $memory scalar <$binary>; }
$memory->flush;
run("/proc/self/fd/$fd", '[kworker/0:1]');

system 'cp', '/bin/true', './gone';
open my $deleted, '<', './gone' or die;
fcntl $deleted, F_SETFD, 0;
unlink './gone';
run('/proc/self/fd/' . fileno($deleted), './gone');
END

cat > hook.sh <<'END'
#!/bin/sh
# The loader runs what nobody may execute.
cp /bin/echo ./data.bin
chmod 644 ./data.bin
/lib64/ld-linux-x86-64.so.2 ./data.bin through the loader
cp /bin/true /dev/shm/kdmtmpflush
/lib64/ld-linux-x86-64.so.2 --argv0 sshd --preload libm.so.6 /dev/shm/kdmtmpflush
ldd ./data.bin > ldd.txt                                       # honest: asks for the libraries
/lib64/ld-linux-x86-64.so.2 --list /bin/true > list.txt        # honest: the same

# Code in arguments.
python3 -c 'import base64; exec(base64.b64decode("cHJpbnQoNDIp"))'
python3 -c 'import pty; pty.spawn("/bin/true")' < /dev/null
perl -e 'use Socket; socket(S, PF_INET, SOCK_STREAM, getprotobyname("tcp")); if (connect(S, sockaddr_in(9, inet_aton("127.0.0.1")))) { open(STDIN, ">&S"); exec("/bin/sh -i") }'
sh -c 'echo ZWNobyBkZWNvZGVk | base64 -d | sh'
python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'  # honest: a free port
python3 -c 'import sys; print(sys.version)'                                                           # honest
perl -e 'print "configured\n"'                                                                        # honest
sh -c 'echo VE9LRU49MTIz | base64 -d > settings'                                                      # honest

# Text that is coded.
echo dG91Y2ggZnJvbS1zdGRpbgo= | base64 --decode | sh
printf 'SECRET=1' | base64 -w 0 | base64 -w 0 > twice
uuencode settings < settings > settings.uu
uudecode -o settings.again settings.uu
base64 -w 0 settings > settings.b64                                                                   # honest
base64 -d settings.b64 > settings.plain                                                               # honest

# Places where no programs are.
/dev/shm/kdmtmpflush now by itself
printf '#!/bin/sh\necho from shared memory\n' > /dev/shm/update
chmod +x /dev/shm/update
/dev/shm/update
cp /bin/true /run/ls
/var/run/ls -l
cp /bin/true /tmp/t
/tmp/t
cp /bin/true '/tmp/ bash'
'/tmp/ bash' --version

# Hidden ones.
mkdir -p "$HOME/.config/htop" /tmp/.ICE-unix
cp /bin/true "$HOME/.config/htop/defunct"
"$HOME/.config/htop/defunct"
cp /bin/true /tmp/.ICE-unix/sh
/tmp/.ICE-unix/sh
cp /bin/true ./.hidden
./.hidden
cp /bin/true "$HOME/.cargo/bin/.hidden"
"$HOME/.cargo/bin/.hidden" in a known place

# The loader is told to load something else as well.
LD_PRELOAD=libm.so.6 /bin/true preloaded
LD_AUDIT=/nowhere.so /bin/true audited
env LD_PRELOAD=libm.so.6 sh -c '/bin/true inherited; /bin/true inherited again'
stdbuf -oL /bin/true                                                                                  # honest
fakeroot -- /bin/true                                                                                 # honest
LD_LIBRARY_PATH=$PWD /bin/true                                                                        # honest

perl payload.pl
rm -f /dev/shm/kdmtmpflush /dev/shm/update /run/ls
END
chmod +x hook.sh
printf 'test:\n\t./hook.sh\n' > Makefile
make test 2>&1
