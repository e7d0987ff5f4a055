// SPDX-License-Identifier: Apache-2.0
/*
 * Appends to the file named by the variable TESTIMONY, as one line of JSON, what this process sees of
 * itself under /proc. The columns have the names of a capture's.
 */
#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

static void text(FILE *out, const char *name, const char *value)
{
	fprintf(out, "\"%s\":\"", name);
	for (; *value; value++)
		fprintf(out, *value == '"' || *value == '\\' ? "\\%c" : "%c", *value);
	fputs("\",", out);
}

static void link_text(FILE *out, const char *name, const char *path)
{
	char target[8192] = "";
	ssize_t n = readlink(path, target, sizeof(target) - 1);

	target[n < 0 ? 0 : n] = 0;
	text(out, name, target);
}

static void namespace(FILE *out, const char *name, const char *path)
{
	struct stat info = {};

	stat(path, &info);
	fprintf(out, "\"%s\":%lu,", name, (unsigned long)info.st_ino);
}

/* The last word of the line of a file that begins with a prefix. */
static char *last_word(const char *path, const char *prefix)
{
	static char line[8192];
	FILE *in = fopen(path, "r");
	char *word;

	while (in && fgets(line, sizeof(line), in)) {
		if (strncmp(line, prefix, strlen(prefix)))
			continue;
		line[strcspn(line, "\n")] = 0;
		fclose(in);
		word = line + strlen(line);
		while (word > line && !isspace((unsigned char)word[-1]))
			word--;
		return word;
	}
	if (in)
		fclose(in);
	return "";
}

int main(int argc, char **argv)
{
	const char *path = getenv("TESTIMONY");
	struct stat exe = {};
	FILE *out = path ? fopen(path, "a") : NULL;
	size_t bytes = 0;

	if (!out)
		return 1;
	for (int i = 0; i < argc; i++)
		bytes += strlen(argv[i]) + 1;
	stat("/proc/self/exe", &exe);
	fputc('{', out);
	text(out, "shape", getenv("SHAPE") ? getenv("SHAPE") : "");
	fprintf(out, "\"ns_pid\":%d,", getpid());
	link_text(out, "exe", "/proc/self/exe");
	link_text(out, "cwd", "/proc/self/cwd");
	text(out, "comm", last_word("/proc/self/comm", ""));
	text(out, "cgroup", last_word("/proc/self/cgroup", "0::") + strlen("0::"));
	fprintf(out, "\"argc\":%d,\"argv_bytes\":%zu,", argc, bytes);
	fprintf(out, "\"uid\":%u,\"euid\":%u,\"gid\":%u,", getuid(), geteuid(), getgid());
	fprintf(out, "\"login_uid\":%s,", last_word("/proc/self/loginuid", ""));
	fprintf(out, "\"caps_effective\":%llu,",
		strtoull(last_word("/proc/self/status", "CapEff:"), NULL, 16));
	namespace(out, "mnt_ns", "/proc/self/ns/mnt");
	namespace(out, "pid_ns", "/proc/self/ns/pid");
	namespace(out, "net_ns", "/proc/self/ns/net");
	namespace(out, "user_ns", "/proc/self/ns/user");
	fprintf(out, "\"inode\":%lu,\"nlink\":%lu,\"mode\":%u}\n", (unsigned long)exe.st_ino,
		(unsigned long)exe.st_nlink, exe.st_mode);
	return fclose(out) != 0;
}
