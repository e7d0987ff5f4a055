# SPDX-License-Identifier: Apache-2.0
# Judges a capture without any code of Trailcam's.
#
#   judge.pl sealed MANIFEST CAPTURE   rows of MANIFEST's segments that CAPTURE no longer holds
#   judge.pl end CAPTURE               "REASON RECORDED LOST" of its last line, "none 0 0" without
use strict;
use warnings;
use Digest::SHA;
use JSON::PP;

# A line that is cut off or no JSON ends the list, as it does for every reader.
sub entries {
    my ($manifest) = @_;
    my @entries;
    open(my $in, '<:raw', $manifest) or return ();
    while (my $line = <$in>) {
        my $entry = eval { decode_json($line) } or last;
        push @entries, $entry;
    }
    return @entries;
}

my ($verb, @rest) = @ARGV;
if ($verb eq 'sealed') {
    my ($manifest, $capture) = @rest;
    my $lost = 0;
    for my $segment (grep { $_->{type} eq 'segment' } entries($manifest)) {
        my $hash = eval { Digest::SHA->new(256)->addfile("$capture/$segment->{file}", 'b')->hexdigest };
        $lost += $segment->{rows} unless defined $hash && $hash eq $segment->{sha256};
    }
    print "$lost\n";
} else {
    my @all = entries("$rest[0]/manifest.jsonl");
    my $end = @all ? $all[-1] : { type => 'none' };
    if ($end->{type} ne 'end') {
        print "none 0 0\n";
    } else {
        my $lost = 0;
        for my $cause (keys %{ $end->{losses} || {} }) {
            # A fork that could not be followed is no execution.
            $lost += $end->{losses}{$cause} unless $cause eq 'untracked_fork';
        }
        print "$end->{reason} $end->{recorded} $lost\n";
    }
}
