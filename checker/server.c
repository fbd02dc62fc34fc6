/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "server.h"
#include "err.h"
#include "proc.h"
#include "store.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define GRACE_MS 5000 /* from the end of its input */

/*
 * Without a cargo to ask, rust-analyzer's own diagnostics are all there
 * are, so those that it holds back as experimental are wanted: types, names
 * and methods. To read all crates beforehand takes twice the memory and
 * brings nothing a file that is open does not bring.
 */
static const char rust_settings[] = "[diagnostics.experimental]\n"
				    "enable = true\n"
				    "[cachePriming]\n"
				    "enable = false\n";

/* Kernel code takes what a header includes from it, and rightly. */
static const char c_settings[] = "Diagnostics:\n"
				 "  UnusedIncludes: None\n"
				 "  MissingIncludes: None\n";

static const struct {
	const char *name;
	const char *program;
	const char *settings; /* their path in the box */
	const char *option; /* a word more, or NULL */
} servers[SERVER_N] = {
	[SERVER_RUST] = {"rust", "rust-analyzer",
			 "/kiln/config/rust-analyzer/rust-analyzer.toml", NULL},
	[SERVER_C] = {"c", "clangd", "/kiln/config/clangd/config.yaml",
		      "--header-insertion=never"},
};

enum server server_by_name(const char *name)
{
	for (unsigned i = 0; i < SERVER_N; i++)
		if (strcmp(name, servers[i].name) == 0)
			return (enum server)i;
	return SERVER_N;
}

const char *server_program(enum server w)
{
	return servers[w].program;
}

/* A regular expression for all that is in folder @path, YAML-quoted. */
static void add_pattern(struct buf *out, const char *path)
{
	buf_addc(out, '\'');
	for (; *path; path++) {
		if (strchr("\\^$.[]|()?*+{}", *path))
			buf_addc(out, '\\');
		buf_addf(out, "%s%c", *path == '\'' ? "'" : "", *path);
	}
	buf_adds(out, "/.*'");
}

static void add_quoted(struct buf *out, const char *s)
{
	buf_addc(out, '\'');
	for (; *s; s++)
		buf_addf(out, "%s%c", *s == '\'' ? "'" : "", *s);
	buf_addc(out, '\'');
}

static void add_settings(struct buf *out, const struct server_opts *o)
{
	buf_adds(out, o->which == SERVER_RUST ? rust_settings : c_settings);
	if (o->which == SERVER_RUST || !o->commands)
		return;
	/* What go-to-definition leads to is read as the lesson's files are. */
	buf_adds(out, "---\nIf:\n  PathMatch: ");
	add_pattern(out, o->store->linux_dir);
	buf_adds(out, "\nCompileFlags:\n  CompilationDatabase: ");
	add_quoted(out, o->commands);
	buf_adds(out, "\n");
}

/* A descriptor from which @b can be read, for bwrap: not close-on-exec. */
static int as_file(const struct buf *b)
{
	int fd = buf_ok(b) ? memfd_create("settings", 0) : -1;

	if (fd < 0)
		return -1;
	if (write(fd, b->data, b->len) == (ssize_t)b->len &&
	    lseek(fd, 0, SEEK_SET) == 0)
		return fd;
	close(fd);
	return -1;
}

static int add_all(struct strv *argv, const char *const *words)
{
	for (; *words; words++)
		if (strv_add(argv, *words) < 0)
			return -1;
	return 0;
}

/* Where it stands outside; by its real name as well, if it has another. */
static int add_place(struct strv *argv, const char *path)
{
	const char *words[] = {"--ro-bind", path, path, NULL};
	char *real = realpath(path, NULL);
	int r = add_all(argv, words);

	if (r == 0 && real && strcmp(real, path) != 0) {
		words[1] = words[2] = real;
		r = add_all(argv, words);
	}
	free(real);
	return r;
}

/* Not /usr as a whole: people have folders of their own below it. */
static int add_system(struct strv *argv, const struct store *s)
{
	static const char *const parts[] = {"bin",   "lib", "lib64", "libexec",
					    "share", "src", NULL};
	static const char *const links[] = {
		"--symlink", "usr/bin",	  "/bin",      "--symlink", "usr/lib",
		"/lib",	     "--symlink", "usr/lib64", "/lib64",    NULL};
	int r = 0;

	for (size_t i = 0; parts[i] && r == 0; i++) {
		r = strv_add(argv, "--ro-bind-try");
		if (r == 0)
			r = strv_addf(argv, "%s/usr/%s", s->toolroot, parts[i]);
		if (r == 0)
			r = strv_addf(argv, "/usr/%s", parts[i]);
	}
	return r == 0 ? add_all(argv, links) : -1;
}

