// SPDX-License-Identifier: Apache-2.0
/*
 * Executes PROGRAM as fast as it can for MILLIS milliseconds, writes how many executions succeeded
 * to COUNT, and then sends SIGNAL (0: none) to its parent: the recorder that started it. What was
 * counted had all happened before the signal, so the count can judge what the recorder kept.
 *
 *   pulse MILLIS SIGNAL COUNT PROGRAM
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static long long now_millis(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

int main(int argc, char **argv)
{
	if (argc != 5) {
		fprintf(stderr, "usage: pulse MILLIS SIGNAL COUNT PROGRAM\n");
		return 2;
	}
	char *command[] = { argv[4], NULL };
	long long end = now_millis() + atol(argv[1]);
	long succeeded = 0;

	while (now_millis() < end) {
		volatile int failed = 0;
		pid_t child = vfork();
		int status;

		if (child == 0) {
			execve(command[0], command, environ);
			failed = 1;	/* vfork: the parent sees it */
			_exit(127);
		}
		if (child < 0)
			continue;
		waitpid(child, &status, 0);
		succeeded += !failed;
	}
	FILE *count = fopen(argv[3], "w");

	/* This program itself was executed too. */
	if (!count || fprintf(count, "%ld\n", succeeded + 1) < 0 || fclose(count) != 0)
		return 1;
	if (atoi(argv[2]) != 0)
		kill(getppid(), atoi(argv[2]));
	return 0;
}
