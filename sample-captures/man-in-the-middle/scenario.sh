# SPDX-License-Identifier: Apache-2.0
# A test step places itself between a client and a server, in a network namespace with nothing else.
set -eu

mkdir www
echo 'hello from the server' > www/index.html
python3 -m http.server --bind 127.0.0.1 --directory www 18000 > server.log 2>&1 &
server=$!

cat > intercept.sh <<'END'
#!/bin/bash
# mitmproxy is a Python script: the kernel runs python3 for it.
mitmdump --quiet --listen-host 127.0.0.1 -p 18080 -w flows > mitmdump.log 2>&1 &
proxy=$!
for try in 1 2 3 4 5 6 7 8 9 10; do
	if curl -s --max-time 5 --proxy http://127.0.0.1:18080 --noproxy '' http://127.0.0.1:18000/; then
		break
	fi
	sleep 1
done
kill $proxy
wait $proxy
mitmproxy --version
python3 /usr/bin/mitmweb --version                  # told to the interpreter by its path
ettercap --version
timeout 3 ettercap -T -q -i lo                      # poisons nothing: there is nobody else
timeout 5 bettercap -iface lo -no-history -eval 'net.show; quit'
timeout 2 arpspoof -i lo -t 127.0.0.2 127.0.0.1
exit 0
END
chmod +x intercept.sh
./intercept.sh 2>&1
kill $server