static int add_box(struct strv *argv, const struct store *s)
{
	static const char *const first[] = {"bwrap",
					    "--unshare-all",
					    "--die-with-parent",
					    "--new-session",
					    "--tmpfs",
					    "/",
					    NULL};
	static const char *const then[] = {"--proc",
					   "/proc",
					   "--dev",
					   "/dev",
					   "--tmpfs",
					   "/tmp",
					   "--dir",
					   "/kiln/home",
					   "--clearenv",
					   "--setenv",
					   "PATH",
					   "/usr/bin",
					   "--setenv",
					   "HOME",
					   "/kiln/home",
					   "--setenv",
					   "XDG_CONFIG_HOME",
					   "/kiln/config",
					   "--setenv",
					   "LC_ALL",
					   "C.UTF-8",
					   NULL};

	if (add_all(argv, first) < 0 || add_system(argv, s) < 0 ||
	    add_all(argv, then) < 0)
		return -1;
	/* The work first, for what else is needed may lie in it. */
	if (add_place(argv, s->work) < 0 || add_place(argv, s->toolroot) < 0)
		return -1;
	return add_place(argv, s->linux_dir);
}

static int add_settings_file(struct strv *argv, const struct server_opts *o,
			     int *fd)
{
	struct buf text = BUF_INIT;

	add_settings(&text, o);
	*fd = as_file(&text);
	buf_release(&text);
	if (*fd < 0 || strv_add(argv, "--ro-bind-data") < 0 ||
	    strv_addf(argv, "%d", *fd) < 0)
		return -1;
	return strv_add(argv, servers[o->which].settings);
}

static int add_command(struct strv *argv, const struct server_opts *o)
{
	const char *const words[] = {"--chdir",
				     o->chdir ? o->chdir : o->store->work,
				     "--",
				     servers[o->which].program,
				     servers[o->which].option,
				     NULL};

	return add_all(argv, words);
}

int server_argv(struct strv *argv, const struct server_opts *o, int *settings,
		struct err *e)
{
	if (add_box(argv, o->store) == 0 &&
	    (!settings || add_settings_file(argv, o, settings) == 0) &&
	    add_command(argv, o) == 0)
		return 0;
	return err_set(e, ERR_ENV, errno, "cannot prepare the server");
}

/*
 * Until it ends. Editors are killed, and rust-analyzer for one waits for ever
 * when its input ends before the first word: so an end of the input is the
 * end of the server as well, after a while in which to go by itself.
 */
static int wait_for(struct proc *p)
{
	int64_t deadline = -1;
	int status = 0;

	while (!proc_reap(p, &status)) {
		struct pollfd fds[] = {
			{.fd = proc_pidfd(p), .events = POLLIN},
			/* No event is asked for: that nobody writes is told. */
			{.fd = deadline < 0 ? STDIN_FILENO : -1},
		};
		int64_t left = deadline < 0 ? -1 : deadline - mono_ms();

		if (deadline >= 0 && left <= 0)
			return 1;
		poll(fds, 2, (int)left);
		if (fds[1].revents)
			deadline = mono_ms() + GRACE_MS;
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

int server_serve(const struct server_opts *o, const char *const *words,
		 size_t nwords, struct err *e)
{
	struct proc_fd fds[] = {{0, 0}, {1, 1}, {2, 2}, {-1, -1}};
	struct proc_spec spec = PROC_SPEC_INIT;
	struct strv argv = STRV_INIT;
	struct proc *p = NULL;
	int settings = -1;
	int r = server_argv(&argv, o, &settings, e);

	for (size_t i = 0; i < nwords && r == 0; i++)
		if (strv_add(&argv, words[i]) < 0)
			r = err_set(e, ERR_ENV, ENOMEM,
				    "cannot prepare the server");
	fds[3] = (struct proc_fd){settings, settings};
	spec.argv = (const char *const *)argv.v;
	spec.fds = fds;
	spec.nfds = 4;
	if (r == 0)
		p = proc_start(&spec, e);
	r = p ? wait_for(p) : -1;
	if (p)
		proc_kill(p);
	if (settings >= 0)
		close(settings);
	strv_release(&argv);
	return r;
}
