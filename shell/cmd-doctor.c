/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/buf.h"
#include "checker/err.h"
#include "checker/proc.h"
#include "checker/sandbox.h"
#include "checker/server.h"
#include "checker/warm.h"
#include "cmd.h"
#include "health.h"
#include "home.h"
#include "session.h"
#include "wrap.h"

#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum {
	NEED_MB_SETUP = 5500, /* tools, kernel source and build, guest */
	NEED_MB_CHECK = 300,
	TOOL_TIMEOUT_MS = 20000,
	NOTE = 20, /* column where what is said of a piece begins */
};

struct exam {
	const struct term *t;
	struct session *s;
	unsigned broken;
};

static bool is_narrow(const struct exam *x)
{
	return x->t->width < 3 * NOTE;
}

static unsigned note_column(const struct exam *x)
{
	return is_narrow(x) ? 8 : NOTE;
}

/* "  ok    piece       note": a long note goes on below where it began. */
static void say_piece(struct exam *x, bool well, const char *piece,
		      const char *note)
{
	struct wrap w = {.width = term_prose(x->t)};
	int used = (int)strlen(piece);
	int beside = is_narrow(x) || used > NOTE - 9 ? 1 : NOTE - 9 - used;
	struct buf out = BUF_INIT;

	wrap_indent(&w, note_column(x));
	snprintf(w.first, sizeof(w.first), "  %s%-4s%s  %s%-*s ",
		 term_on(x->t, well ? TERM_GOOD : TERM_BAD),
		 well ? "ok" : "FAIL", term_off(x->t), piece, beside,
		 is_narrow(x) ? ":" : "");
	wrap_text(&out, &w, note);
	term_write(x->t, buf_str(&out), out.len);
	buf_release(&out);
}

static void fine(struct exam *x, const char *piece, const char *note)
{
	say_piece(x, true, piece, note);
}

static void fine_path(struct exam *x, const char *piece, const char *path)
{
	struct buf b = BUF_INIT;

	home_add(&b, path);
	fine(x, piece, buf_str(&b));
	buf_release(&b);
}

/* With a remedy below it. */
static void ill(struct exam *x, const char *piece, const char *what,
		const char *mend)
{
	say_piece(x, false, piece, what);
	if (mend && *mend)
		term_para(x->t, note_column(x), mend);
	x->broken++;
}

static void ill_err(struct exam *x, const char *piece, const struct err *e)
{
	ill(x, piece, e->what, e->next);
	if (e->where[0])
		term_say(x->t, "%*sat %s\n", (int)note_column(x), "", e->where);
}

/* ---- programs ---- */

/* Where PATH has @name; false: nowhere. */
static bool in_path(const char *name, char *out, size_t size)
{
	const char *p = getenv("PATH");

	while (p && *p) {
		size_t n = strcspn(p, ":");

		snprintf(out, size, "%.*s/%s", (int)n, p, name);
		if (n && access(out, X_OK) == 0)
			return true;
		p += n;
		p += *p == ':';
	}
	return false;
}

static void see_program(struct exam *x, const char *name, const char *mend)
{
	char path[4096];

	if (in_path(name, path, sizeof(path)))
		fine_path(x, name, path);
	else
		ill(x, name, "is not installed", mend);
}

/* The first line that a command prints; false, with why, when it fails. */
static bool ask(const struct strv *argv, char *out, size_t size)
{
	struct proc_result r = PROC_RESULT_INIT;
	struct proc_spec spec = PROC_SPEC_INIT;
	struct err e = ERR_INIT;
	bool ok = false;

	spec.argv = (const char *const *)argv->v;
	spec.merge = true;
	spec.timeout_ms = TOOL_TIMEOUT_MS;
	if (proc_run(&r, &spec, &e) < 0) {
		snprintf(out, size, "%s", e.what);
	} else if (r.end == PROC_SPAWN_FAILED) {
		snprintf(out, size, "%s", strerror(r.status));
	} else {
		ok = r.end == PROC_EXITED && r.status == 0;
		snprintf(out, size, "%.*s", (int)strcspn(buf_str(&r.out), "\n"),
			 buf_str(&r.out));
		if (!ok && !*out)
			snprintf(out, size, "does not run");
	}
	proc_result_release(&r);
	return ok;
}

