# SPDX-License-Identifier: Apache-2.0
# signal.pl SIGNAL MOMENT STORE: sends its parent, the recorder, a signal; then exits with status 7.
use strict;
use warnings;
use Time::HiRes qw(usleep);

my ($signal, $moment, $store) = @ARGV;
my $recorder = getppid();
if ($moment eq 'recording') {
    # The spool is there once nothing is left of the recorder with rights.
    for (1 .. 1200) {
        last if glob("$store/*/spool/*.spool");
        usleep(50_000);
    }
    usleep(200_000);
}
kill $signal, $recorder;
usleep(1_000_000);
exit 7;
