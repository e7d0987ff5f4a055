// SPDX-License-Identifier: Apache-2.0
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/**
 * The comparisons of Sigma's 144 rules for processes on Linux (August 2026), by number: endswith
 * 203, contains 179, contains|all 50, startswith 11, none 11, re 9; CommandLine 238, Image 189,
 * ParentImage 17, ParentCommandLine 11, User 3, CurrentDirectory 3.
 */
final class Mix {
  private static final String[] TOOLS =
      ("ar awk base64 bash busybox cat chattr chmod chown clang cp crictl crontab curl cut dash dd"
              + " dig dmesg docker dpkg dumpcap env ettercap file find gawk gcc gdb getfacl getent"
              + " git go gpg grep groups gzip head host hostname hping3 hydra id insmod install ip"
              + " iptables java john journalctl kill kmod kubectl last ld ldd ln ls lsmod lsof make"
              + " mitmdump modprobe mount mv nc ncat netcat netstat ngrep nmap node nohup nsenter od"
              + " openssl passwd perl php ping pip pkill podman ps python3 rm rmmod rsync ruby run"
              + " runc scp screen sed service setcap setfacl sh shred socat sort ss ssh ssh-keygen"
              + " stat strace strings su sudo sysctl systemctl tail tar tcpdump tee telnet timeout"
              + " tmux touch tr truncate tshark umount unshare useradd userdel usermod vi vim w wget"
              + " whoami xargs xxd zip zsh")
          .split(" ");

  private static final String[] FRAGMENTS = {
    " -o ", " -c ", " -e ", " -r ", " -x ", " +x ", " +s ", " -i ", " -l", " -n ", "http://", "https://",
    "ftp://", "/etc/passwd", "/etc/shadow", "/etc/sudoers", "/etc/crontab", "/etc/ld.so.preload",
    "/root/", "/home/", "/.ssh/", "authorized_keys", "id_rsa", "/dev/tcp/", "/dev/shm/", "/var/tmp/",
    "/tmp/.", "/proc/self/", "/sys/fs/cgroup", "/var/run/docker.sock", "--privileged", "--no-check",
    "--output", "--pid=host", "--upload-file", "base64", "| sh", "| bash", "import socket",
    "pty.spawn", "os.system", "eval", "exec(", "chmod 777", "rm -rf /", "history -c", "HISTFILE",
    "LD_PRELOAD=", "iptables -F", "setenforce 0", "systemctl stop", "auditctl -D", "kill -9",
    "wallet", "stratum+tcp", "token", "secret", "passwd", "AKIA", "metadata", "169.254.", ".onion",
    "127.0.0.1", "0.0.0.0", "nobody", "cron", "daemon", "modprobe", ".ko", "ncat", "-lvp", " -R ",
    "tcp:", "udp:", "lo ", "eth0", "-w ", "host ", "port ", "--script", "-sS", "-p-", "dumpcap",
    "whoami", "uname -a", "id;", "nslookup", "webshell", "upload", "config", "backup", "install",
    "update", "--user", "--force", "--shell", "--batch"
  };

  private static final String[] PLACES = {"/tmp/", "/var/tmp/", "/dev/shm/", "/usr/", "/opt/", "/home/", "/root/", "/run/"};

  private static final String[] REGEXES = {
    "(nc|ncat|socat) .*[0-9]{1,3}[.][0-9]{1,3}",
    "chmod +([0-7]{3,4}|[ugoa]*[+]s)",
    "[A-Za-z0-9+/]{120,}={0,2}",
    "/dev/(tcp|udp)/[^/]+/[0-9]+",
    "(curl|wget) .*[|] *(ba|da|z)?sh",
    "python[0-9.]* -c .*socket",
    "^/(tmp|var/tmp|dev/shm)/[^/]+ ",
    "(^|/)[.][a-z]+/[.][a-z]+",
    "xmrig|minerd|cpuminer"
  };

  private final Random random;
  private final List<Item> items = new ArrayList<>();

  Mix(Random random) {
    this.random = random;
  }

  /** All of them once, with texts drawn anew. */
  List<Item> items() {
    add(183, Item.Field.IMAGE, Item.How.ENDS, 6);
    add(3, Item.Field.IMAGE, Item.How.STARTS, 3);
    add(3, Item.Field.IMAGE, Item.How.EXACT, 2);
    add(17, Item.Field.PARENT_IMAGE, Item.How.ENDS, 5);
    add(3, Item.Field.COMMAND_LINE, Item.How.ENDS, 2);
    add(165, Item.Field.COMMAND_LINE, Item.How.CONTAINS, 6);
    add(50, Item.Field.COMMAND_LINE, Item.How.CONTAINS_ALL, 3);
    add(6, Item.Field.COMMAND_LINE, Item.How.STARTS, 3);
    add(5, Item.Field.COMMAND_LINE, Item.How.EXACT, 2);
    add(9, Item.Field.COMMAND_LINE, Item.How.REGEX, 1);
    add(11, Item.Field.PARENT_COMMAND_LINE, Item.How.CONTAINS, 3);
    add(3, Item.Field.USER, Item.How.EXACT, 1);
    add(3, Item.Field.DIRECTORY, Item.How.CONTAINS, 3);
    return items;
  }

  private void add(int count, Item.Field field, Item.How how, int texts) {
    for (int i = 0; i < count; i++) {
      // Sets, since a text compared twice is compared once; most comparisons have few texts.
      TreeSet<String> drawn = new TreeSet<>();
      int least = how == Item.How.CONTAINS_ALL ? 2 : 1;
      int wanted = Math.max(least, 1 + random.nextInt(texts));
      while (drawn.size() < wanted) {
        drawn.add(text(field, how, i));
      }
      items.add(new Item(field, how, List.copyOf(drawn)));
    }
  }

  private String text(Item.Field field, Item.How how, int number) {
    return switch (how) {
      case REGEX -> REGEXES[number % REGEXES.length];
      case CONTAINS, CONTAINS_ALL ->
          field == Item.Field.DIRECTORY ? chosen(PLACES) : chosen(FRAGMENTS);
      case STARTS -> field == Item.Field.IMAGE ? chosen(PLACES) : chosen(TOOLS) + " ";
      case EXACT ->
          field == Item.Field.USER
              ? "root"
              : field == Item.Field.IMAGE ? "/usr/bin/" + chosen(TOOLS) : chosen(TOOLS);
      case ENDS -> field == Item.Field.COMMAND_LINE ? chosen(FRAGMENTS) : "/" + chosen(TOOLS);
    };
  }

  private String chosen(String[] texts) {
    return texts[random.nextInt(texts.length)];
  }
}
