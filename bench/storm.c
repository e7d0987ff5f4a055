// SPDX-License-Identifier: Apache-2.0
/*
 * Executes PROGRAM as fast as the machine can: COUNT times on each of CPUS processors, and prints
 * how many executions succeeded. The count is the launcher's own, so it can judge a recorder.
 *
 *   storm COUNT CPUS PROGRAM [ARG...]
 */
#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static long run(long count, char **command)
{
	long succeeded = 0;

	for (long i = 0; i < count; i++) {
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
	return succeeded;
}

int main(int argc, char **argv)
{
	if (argc < 4) {
		fprintf(stderr, "usage: storm COUNT CPUS PROGRAM [ARG...]\n");
		return 2;
	}
	long count = atol(argv[1]), total = 0;
	int cpus = atoi(argv[2]);
	long *succeeded = mmap(NULL, cpus * sizeof(long), PROT_READ | PROT_WRITE,
			       MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	for (int cpu = 0; cpu < cpus; cpu++) {
		if (fork() == 0) {
			cpu_set_t set;

			CPU_ZERO(&set);
			CPU_SET(cpu, &set);
			sched_setaffinity(0, sizeof(set), &set);
			succeeded[cpu] = run(count, argv + 3);
			_exit(0);
		}
	}
	while (wait(NULL) > 0)
		;
	for (int cpu = 0; cpu < cpus; cpu++)
		total += succeeded[cpu];
	printf("%ld\n", total);
	return 0;
}