static void see_isolation(struct exam *x)
{
	static const char *const words[] = {
		"bwrap", "--unshare-all", "--ro-bind", "/", "/", "true",
	};
	struct strv argv = STRV_INIT;
	char said[600];

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strv_add(&argv, words[i]) < 0)
			break;
	if (ask(&argv, said, sizeof(said)))
		fine(x, "isolation", "user namespaces work");
	else
		ill(x, "isolation", said,
		    "bubblewrap needs user namespaces. As root: sysctl -w "
		    "kernel.unprivileged_userns_clone=1; where AppArmor "
		    "restricts them: sysctl -w "
		    "kernel.apparmor_restrict_unprivileged_userns=0. In a "
		    "container, its runtime has to allow them.");
	strv_release(&argv);
}

/* Has @text a line "NAME:…" for this user? subuid(5). */
static bool has_subids(const char *text, const char *name, uid_t uid)
{
	char by_name[300], by_uid[40];

	snprintf(by_name, sizeof(by_name), "\n%s:", name);
	snprintf(by_uid, sizeof(by_uid), "\n%u:", (unsigned)uid);
	return strstr(text, by_name) || strstr(text, by_uid);
}

/* mmdebstrap without root installs as many users, all of them our own. */
static void see_subids(struct exam *x)
{
	struct passwd *pw = getpwuid(geteuid());
	const char *name = pw ? pw->pw_name : "";
	struct buf text = BUF_INIT;
	char mend[700];

	if (geteuid() == 0)
		return;
	buf_addc(&text, '\n');
	buf_read_file(&text, "/etc/subuid", 1 << 20, NULL);
	snprintf(mend, sizeof(mend),
		 "as root: usermod --add-subuids 100000-165535 --add-subgids "
		 "100000-165535 %.200s",
		 name);
	if (has_subids(buf_str(&text), name, geteuid()))
		fine(x, "user ids", "subordinate ones are there");
	else
		ill(x, "user ids", "none are given to you in /etc/subuid",
		    mend);
	buf_release(&text);
}

static void see_tool(struct exam *x, const char *piece, const char *program)
{
	struct strv argv = STRV_INIT;
	struct err e = ERR_INIT;
	char said[600] = "";

	if (sandbox_argv(&argv, &x->s->store, NULL, 0, "/", &e) < 0)
		ill_err(x, piece, &e);
	else if (strv_add(&argv, program) == 0 &&
		 strv_add(&argv, "--version") == 0 &&
		 ask(&argv, said, sizeof(said)))
		fine(x, piece, said);
	else
		ill(x, piece, said,
		    "the toolroot is damaged: 'kiln setup --anew' makes it "
		    "again");
	strv_release(&argv);
}

/* As editors run it: in a box of its own kind. */
static void see_server(struct exam *x, enum server which)
{
	const struct server_opts o = {.store = &x->s->store, .which = which};
	struct strv argv = STRV_INIT;
	struct err e = ERR_INIT;
	char said[600] = "";

	if (server_argv(&argv, &o, NULL, &e) < 0)
		ill_err(x, "editors", &e);
	else if (strv_add(&argv, "--version") == 0 &&
		 ask(&argv, said, sizeof(said)))
		fine(x, "editors", said);
	else
		ill(x, "editors", said,
		    "'kiln lsp' cannot give editors a language server; 'kiln "
		    "setup --anew' makes the toolroot again");
	strv_release(&argv);
}

/* ---- what the set-up makes ---- */

static bool is_set_up(const struct store *st)
{
	return store_has_toolroot(st) && store_has_linux(st);
}

static void see_made(struct exam *x)
{
	const struct machine plain = {.cpus = 1};
	const struct store *st = &x->s->store;

	if (store_has_toolroot(st))
		fine_path(x, "toolroot", st->toolroot);
	else
		ill(x, "toolroot", "has not been made", "run 'kiln setup'");
	if (store_has_linux(st))
		fine_path(x, "kernel", st->linux_dir);
	else
		ill(x, "kernel", "has not been made", "run 'kiln setup'");
	if (!is_set_up(st))
		return;
	see_tool(x, "rustc", "rustc");
	see_tool(x, "qemu", "qemu-system-x86_64");
	see_server(x, SERVER_RUST);
	see_server(x, SERVER_C);
	if (warm_exists(st, &plain))
		fine(x, "guest", "a warm guest is saved");
	else
		fine(x, "guest", "none is saved: the first check makes it");
}

