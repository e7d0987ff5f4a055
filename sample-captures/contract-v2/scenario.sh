# SPDX-License-Identifier: Apache-2.0
# Every edge of capture format 2, each caused for real: those of format 1, and what came with it. The ring is small, so that loss can be
# caused too. Whatever reads captures has to read this one, for ever.
set -eu

# The ring is small and the recorder starts anew without its rights: give it the time.
sleep 3

cat > edges.pl <<'END'
use strict;
use warnings;

sub run {
    my ($program, @argv) = @_;
    my $pid = fork // die;
    if ($pid == 0) { exec {$program} @argv or exit 127 }
    waitpid $pid, 0;
}

my $true = '/bin/true';

# Arguments: every byte but NUL, no valid UTF-8, empty ones, none at all, line feeds and escapes.
run($true, 'true', join '', map { chr } 1 .. 255);
run($true, 'true', "caf\xe9", "\xff\xfe", "ok");
run($true, 'true', '', '', 'after two empty ones');
run($true, 'true', "two\nlines", "\e[31mred\e[0m", "::error::not ours", "\xe2\x80\xaegnp.exe");
run($true, '');

# Arguments of 40,000 bytes: 32,768 are kept. And exactly as many as are kept.
run($true, 'true', map { sprintf '%07d', $_ } 1 .. 5000);
run($true, 'true', 'x' x (32768 - length("true\0") - 1));

# Names: of the file, of the directory, longer than a task name, deleted, a link, a script.
mkdir "bytes-\xff";
system 'cp', $true, "bytes-\xff/pro\xfcgram";
run("bytes-\xff/pro\xfcgram", 'program');
my $cwd = `pwd`; chomp $cwd;
chdir "bytes-\xff";
run($true, 'true', 'in a directory that is no UTF-8');
chdir $cwd;
system 'cp', $true, 'a-name-of-more-than-fifteen-bytes';
run('./a-name-of-more-than-fifteen-bytes', 'long');
symlink $true, 'link-to-true';
run('./link-to-true', './link-to-true');
open my $script, '>', 'script' or die;
print $script "#!/bin/sh -e\nexit 0\n";
close $script;
chmod 0755, 'script';
run('./script', './script', 'argument');
run('/lib64/ld-linux-x86-64.so.2', 'ld.so', $true);
run('/bin/busybox', 'busybox', 'true');

# A program that only memory holds: memfd_create is system call 319 on x86-64.
my $fd = syscall 319, my $name = 'from-memory', 0;
open my $memory, '>&=', $fd or die;
binmode $memory;
open my $binary, '<', $true or die;
binmode $binary;
{ local $/; print $memory scalar <$binary>; }
$memory->flush;
run("/proc/self/fd/$fd", 'innocent');

# The loader is told what to load first.
{
    local $ENV{LD_PRELOAD}   = '';
    local $ENV{LD_BIND_NOW}  = '1';
    local $ENV{SECRET_TOKEN} = 'never stored';
    run($true, 'true', 'with LD_PRELOAD');
}

# A directory deeper than the 96 components that are read: cwd cannot be read whole.
for (1 .. 100) {
    mkdir 'd';
    chdir 'd';
}
run($true, 'true', 'too deep');
chdir $cwd;

# More than 24 ancestors: only the nearest are read.
sub nest {
    my ($depth) = @_;
    my $pid = fork // die;
    if ($pid == 0) {
        if ($depth) { nest($depth - 1) } else { run($true, 'true', 'thirty generations down') }
        exit 0;
    }
    waitpid $pid, 0;
}
nest(30);

# Ends: by a status, by a signal, by one that dumps core, and of a process that executed nothing.
for my $end (sub { exit 7 }, sub { kill 'TERM', $$; sleep 9 }, sub { kill 'SEGV', $$; sleep 9 }) {
    my $pid = fork // die;
    if ($pid == 0) { $end->() }
    waitpid $pid, 0;
}

# Executions that fail: no such file, no right, no program, a name that is no UTF-8.
mkdir 'directory';
open my $text, '>', 'text' or die;
print $text "no program\n";
close $text;
chmod 0755, 'text';
for my $tried ('/nowhere/at-all', './directory', './text', "./caf\xe9") {
    no warnings 'exec';
    my $pid = fork // die;
    if ($pid == 0) { exec {$tried} 'tried', 'with', 'arguments' or exit 0 }
    waitpid $pid, 0;
}

# Sockets that see other programs' packets, with a filter, in promiscuous mode, and one refused.
run('/usr/bin/perl', 'perl', '-e', <<'SOCKETS');
    socket my $packet, 17, 3, 0x0300 or die;
    setsockopt $packet, 263, 1, pack('iSSa8', 1, 1, 0, '') or die;
    my $filter = pack 'SCCI', 6, 0, 0, 0;
    setsockopt $packet, 1, 26, pack('SxxxxxxP', 1, $filter) or die;
    socket my $tcp, 2, 3, 6 or die;
    socket my $six, 10, 3, 17 or die;
    socket my $refused, 17, 99, 0;
SOCKETS

# Secrets: the same one in four shapes, and one too short to be one.
run($true, 'true', '--password=hunter2-hunter2', 'https://alice:hunter2-hunter2@example.org/x');
run('/bin/sh', 'sh', '-c', '/bin/true --token hunter2-hunter2; /bin/true --password=x');

# A thread that is not its process's first executes something.
run('/usr/bin/perl', 'perl', '-Mthreads', '-e',
    'threads->create(sub { exec "/bin/true", "by a thread" })->join');

# Files of an overlay: one that came with its lower layer, one that was written into the upper.
system <<'OVERLAY';
    mkdir -p layers/lower layers/upper layers/work layers/merged
    cp /bin/true layers/lower/came-with-it
    mount -t overlay overlay -o lowerdir=layers/lower,upperdir=layers/upper,workdir=layers/work layers/merged
    cp /bin/true layers/merged/written
    layers/merged/came-with-it
    layers/merged/written
    umount layers/merged
OVERLAY

# Namespaces of its own, and pid 1 in them.
system 'unshare', '--pid', '--mount', '--fork', $true;

# Loss: forty processes at once send 30,000 bytes each into a ring of 65,536.
pipe my $gate, my $opener or die;
my @children;
for my $n (1 .. 40) {
    my $pid = fork // die;
    if ($pid == 0) {
        close $opener;
        readline $gate;
        exec {$true} 'true', "burst $n", 'y' x 30000;
    }
    push @children, $pid;
}
close $opener;
waitpid $_, 0 for @children;
sleep 1; # until the ring has been read
run($true, 'true', 'after the loss');
END
perl edges.pl
