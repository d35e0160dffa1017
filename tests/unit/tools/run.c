#include "run.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[64];

void run_program(struct run *run, const char *const *argv)
{
	int ends[2];
	if (pipe(ends) != 0) abort();
	pid_t pid = fork();
	if (pid < 0) abort();
	if (pid == 0) {
		dup2(ends[1], 1);
		dup2(ends[1], 2);
		close(ends[0]);
		close(ends[1]);
		execvp(argv[0], (char *const *)argv);
		_exit(127);
	}
	close(ends[1]);
	size_t len = 0;
	char dropped[4096];
	for (;;) {
		size_t room = sizeof(run->output) - 1 - len;
		ssize_t got = room ? read(ends[0], run->output + len, room) : read(ends[0], dropped, sizeof(dropped));
		if (got <= 0) break;
		if (room) len += (size_t)got;
	}
	close(ends[0]);
	run->output[len] = '\0';
	int status;
	if (waitpid(pid, &status, 0) != pid) abort();
	run->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

const char *run_folder(void)
{
	if (folder[0]) return folder;
	snprintf(folder, sizeof(folder), "/tmp/parvis-tools-XXXXXX");
	if (mkdtemp(folder) == NULL) abort();
	return folder;
}

const char *run_path(const char *name)
{
	static char paths[8][256];
	static int next;
	char *path = paths[next++ % 8];
	snprintf(path, sizeof(paths[0]), "%s/%s", run_folder(), name);
	return path;
}

const char *run_write(const char *name, const char *content)
{
	const char *path = run_path(name);
	FILE *file = fopen(path, "wb");
	if (file == NULL || fputs(content, file) < 0 || fclose(file) != 0) abort();
	return path;
}

void run_clean(void)
{
	if (folder[0] == '\0') return;
	DIR *dir = opendir(folder);
	for (struct dirent *entry; dir && (entry = readdir(dir)) != NULL;)
		if (entry->d_name[0] != '.') unlink(run_path(entry->d_name));
	if (dir) closedir(dir);
	rmdir(folder);
	folder[0] = '\0';
}