static void see_disk(struct exam *x)
{
	const struct store *st = &x->s->store;
	unsigned long need = is_set_up(st) ? NEED_MB_CHECK : NEED_MB_SETUP;
	unsigned long mb;
	struct statvfs fs;
	char note[120];

	if (statvfs(st->cache, &fs) < 0) {
		ill(x, "disk", strerror(errno), NULL);
		return;
	}
	mb = (unsigned long)((unsigned long long)fs.f_bavail * fs.f_frsize >>
			     20);
	snprintf(note, sizeof(note), "%lu MB free", mb);
	if (mb >= need) {
		fine(x, "disk", note);
		return;
	}
	snprintf(note, sizeof(note), "%lu MB free, %lu needed", mb, need);
	ill(x, "disk", note,
	    "free some space, or set KILN_HOME to a folder on another disk");
}

/* ---- the learner's side ---- */

static void see_work(struct exam *x)
{
	const char *work = x->s->store.work;

	if (access(work, W_OK | X_OK) == 0)
		fine_path(x, "work", work);
	else
		ill(x, "work", strerror(errno),
		    "set KILN_WORK to a folder that you can write to");
}

static void see_lessons(struct exam *x)
{
	const struct catalogue *all = &x->s->lessons;
	char note[60];

	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].broken)
			ill_err(x, all->v[i].id, &all->v[i].error);
	snprintf(note, sizeof(note), "%zu", all->n);
	if (all->n)
		fine(x, "lessons", note);
	else
		ill(x, "lessons", "there are none",
		    "is Kiln whole? KILN_DATA says where its files are");
}

static void see_terminal(struct exam *x)
{
	const struct term *t = x->t;
	char note[120];

	snprintf(note, sizeof(note), "%s, %u columns, %s, %s%s",
		 t->tty ? "a terminal" : "no terminal", t->width,
		 t->color ? "colour" : "no colour",
		 t->utf8 ? "UTF-8" : "ASCII only",
		 t->plain ? ", plain mode" : "");
	fine(x, "screen", note);
}

static void see(struct exam *x, const char *piece,
		void (*look)(struct health *, const struct session *))
{
	struct health h;

	look(&h, x->s);
	if (h.well)
		fine(x, piece, h.note);
	else
		ill(x, piece, h.note, h.mend);
}

static int exec_doctor(struct session *s, const struct cmd_args *a)
{
	struct exam x = {.t = &s->term, .s = s};
	struct err e = ERR_INIT;

	see(&x, "version", health_version);
	see_terminal(&x);
	see(&x, "locale", health_locale);
	see(&x, "editor", health_editor);
	see_program(&x, "bwrap",
		    "apt install bubblewrap, or 'make packages' "
		    "in Kiln's folder");
	see_isolation(&x);
	if (session_open(s, &e) < 0) {
		ill_err(&x, "folders", &e);
	} else {
		if (!store_has_toolroot(&s->store)) {
			see_program(&x, "mmdebstrap",
				    "apt install mmdebstrap uidmap, or 'make "
				    "packages' in Kiln's folder");
			see_subids(&x);
		}
		see_made(&x);
		see_disk(&x);
		see_work(&x);
		see(&x, "state", health_state);
		see(&x, "progress", health_progress);
		see_lessons(&x);
	}
	term_say(x.t, "\n%s\n",
		 x.broken ? "Something is missing; see above for what to do."
			  : "All is well.");
	return x.broken ? 4 : 0;
}

const struct cmd_entry cmd_doctor_entry = {
	.name = "doctor",
	.usage = "",
	.summary = "look at each piece that Kiln needs",
	.about = "Says how to mend what is missing. Exit code 4 when "
		 "something is.",
	.exec = exec_doctor,
};
