# SPDX-License-Identifier: Apache-2.0
# What an honest CI job does: install packages, build GNU hello from source, run its tests. On the
# way it comes near the names of sniffers, in every way that is none of our business.
set -eu

# The checkout, which a real job finds in place: the source of hello in Debian 12. Fetch it with
#   (mkdir -p target/sample-sources && cd target/sample-sources && apt-get source hello)
cp -a /opt/trailcam/target/sample-sources/hello-2.10 .
chown -R 1001:1001 hello-2.10

# Two packages that nobody needs twice; the second step leaves the machine as it was.
apt-get install -y --no-install-recommends tree bc
tree --version
echo '6 * 7' | bc
apt-get remove -y tree bc

cat > build.sh <<'END'
set -eu
cd hello-2.10
./configure --quiet
make --silent
make --silent check
./hello --greeting='built in CI'

# Near misses: names in arguments, object files, groups and containers, never a sniffer's execution.
printf 'int tcpdump_version(void) { return 4; }\n' > tcpdump.c
gcc -c tcpdump.c -o tcpdump.o
ls -l tcpdump.c tcpdump.o
grep -c tcpdump tcpdump.c
which tcpdump tshark ettercap || true
apt-get install --dry-run -qq tcpdump mitmproxy > /dev/null || true
getent group wireshark || true
mkdir -p containers/mitm_nginx
printf '#!/bin/sh\necho started "$0"\n' > containers/mitm_nginx/start-mitm_nginx
chmod +x containers/mitm_nginx/start-mitm_nginx
containers/mitm_nginx/start-mitm_nginx --name mitm_nginx
man tcpdump > /dev/null 2>&1 || true
END
setpriv --reuid=1001 --regid=1001 --clear-groups sh build.sh
