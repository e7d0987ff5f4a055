// SPDX-License-Identifier: Apache-2.0
/*
 * Runs COMMAND and writes into FILE, one "name value" a line: pid at once, and when it has ended
 * elapsed_ns (monotonic clock), cpu_us, the CPU time that it and all programs it started and waited
 * for have spent, peak_kib, the most memory that one of these held, and own_ticks, what it spent
 * itself, in units of sysconf(_SC_CLK_TCK). The last tells a recorder from the command it runs.
 * Exits with the command's status.
 *
 *   timed FILE COMMAND [ARG...]
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

/* Fields 14 and 15 of proc_pid_stat(5); the name before them may hold anything. */
static long ticks(pid_t pid)
{
	unsigned long user = 0, system = 0;
	char path[64], line[1024] = "";
	FILE *file;
	char *rest;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	file = fopen(path, "r");
	if (!file)
		return -1;
	rest = fgets(line, sizeof(line), file) ? strrchr(line, ')') : NULL;
	fclose(file);
	if (!rest || sscanf(rest, ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu",
			    &user, &system) != 2)
		return -1;
	return user + system;
}

int main(int argc, char **argv)
{
	FILE *file = argc < 3 ? NULL : fopen(argv[1], "we");
	long long begun, ended;
	struct rusage spent;
	siginfo_t info;
	long own;
	pid_t child;
	int status;

	if (!file) {
		fprintf(stderr, "usage: timed FILE COMMAND [ARG...]\n");
		return 2;
	}
	begun = now();
	child = fork();
	if (child == 0) {
		/* A shell's background jobs ignore these; what is measured should heed them. */
		signal(SIGINT, SIG_DFL);
		signal(SIGQUIT, SIG_DFL);
		fprintf(file, "pid %d\n", getpid());
		fflush(file);
		execvp(argv[2], argv + 2);
		perror(argv[2]);
		_exit(127);
	}
	while (waitid(P_PID, child, &info, WEXITED | WNOWAIT) < 0)
		;
	ended = now();
	own = ticks(child);
	wait4(child, &status, 0, &spent);
	fprintf(file, "elapsed_ns %lld\nown_ticks %ld\npeak_kib %ld\ncpu_us %lld\n", ended - begun, own,
		spent.ru_maxrss,
		(spent.ru_utime.tv_sec + spent.ru_stime.tv_sec) * 1000000LL +
			spent.ru_utime.tv_usec + spent.ru_stime.tv_usec);
	fclose(file);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
