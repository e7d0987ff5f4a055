// SPDX-License-Identifier: Apache-2.0
/*
 * Executes a program in a way that a shell cannot.
 *
 *   shapes memfd|thread|user|long PROGRAM [ARG...]
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

/* More than the recorder keeps of the arguments. */
#define LONG_BYTES 60000
#define NOBODY 65534

extern char **environ;

static void *execute(void *command)
{
	execve(((char **)command)[0], command, environ);
	return NULL;
}

static void from_memory(char **command)
{
	int file = open(command[0], O_RDONLY), memory = memfd_create("hidden", MFD_CLOEXEC);
	struct stat info;

	fstat(file, &info);
	while (sendfile(memory, file, NULL, info.st_size) > 0)
		;
	fexecve(memory, command, environ);
}

int main(int argc, char **argv)
{
	pthread_t thread;

	if (argc < 3)
		return 2;
	if (!strcmp(argv[1], "memfd"))
		from_memory(argv + 2);
	if (!strcmp(argv[1], "thread")) {
		pthread_create(&thread, NULL, execute, argv + 2);
		pthread_join(thread, NULL);
	}
	if (!strcmp(argv[1], "user") && !setresgid(NOBODY, NOBODY, NOBODY) &&
	    !setresuid(NOBODY, NOBODY, NOBODY))
		execute(argv + 2);
	if (!strcmp(argv[1], "long")) {
		char *word = calloc(1, LONG_BYTES + 1);
		char *command[] = { argv[2], memset(word, 'x', LONG_BYTES), NULL };

		execute(command);
	}
	perror(argv[1]);
	return 127;
}
