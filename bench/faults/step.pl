# SPDX-License-Identifier: Apache-2.0
# step.pl TIMES: sets CLOCK_REALTIME two seconds forth and back in turn, 2.5 seconds between, and last
# to where it would be had nobody touched it. Prints boot clock and wall clock minus boot clock,
# nanoseconds, before the first step and after each.
use strict;
use warnings;
use POSIX ();
use Time::HiRes qw(usleep);

use constant CLOCK_BOOTTIME => 7;
my $SYS_CLOCK_SETTIME = (POSIX::uname())[4] eq 'aarch64' ? 112 : 227;

# Whole numbers: a double has no room for nanoseconds since 1970.
sub nanos {
    my ($clock) = @_;
    my $time = "\0" x 16;
    my $SYS_CLOCK_GETTIME = (POSIX::uname())[4] eq 'aarch64' ? 113 : 228;
    syscall($SYS_CLOCK_GETTIME, $clock, $time) == 0 or die "clock_gettime: $!\n";
    my ($seconds, $nanos) = unpack 'qq', $time;
    return $seconds * 1_000_000_000 + $nanos;
}

sub set {
    my ($to) = @_;
    my $time = pack 'qq', int($to / 1_000_000_000), $to % 1_000_000_000;
    syscall($SYS_CLOCK_SETTIME, 0, $time) == 0 or die "clock_settime: $!\n";
}

sub offset { return nanos(0) - nanos(CLOCK_BOOTTIME) }

$| = 1;
my $times = $ARGV[0];
my $right = offset();
print nanos(CLOCK_BOOTTIME), ',', $right, "\n";
for my $i (1 .. $times) {
    usleep(2_500_000);
    set(nanos(CLOCK_BOOTTIME) + $right + ($i % 2 && $i < $times ? 2_000_000_000 : 0));
    print nanos(CLOCK_BOOTTIME), ',', offset(), "\n";
}
