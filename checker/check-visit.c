/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check-int.h"
#include "err.h"
#include "kbuild.h"
#include "places.h"
#include "proc.h"
#include "stage.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FILE_MAX   ((size_t)64 << 20)
#define TAIL_LINES 8

/* ---- what goes into the guest ---- */

static int lay(struct guest *g, const char *from, const char *to, struct err *e)
{
	struct buf b = BUF_INIT;
	int ret = buf_read_file(&b, from, FILE_MAX, e);

	if (ret == 0)
		ret = guest_lay_file(g, to, 0755, buf_str(&b), b.len, e);
	buf_release(&b);
	return ret;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static int list_files(struct strv *out, const char *dir, struct err *e)
{
	DIR *d = opendir(dir);
	struct dirent *de;
	int ret = 0;

	while (d && ret == 0 && (de = readdir(d)))
		if (de->d_name[0] != '.' && stage_has(dir, de->d_name))
			ret = strv_add(out, de->d_name);
	if (d)
		closedir(d);
	if (ret < 0)
		return err_set(e, ERR_ENV, ENOMEM, "cannot open the guest");
	if (out->n > 1)
		qsort(out->v, out->n, sizeof(*out->v), by_name);
	return 0;
}

static int lay_all(struct guest *g, const char *dir, struct strv *names,
		   struct err *e)
{
	char from[4300], to[300];

	if (names->n == 0 && list_files(names, dir, e) < 0)
		return -1;
	for (size_t i = 0; i < names->n; i++) {
		snprintf(from, sizeof(from), "%s/%s", dir, names->v[i]);
		snprintf(to, sizeof(to), KILN_LESSON "/%s", names->v[i]);
		if (lay(g, from, to, e) < 0)
			return -1;
	}
	return 0;
}

int visit_lay(struct check *c, struct guest *g, struct err *e)
{
	struct visit_opts *v = c->visit;
	const struct visit_request *r = v->r;
	char path[4200];

	if (v->gdb_fd)
		return check_lay_artifacts(c, g, e);
	snprintf(path, sizeof(path), "%s/bin/busybox", c->store.toolroot);
	if (lay(g, path, KILN_SHELL, e) < 0)
		return -1;
	snprintf(path, sizeof(path), "%s/" KBUILD_GUEST_DIR, c->stage);
	if (v->built && lay_all(g, path, &v->modules, e) < 0)
		return -1;
	if (c->tests && lay_all(g, c->tests, &v->programs, e) < 0)
		return -1;
	if (r->script && guest_lay_file(g, KILN_SCRIPT, 0644, r->script,
					r->script_len, e) < 0)
		return -1;
	guest_lay_shell(g, &r->line, r->script != NULL);
	return 0;
}

int visit_gdb_fd(const struct visit_opts *v)
{
	return v ? v->gdb_fd : 0;
}

/* ---- what is told afterwards ---- */

int visit_findings(struct check *c, struct visit_result *out, struct err *e)
{
	struct places_opts o = {.stage = c->stage, .tests = c->tests};

	c->ev.spec = c->req->spec;
	c->ev.log = guest_log(c->guest);
	if (!c->ev.steps)
		c->ev.steps =
			calloc(c->req->spec->nplan + 1, sizeof(*c->ev.steps));
	if (!c->ev.steps)
		return err_set(e, ERR_ENV, ENOMEM, "cannot read the log");
	places_find(&c->ev, &o);
	return grade_findings(&out->v, c->ev.log, e);
}

static void take_tail(struct visit_result *out, const struct klog *log)
{
	size_t n = klog_nlines(log);
	struct buf b = BUF_INIT;

	for (size_t i = n > TAIL_LINES ? n - TAIL_LINES : 0; i < n; i++)
		buf_addf(&b, "%s\n", klog_line(log, i).text);
	out->tail = b.len ? buf_steal(&b) : NULL;
	buf_release(&b);
}

static int be_there(struct check *c, struct visit_result *out, struct err *e)
{
	const struct visit_request *r = c->visit->r;
	struct visit_place place = {.modules = &c->visit->modules,
				    .programs = &c->visit->programs};
	int ret = 0;

	if (r->enter)
		ret = r->enter(r->arg, &place, e);
	if (ret < 0)
		return -1;
	out->entered = true;
	ret = guest_visit(c->guest, &r->line, &out->end, &out->status, e);
	if (r->leave)
		r->leave(r->arg);
	if (ret < 0)
		return -1;
	if (out->end == VISIT_RESET || out->end == VISIT_HALTED)
		take_tail(out, guest_log(c->guest));
	return visit_findings(c, out, e);
}

int visit_start(struct check *c, int (*first)(void *arg, struct err *e),
		void *arg, struct err *e)
{
	const struct check_watch *w = c->req->watch;
	int64_t began = mono_ms();
	int ret = 0;

	c->tier = TIER_BOOT;
	if (w && w->tier_begin)
		w->tier_begin(w->arg, TIER_BOOT);
	if (first)
		ret = first(arg, e);
	if (ret == 0)
		ret = check_start_guest(c, -1, e);
	if (ret == 0)
		ret = guest_files(c->guest, e);
	if (ret == 0 && !guest_alive(c->guest)) {
		err_set(e, ERR_ENV, 0, "the guest ended as it started");
		ret = err_next(e, "try again; `kiln setup --clean` makes the "
				  "warm guests again");
	}
	if (w && w->tier_end)
		w->tier_end(w->arg, TIER_BOOT, ret ? TIER_FAILED : TIER_OK,
			    mono_ms() - began);
	return ret;
}

static int visit(struct check *c, struct visit_result *out, struct err *e)
{
	int made = check_make(c, e);

	if (made < 0)
		return -1;
	out->built = c->visit->built = made > 0;
	if (!made && !c->visit->r->anyway)
		return 0;
	return visit_start(c, NULL, NULL, e) < 0 ? -1 : be_there(c, out, e);
}

int visit_boot(struct visit_result *out, const struct visit_request *r,
	       struct err *e)
{
	struct visit_opts opts = {.r = r};
	struct check c = {.req = &r->check,
			  .v = &out->v,
			  .run = RUN_DIR_INIT,
			  .warm = WARM_INIT,
			  .visit = &opts};
	int ret;

	*out = (struct visit_result){.v = {.outcome = OUTCOME_ENV_FAULT}};
	ret = visit(&c, out, e);
	check_release(&c);
	strv_release(&opts.modules);
	strv_release(&opts.programs);
	return ret;
}

void visit_release(struct visit_result *r)
{
	verdict_release(&r->v);
	free(r->tail);
	*r = (struct visit_result){.built = false};
}
