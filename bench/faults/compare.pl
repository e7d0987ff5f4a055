# SPDX-License-Identifier: Apache-2.0
# compare.pl WITNESSED RECORDED: how many executions a program and the recorder saw alike. Prints
# "compared, wrong counts, wrong bytes, cut and said so, unreadable and said so".
use strict;
use warnings;

sub by_pid {
    my ($name) = @_;
    my %rows;
    open(my $in, '<', $name) or die "$name: $!\n";
    while (my $line = <$in>) {
        chomp $line;
        my ($pid, @rest) = split /\t/, $line, -1;
        $rows{$pid} = \@rest;
    }
    return \%rows;
}

my ($witnessed, $recorded) = map { by_pid($_) } @ARGV;
my ($compared, $counts, $bytes, $cut, $unreadable) = (0) x 5;
for my $pid (keys %$witnessed) {
    my ($argc, $length, $hex) = @{ $witnessed->{$pid} };
    my ($r_argc, $r_length, $truncated, $faults, $r_hex) = @{ $recorded->{$pid} || [-1, -1, '', 0, 'null'] };
    $compared++;
    $counts++ if $argc != $r_argc || $length != $r_length;
    if ($faults > 0) {
        $unreadable++;
    } elsif ($truncated eq 'true') {
        # The last one may be cut anywhere; 16 KiB is less than is ever kept.
        $r_hex =~ s/00\z//;
        if (length($r_hex) >= 32768 && index($hex, $r_hex) == 0) { $cut++ } else { $bytes++ }
    } elsif ($hex ne $r_hex) {
        $bytes++;
    }
}
print "$compared $counts $bytes $cut $unreadable\n";
