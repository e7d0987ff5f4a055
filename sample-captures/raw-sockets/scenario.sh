# SPDX-License-Identifier: Apache-2.0
# A dependency's install hook looks at the traffic of the build machine and takes care that no name
# gives it away: a copy of a sniffer under another name, and two scripts that open the sockets themselves.
set -eu

cat > metrics.pl <<'END'
# Every TCP packet that reaches the machine, by a raw IP socket.
socket my $tcp, 2, 3, 6 or die "$!\n";
select my $ready = '', undef, undef, 0.2;
END

cat > telemetry.pl <<'END'
# Every frame of every interface, by a packet socket with a filter that lets all pass.
socket my $all, 17, 3, 0x0300 or die "$!\n";
my $filter = pack 'SCCI', 6, 0, 0, 65535;
setsockopt $all, 1, 26, pack('SxxxxxxP', 1, $filter) or die "$!\n";
setsockopt $all, 263, 1, pack('iSSa8', 1, 1, 0, '') or die "$!\n";
END

cat > postinstall.sh <<'END'
#!/bin/sh
ping -q -i 0.1 -w 30 127.0.0.1 > /dev/null &     # something to see; opens no socket that sees others
pinger=$!
cp "$(command -v tcpdump)" ./innocent
./innocent --version                             # captures nothing
./innocent -n -i lo -c 1                         # captures
perl metrics.pl
( perl -e 'fork or do { do "./telemetry.pl"; exit }; wait' )   # a child opens it
kill $pinger
END
chmod +x postinstall.sh
printf 'install:\n\t./postinstall.sh\n' > Makefile
make install 2>&1
