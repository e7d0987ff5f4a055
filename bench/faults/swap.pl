# SPDX-License-Identifier: Apache-2.0
# swap.pl STORE VICTIM MILLIS: waits for a capture in STORE, and then so long; renames it to "aside" and
# puts a link to VICTIM in its place.
use strict;
use warnings;
use Time::HiRes qw(usleep);

my ($store, $victim, $millis) = @ARGV;
for (1 .. 600_000) {
    opendir(my $in, $store) or die "$store: $!\n";
    my ($capture) = grep { !/^\./ } readdir $in;
    if (defined $capture) {
        usleep($millis * 1000);
        rename "$store/$capture", "$store/aside" or die "rename: $!\n";
        symlink $victim, "$store/$capture" or die "symlink: $!\n";
        exit 0;
    }
    usleep(50);
}
exit 1;
