# SPDX-License-Identifier: Apache-2.0
# A dependency's install hook looks at the traffic of the build machine with what it finds there.
set -eu

cat > postinstall.sh <<'END'
#!/bin/sh
# Something to see: a packet every tenth of a second on the loopback device.
ping -q -i 0.1 -w 30 127.0.0.1 > /dev/null &
pinger=$!

tcpdump --version                                   # by its name
tcpdump -n -i lo -c 1 -w loopback.pcap              # a live capture
/usr/bin/tcpdump -n -r loopback.pcap                # by its path; reads a file, captures nothing
ln -s "$(command -v tcpdump)" ./network-check       # a link with a harmless name
./network-check -n -i lo -c 1
sh -c 'exec tcpdump -n -i lo -c 1'                  # a shell that becomes one
/lib64/ld-linux-x86-64.so.2 "$(command -v tcpdump)" -n -i lo -c 1
tshark -q -i lo -c 1                                # starts dumpcap, which captures
tshark -D                                           # starts dumpcap, lists devices only
ngrep -q -d lo -n 1 '' icmp
timeout 2 dsniff -i lo
cp "$(command -v tcpdump)" ./innocent               # a copy under another name: not found
./innocent --version
kill $pinger
END
chmod +x postinstall.sh
printf 'install:\n\t./postinstall.sh\n' > Makefile
make install 2>&1
