// SPDX-License-Identifier: Apache-2.0
/*
 * Makes COUNT system calls of one kind and prints nanoseconds of CPU time a call: what watching
 * system calls costs everybody else. The kinds: getppid (the cheapest, watched by nobody), socket (a UNIX socket
 * opened and closed: two calls), setsockopt (SO_REUSEADDR on a UNIX socket), absent (execve of a
 * program that is not there).
 *
 *   calls COUNT [KIND]
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return t.tv_sec * 1e9 + t.tv_nsec;
}

int main(int argc, char **argv)
{
	long count = argc > 1 ? atol(argv[1]) : 10000000;
	const char *kind = argc > 2 ? argv[2] : "getppid";
	char *command[] = { "/absent/absent", NULL };
	int unix_socket = socket(AF_UNIX, SOCK_STREAM, 0), on = 1;
	double begun = now();

	if (!strcmp(kind, "getppid"))
		for (long i = 0; i < count; i++)
			syscall(SYS_getppid);
	else if (!strcmp(kind, "socket"))
		for (long i = 0; i < count; i++)
			close(socket(AF_UNIX, SOCK_STREAM, 0));
	else if (!strcmp(kind, "setsockopt"))
		for (long i = 0; i < count; i++)
			setsockopt(unix_socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	else if (!strcmp(kind, "absent"))
		for (long i = 0; i < count; i++)
			execve(command[0], command, NULL);
	else
		return 2;
	printf("%.2f\n", (now() - begun) / count);
	return 0;
}
