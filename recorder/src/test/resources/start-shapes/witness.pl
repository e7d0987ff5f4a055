# Writes down what this process knows of itself: witness.pl SHAPE [ARGUMENT...]
use strict;
use warnings;

sub slurp { open my $in, '<', $_[0] or die "$_[0]: $!"; local $/; my $all = <$in>; $all }
sub argv_of { my $all = slurp("/proc/$_[0]/cmdline"); $all =~ s/\0\z//; $all }
sub link_of { my $to = readlink $_[0]; $to =~ s/ \(deleted\)\z//; $to }
sub namespace { (readlink "/proc/self/ns/$_[0]") =~ /(\d+)/; $1 }

my $stat = slurp('/proc/self/stat');
$stat =~ s/^.*\) //s;
my %fact = (
    shape       => $ARGV[0],
    pid         => $$,
    exe         => link_of('/proc/self/exe'),
    inode       => (stat '/proc/self/exe')[1],
    cwd         => link_of('/proc/self/cwd'),
    argv        => argv_of('self'),
    start       => (split ' ', $stat)[19],
    parent_exe  => link_of('/proc/' . getppid . '/exe'),
    parent_argv => argv_of(getppid),
    map { ("${_}_ns" => namespace($_)) } qw(mnt pid net user)
);
open my $out, '>>', "$ENV{WITNESS_DIRECTORY}/testimony" or die;
print $out join(' ', map { "$_=" . unpack 'H*', $fact{$_} } sort keys %fact), "\n";
