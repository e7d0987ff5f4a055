# SPDX-License-Identifier: Apache-2.0
# Mounts a FUSE file system that answers nothing, ever: hanging-fuse.pl PLACE MODE-OF-ROOT
# Says "mounted", and takes it away when its standard input ends.
use strict;
use warnings;

my ($place, $mode) = @ARGV;
$^F = 255; # mount must inherit the descriptor
open my $fuse, '+<', '/dev/fuse' or exit 77;
my $options = sprintf 'fd=%d,rootmode=%s,user_id=0,group_id=0', fileno $fuse, $mode;
system('mount', '-i', '-t', 'fuse', '-o', $options, 'hanging', $place) == 0 or exit 77;
$| = 1;
print "mounted\n";
<STDIN>;
system 'umount', '-l', $place;
