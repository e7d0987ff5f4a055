// SPDX-License-Identifier: Apache-2.0
/*
 * Appends to the file $WITNESS what it was executed with, as only it can know: a line of process id,
 * number of arguments, their bytes, and the first 64 KiB of them in hexadecimal.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SHOWN = 64 << 10, MOST = 8 << 20 };

int main(int argc, char **argv)
{
	const char *digits = "0123456789abcdef";
	unsigned char *bytes = malloc(MOST);
	char *line = malloc(2 * SHOWN + 128);
	size_t length = 0;
	ssize_t got;
	int in = open("/proc/self/cmdline", O_RDONLY);
	int out = open(getenv("WITNESS"), O_WRONLY | O_APPEND | O_CREAT, 0600);

	(void)argv;
	while ((got = read(in, bytes + length, MOST - length)) > 0)
		length += got;
	int at = sprintf(line, "%d\t%d\t%zu\t", getpid(), argc, length);

	for (size_t i = 0; i < length && i < SHOWN; i++) {
		line[at++] = digits[bytes[i] >> 4];
		line[at++] = digits[bytes[i] & 15];
	}
	line[at++] = '\n';
	return write(out, line, at) == at ? 0 : 1;
}
