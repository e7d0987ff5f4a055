# SPDX-License-Identifier: Apache-2.0
# secrets.pl PROGRAM LIST: prints shell commands that have secrets in their arguments, one a line;
# writes the secrets to LIST. The same each time: the seed is fixed. Token shapes are those that
# their issuers document; the values are random and open nothing.
use strict;
use warnings;

my ($program, $list) = @ARGV;
srand(20261122);

sub pick {
    my ($count, @from) = @_;
    return join '', map { $from[int rand @from] } 1 .. $count;
}
my @alnum = ('a' .. 'z', 'A' .. 'Z', 0 .. 9);
my @hex = (0 .. 9, 'a' .. 'f');
my @upper = ('A' .. 'Z', 2 .. 7);

# Tokens that show what they are, wherever they stand.
my @tokens = (
    sub { 'ghp_' . pick(36, @alnum) }, sub { 'github_pat_' . pick(22, @alnum) . '_' . pick(59, @alnum) },
    sub { 'glpat-' . pick(20, @alnum) }, sub { 'xoxb-' . pick(12, 0 .. 9) . '-' . pick(12, 0 .. 9) . '-' . pick(24, @alnum) },
    sub { 'AKIA' . pick(16, @upper) }, sub { 'sk_live_' . pick(24, @alnum) }, sub { 'npm_' . pick(36, @alnum) },
    sub { 'AIza' . pick(35, @alnum) }, sub { 'SG.' . pick(22, @alnum) . '.' . pick(43, @alnum) },
    sub { 'eyJ' . pick(33, @alnum) . '.eyJ' . pick(60, @alnum) . '.' . pick(43, @alnum) },
    sub { 'dop_v1_' . pick(64, @hex) }, sub { 'hvs.' . pick(90, @alnum) }, sub { 'pypi-AgEIcHlwaS5vcmc' . pick(80, @alnum) },
);

# Values that only their place gives away.
my @placed = (
    '--password=%s', '--password %s', '--token=%s', '--token %s', '--api-key=%s', '--client-secret=%s',
    'PASSWORD=%s', 'export DB_PASSWORD=%s', 'AWS_SECRET_ACCESS_KEY=%s', 'https://user:%s@example.org/path',
    'postgres://app:%s@db:5432/app', "-H 'Authorization: Bearer %s'", "-H 'Authorization: Basic %s'",
    "-H 'X-Api-Key: %s'", "--header='PRIVATE-TOKEN: %s'", "'{\"password\":\"%s\"}'", "'https://example.org/?access_token=%s&x=1'",
    "'Server=db;User Id=sa;Password=%s;'",
);

my @shapes = ('%s', '--value=%s', "'https://example.org/?x=%s'", "'text with %s inside'", 'NAME=%s', "-c 'run %s; run'");
open(my $out, '>', $list) or die "$list: $!\n";
sub command {
    my ($shape, $secret) = @_;
    print $out "$secret\n";
    printf "%s $shape\n", $program, $secret;
}
for my $token (@tokens) {
    command($_, $token->()) for @shapes;
}
for my $shape (@placed) {
    command($shape, pick(24, @alnum)) for 1 .. 5;
}
