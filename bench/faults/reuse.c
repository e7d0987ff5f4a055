// SPDX-License-Identifier: Apache-2.0
/*
 * Uses up process ids: COUNT times a child whose own child executes PROGRAM with what both know of
 * themselves: process id of the parent, its start in clock ticks since boot, process id of itself.
 *
 *   reuse COUNT PROGRAM
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* Field 22 of /proc/PID/stat; the name of the program, field 2, is in parentheses. */
static unsigned long long own_start(void)
{
	char text[1024];
	int fd = open("/proc/self/stat", O_RDONLY);
	ssize_t got = read(fd, text, sizeof(text) - 1);
	unsigned long long start = 0;

	close(fd);
	text[got < 0 ? 0 : got] = 0;
	char *at = strrchr(text, ')');

	for (int field = 2; at && field < 22; field++)
		at = strchr(at + 1, ' ');
	if (at)
		sscanf(at, " %llu", &start);
	return start;
}

static int child(char *program)
{
	char parent[32], start[32], self[32];
	int status;

	sprintf(parent, "%d", getpid());
	sprintf(start, "%llu", own_start());
	pid_t pid = fork();

	if (pid == 0) {
		sprintf(self, "%d", getpid());
		execve(program, (char *[]){ program, parent, start, self, NULL }, environ);
		_exit(127);
	}
	return pid > 0 && waitpid(pid, &status, 0) == pid && status == 0 ? 0 : 1;
}

int main(int argc, char **argv)
{
	long executed = 0;

	if (argc != 3) {
		fprintf(stderr, "usage: reuse COUNT PROGRAM\n");
		return 2;
	}
	for (long i = 0; i < atol(argv[1]); i++) {
		int status;
		pid_t pid = fork();

		if (pid == 0)
			_exit(child(argv[2]));
		if (pid > 0 && waitpid(pid, &status, 0) == pid && status == 0)
			executed++;
	}
	printf("%ld\n", executed);
	return 0;
}
