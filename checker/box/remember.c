/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * remember: stands before the compilers in the box's PATH, under their
 * names, and answers from memory what Kbuild asks them before every build.
 *
 * Half of the time that a small module takes is Kbuild's probing: some
 * forty runs of clang and rustc on /dev/null or a line of standard input, to
 * learn which options they take. For the same compilers, kernel and
 * configuration the answers do not change, so they are written down once
 * (checker/memory.h) and read from then on. Only probes are answered so;
 * whatever names a file to compile goes straight to the compiler, and so
 * does a probe that has not been seen.
 *
 * An entry is a file beside this program, named by a hash of the words and
 * of standard input; it holds both, so that a collision is a miss. Entries
 * are written when KILN_REMEMBER is set.
 */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define TEXT_MOST 65536

struct text {
	char data[TEXT_MOST];
	size_t len;
	bool too_long;
};

static struct text key, answer_out, answer_err;

static void add(struct text *t, const char *s, size_t n)
{
	if (n > sizeof(t->data) - t->len) {
		t->too_long = true;
		return;
	}
	memcpy(t->data + t->len, s, n);
	t->len += n;
}

static bool has(char **argv, const char *word)
{
	for (; *argv; argv++)
		if (strcmp(*argv, word) == 0)
			return true;
	return false;
}

/* "-" stands for standard input, where it is the last word. */
static bool reads_stdin(char **argv)
{
	while (argv[1])
		argv++;
	return strcmp(*argv, "-") == 0;
}

static bool is_probe(char **argv)
{
	return has(argv, "/dev/null") || has(argv, "--version") ||
	       has(argv, "-v") || reads_stdin(argv);
}

/* Kbuild's scratch folder is .tmp_PID: the number says nothing. */
static void add_word(const char *word)
{
	const char *tmp = strstr(word, ".tmp_");

	if (!tmp) {
		add(&key, word, strlen(word) + 1);
		return;
	}
	add(&key, word, (size_t)(tmp - word) + strlen(".tmp_"));
	tmp += strlen(".tmp_");
	while (isdigit((unsigned char)*tmp))
		tmp++;
	add(&key, tmp, strlen(tmp) + 1);
}

/* Take standard input into the key, and leave a copy of it to be read. */
static int keep_stdin(void)
{
	int fd = memfd_create("stdin", 0);
	char chunk[4096];
	ssize_t n;

	while ((n = read(0, chunk, sizeof(chunk))) > 0) {
		add(&key, chunk, (size_t)n);
		if (write(fd, chunk, (size_t)n) != n)
			return -1;
	}
	if (n < 0 || lseek(fd, 0, SEEK_SET) < 0)
		return -1;
	return dup2(fd, 0) < 0 ? -1 : 0;
}

/* FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/ */
static uint64_t hash(const struct text *t)
{
	uint64_t h = 0xcbf29ce484222325u;

	for (size_t i = 0; i < t->len; i++)
		h = (h ^ (unsigned char)t->data[i]) * 0x100000001b3u;
	return h;
}

static bool read_text(FILE *f, struct text *t, size_t len)
{
	if (len > sizeof(t->data))
		return false;
	t->len = fread(t->data, 1, len, f);
	return t->len == len;
}

/* Kbuild looks at nothing but the status; but what was asked for is there. */
static void make_output(char **argv)
{
	for (; argv[0] && argv[1]; argv++) {
		if (strcmp(argv[0], "-o") != 0 ||
		    strcmp(argv[1], "/dev/null") == 0)
			continue;
		close(open(argv[1], O_WRONLY | O_CREAT, 0644));
	}
}

/* Answer from memory, and end; or come back. */
static void recall(const char *path, char **argv)
{
	static struct text have;
	size_t key_len, out_len, err_len;
	FILE *f = fopen(path, "r");
	int status;

	if (!f)
		return;
	if (fscanf(f, "%d %zu %zu %zu", &status, &key_len, &out_len,
		   &err_len) == 4 &&
	    fgetc(f) == '\n' && read_text(f, &have, key_len) &&
	    key_len == key.len && memcmp(have.data, key.data, key.len) == 0 &&
	    read_text(f, &answer_out, out_len) &&
	    read_text(f, &answer_err, err_len)) {
		if (status == 0)
			make_output(argv);
		fwrite(answer_out.data, 1, out_len, stdout);
		fwrite(answer_err.data, 1, err_len, stderr);
		exit(status);
	}
	fclose(f);
}

static void take(int fd, int to, struct text *t)
{
	static char chunk[TEXT_MOST + 1];
	ssize_t n = pread(fd, chunk, sizeof(chunk), 0);

	if (n <= 0)
		return;
	add(t, chunk, (size_t)n);
	if (write(to, chunk, (size_t)n) != n)
		t->too_long = true;
}

static void write_down(const char *path, int status)
{
	FILE *f;

	if (key.too_long || answer_out.too_long || answer_err.too_long)
		return;
	f = fopen(path, "w");
	if (!f)
		return;
	fprintf(f, "%d %zu %zu %zu\n", status, key.len, answer_out.len,
		answer_err.len);
	fwrite(key.data, 1, key.len, f);
	fwrite(answer_out.data, 1, answer_out.len, f);
	fwrite(answer_err.data, 1, answer_err.len, f);
	if (fclose(f) != 0)
		unlink(path);
}

/* Ask the compiler itself, pass on what it says, and write it down. */
static int learn(const char *path, const char *real, char **argv)
{
	int out = memfd_create("out", MFD_CLOEXEC);
	int err = memfd_create("err", MFD_CLOEXEC);
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		dup2(out, 1);
		dup2(err, 2);
		execv(real, argv);
		_exit(127);
	}
	if (pid < 0 || waitpid(pid, &status, 0) < 0 || !WIFEXITED(status))
		return 127;
	take(out, 1, &answer_out);
	take(err, 2, &answer_err);
	/* A tool that is not there may be there tomorrow. */
	if (WEXITSTATUS(status) != 127)
		write_down(path, WEXITSTATUS(status));
	return WEXITSTATUS(status);
}

/* The folder that this program is in, with a slash at its end. */
static int find_folder(char *folder, size_t size)
{
	ssize_t n = readlink("/proc/self/exe", folder, size - 1);

	if (n <= 0)
		return -1;
	folder[n] = '\0';
	strrchr(folder, '/')[1] = '\0';
	return 0;
}

int main(int argc, char **argv)
{
	const char *name = strrchr(argv[0], '/');
	char real[256], folder[3800], path[4096];

	(void)argc;
	name = name ? name + 1 : argv[0];
	snprintf(real, sizeof(real), "/usr/bin/%s", name);
	if (is_probe(argv) && find_folder(folder, sizeof(folder)) == 0) {
		add_word(name);
		for (char **a = argv + 1; *a; a++)
			add_word(*a);
		if (reads_stdin(argv) && keep_stdin() < 0)
			return 127;
		snprintf(path, sizeof(path), "%s%016llx", folder,
			 (unsigned long long)hash(&key));
		if (getenv("KILN_REMEMBER"))
			return learn(path, real, argv);
		if (!key.too_long)
			recall(path, argv);
	}
	execv(real, argv);
	fprintf(stderr, "%s: %s\n", real, strerror(errno));
	return 127;
}
