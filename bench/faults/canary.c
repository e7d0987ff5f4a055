// SPDX-License-Identifier: Apache-2.0
/* A library that tells the file $CANARY which programs have loaded it. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

__attribute__((constructor)) static void sing(void)
{
	char exe[4096], line[4200];
	ssize_t length = readlink("/proc/self/exe", exe, sizeof(exe) - 1);
	const char *name = getenv("CANARY");
	int fd = name ? open(name, O_WRONLY | O_APPEND | O_CREAT, 0600) : -1;

	if (fd < 0)
		return;
	exe[length < 0 ? 0 : length] = 0;
	if (write(fd, line, sprintf(line, "%s\n", exe)) < 0)
		_exit(1);
	close(fd);
}
