// SPDX-License-Identifier: Apache-2.0
/*
 * Loads each program of an object on its own, and says what the verifier says.
 *
 *   load OBJECT
 */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LOG_BYTES (32 << 20)
#define LOG_TAIL 8192

/* Statistics only; include/linux/bpf_verifier.h */
#define LOG_STATS 4
#define LOG_ALL 1

static int silent(enum libbpf_print_level level, const char *format, va_list values)
{
	(void)level, (void)format, (void)values;
	return 0;
}

static int speak(enum libbpf_print_level level, const char *format, va_list values)
{
	return level == LIBBPF_DEBUG ? 0 : vfprintf(stdout, format, values);
}

static int load(const char *path, const char *name, char *log, int level)
{
	struct bpf_object *object = bpf_object__open_file(path, NULL);
	struct bpf_program *program;
	struct bpf_map *map;
	int result;

	if (!object)
		return -1;
	bpf_object__for_each_program(program, object)
		bpf_program__set_autoload(program, !strcmp(bpf_program__name(program), name));
	program = bpf_object__find_program_by_name(object, name);
	bpf_program__set_log_level(program, level);
	bpf_program__set_log_buf(program, log, LOG_BYTES);
	map = bpf_object__find_map_by_name(object, "scratches");
	if (map)
		bpf_map__set_max_entries(map, libbpf_num_possible_cpus() + 1);
	log[0] = 0;
	result = bpf_object__load(object);
	bpf_object__close(object);
	return result;
}

int main(int argc, char **argv)
{
	char *log = malloc(LOG_BYTES);
	struct bpf_program *program;
	struct bpf_object *all;
	int failed = 0;

	if (argc != 2 || !log) {
		fprintf(stderr, "usage: load OBJECT\n");
		return 2;
	}
	libbpf_set_print(silent);
	all = bpf_object__open_file(argv[1], NULL);
	if (!all) {
		perror(argv[1]);
		return 1;
	}
	bpf_object__for_each_program(program, all) {
		const char *name = bpf_program__name(program);
		const char *section = bpf_program__section_name(program);
		char *verified;
		int result;

		result = load(argv[1], name, log, LOG_STATS);
		verified = strstr(log, "processed ");
		if (result == 0) {
			printf("loads   %-16s %-34s %s\n", name, section,
			       verified ? strtok(verified, "(\n") : "");
			continue;
		}
		failed = 1;
		printf("REFUSED %-16s %-34s %s\n", name, section, strerror(-result));
		libbpf_set_print(speak);
		load(argv[1], name, log, LOG_ALL);
		libbpf_set_print(silent);
		if (strlen(log) > LOG_TAIL)
			log += strlen(log) - LOG_TAIL;
		printf("%s\n", log);
	}
	return failed;
}
