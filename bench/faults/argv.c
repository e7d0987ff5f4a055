// SPDX-License-Identifier: Apache-2.0
/*
 * Executes PROGRAM, COUNT times, with arguments that are hard to record.
 *
 *   argv MODE COUNT PROGRAM     MODE: big many none bytes text mapped racing
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { LONGEST = (128 << 10) - 1, PAGE = 4096, MAPPED = 64, RACED = 200 };

static char *filled(size_t length, char with)
{
	char *text = malloc(length + 1);

	memset(text, with, length);
	text[length] = 0;
	return text;
}

static char **vector(int count)
{
	return calloc(count + 1, sizeof(char *));
}

/* 15 arguments of the most that one may have: nearly the 2 MiB of a default stack. */
static char **big(void)
{
	char **argv = vector(15);

	for (int i = 0; i < 15; i++)
		argv[i] = filled(LONGEST, 'a' + i);
	return argv;
}

static char **many(void)
{
	char **argv = vector(100000);

	for (int i = 0; i < 100000; i++)
		if (asprintf(&argv[i], "%d", i) < 0)
			exit(1);
	return argv;
}

/* Each byte alone, all together, and a thousand bytes at random from a fixed seed. */
static char **bytes(unsigned int seed)
{
	char **argv = vector(257);

	argv[255] = malloc(256);
	argv[256] = malloc(1001);
	for (int i = 1; i < 256; i++) {
		argv[i - 1] = filled(1, i);
		argv[255][i - 1] = i;
	}
	argv[255][255] = 0;
	for (int i = 0; i < 1000; i++)
		argv[256][i] = 1 + rand_r(&seed) % 255;
	argv[256][1000] = 0;
	return argv;
}

static char **text(void)
{
	static char *argv[] = { "x (deleted)", "line\nfeed\r\n", "\033[2J\033]0;title\007", "", "",
		"\xe2\x80\xae" "gnp.exe", "::set-output name=a::b", "\"}\n{\"type\":\"end\"",
		"\xff\xfe\xc3\x28", "\xed\xa0\x80", "=1+1", "--", "\\x00", NULL };

	return argv;
}

/* One argument at the end of each page of a file that nobody has read since it was written. */
static char **mapped(void)
{
	char name[] = "/var/tmp/argv-XXXXXX";
	int fd = mkstemp(name);
	char page[PAGE];
	char **argv = vector(MAPPED);

	unlink(name);
	for (int i = 0; i < MAPPED; i++) {
		memset(page, 0, PAGE);
		sprintf(page + PAGE - 16, "mapped-%d", i);
		if (write(fd, page, PAGE) != PAGE)
			exit(1);
	}
	fsync(fd);
	posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
	char *map = mmap(NULL, (size_t)MAPPED * PAGE, PROT_READ, MAP_PRIVATE, fd, 0);

	for (int i = 0; i < MAPPED; i++)
		argv[i] = map + (size_t)i * PAGE + PAGE - 16;
	return argv;
}

static char *raced[RACED + 1];

static void *rewrite(void *unused)
{
	for (unsigned int i = 0;; i++)
		memset(raced[i % RACED], 'a' + i / RACED % 26, 64);
	return unused;
}

/* Another thread writes into the arguments until the kernel ends it in the middle of the exec. */
static char **racing(void)
{
	pthread_t thread;

	for (int i = 0; i < RACED; i++)
		raced[i] = filled(64, 'A');
	pthread_create(&thread, NULL, rewrite, NULL);
	usleep(200);
	return raced;
}

static void execute(const char *mode, int number, char *program)
{
	char **argv = NULL;

	if (strcmp(mode, "big") == 0)
		argv = big();
	else if (strcmp(mode, "many") == 0)
		argv = many();
	else if (strcmp(mode, "bytes") == 0)
		argv = bytes(number);
	else if (strcmp(mode, "text") == 0)
		argv = text();
	else if (strcmp(mode, "mapped") == 0)
		argv = mapped();
	else if (strcmp(mode, "racing") == 0)
		argv = racing();
	execve(program, argv, environ);
	perror(program);
	_exit(127);
}

int main(int argc, char **argv)
{
	if (argc != 4) {
		fprintf(stderr, "usage: argv MODE COUNT PROGRAM\n");
		return 2;
	}
	for (int i = 0; i < atoi(argv[2]); i++) {
		int status;
		pid_t child = fork();

		if (child == 0)
			execute(argv[1], i, argv[3]);
		waitpid(child, &status, 0);
		if (status != 0)
			return 1;
	}
	return 0;
}
