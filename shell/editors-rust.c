/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rust-project.json: the crates of the kernel and those of a lesson, for
 * rust-analyzer (its book: "Non-Cargo Based Projects").
 */
#include "checker/buf.h"
#include "checker/err.h"
#include "checker/store.h"
#include "editors-int.h"
#include "lesson.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CFG_MAX ((size_t)1 << 20)

/* The document under way. */
struct project {
	const struct editors_facts *f;
	json_t *crates;
	int index
		[EDITORS_NCRATES]; /* in .crates; -1: this kernel has no such crate */
	char *library; /* the folder of the toolroot's core */
	char edition[8]; /* of core */
	struct strv cfg; /* the kernel's configuration */
};

/* ---- what is read ---- */

static int read_cfg(struct project *p, struct err *e)
{
	struct buf path = BUF_INIT;
	struct buf b = BUF_INIT;
	int r;

	buf_addf(&path, "%s/build/include/generated/rustc_cfg",
		 p->f->store->linux_dir);
	r = buf_read_file(&b, buf_str(&path), CFG_MAX, e);
	for (const char *at = buf_str(&b); r == 0 && *at;) {
		size_t n = strcspn(at, "\n");

		if (n > 6 && strncmp(at, "--cfg=", 6) == 0 &&
		    strv_addf(&p->cfg, "%.*s", (int)n - 6, at + 6) < 0)
			r = err_set(e, ERR_ENV, ENOMEM,
				    "cannot read the "
				    "kernel's configuration");
		at += at[n] ? n + 1 : n;
	}
	buf_release(&path);
	buf_release(&b);
	return r;
}

/* Its Cargo.toml says; rustc 1.87 moved to another. */
static void read_edition(struct project *p)
{
	struct buf path = BUF_INIT;
	struct buf b = BUF_INIT;
	const char *at = NULL;

	snprintf(p->edition, sizeof(p->edition), "2021");
	buf_addf(&path, "%s/core/Cargo.toml", p->library);
	if (buf_read_file(&b, buf_str(&path), CFG_MAX, NULL) == 0)
		at = strstr(buf_str(&b), "\nedition = \"");
	if (at && strcspn(at + 12, "\"") == 4)
		snprintf(p->edition, sizeof(p->edition), "%.4s", at + 12);
	buf_release(&path);
	buf_release(&b);
}

/* ---- crates ---- */

static json_t *string_list(const struct strv *v)
{
	json_t *a = json_array();

	for (size_t i = 0; i < v->n; i++)
		json_array_append_new(a, json_string(v->v[i]));
	return a;
}

static int index_of(const struct project *p, const char *name, size_t len)
{
	for (size_t i = 0; i < EDITORS_NCRATES; i++)
		if (strlen(editors_crates[i].name) == len &&
		    memcmp(editors_crates[i].name, name, len) == 0)
			return p->index[i];
	return -1;
}

/* A crate that this kernel does not have is left out. */
static void add_dep(const struct project *p, json_t *deps, const char *name,
		    size_t len)
{
	int i = index_of(p, name, len);

	if (i >= 0)
		json_array_append_new(deps, json_pack("{si,ss%}", "crate", i,
						      "name", name, len));
}

/* The next of @words, which it moves past; its length, 0 at the end. */
static size_t next_word(const char **words, const char **word)
{
	size_t n;

	if (!*words)
		return 0;
	*word = *words + strspn(*words, " ");
	n = strcspn(*word, " ");
	*words = *word + n;
	return n;
}

static void set_objtree(const struct project *p, json_t *env)
{
	struct buf b = BUF_INIT;

	buf_addf(&b, "%s/build", p->f->store->linux_dir);
	json_object_set_new(env, "OBJTREE", json_string(buf_str(&b)));
	buf_release(&b);
}

/* The folders whose files belong to it; bindgen's are in the build. */
static json_t *source_of(const struct project *p, const struct editors_crate *c)
{
	const char *dir = p->f->store->linux_dir;

	return json_pack("{s:[o,o],s:[]}", "include_dirs",
			 json_sprintf("%s/src/rust/%s", dir, c->name),
			 json_sprintf("%s/build/rust", dir), "exclude_dirs");
}

static void fill_kind(const struct project *p, json_t *o, json_t *env,
		      const struct editors_crate *c)
{
	const char *dir = p->f->store->linux_dir;

	if (c->kind == CRATE_PROC) {
		json_object_set_new(o, "is_proc_macro", json_true());
		json_object_set_new(
			o, "proc_macro_dylib_path",
			json_sprintf("%s/build/rust/lib%s.so", dir, c->name));
	}
	if (c->kind == CRATE_GENERATED) {
		json_object_set_new(o, "source", source_of(p, c));
		json_object_set_new(o, "cfg", string_list(&p->cfg));
		set_objtree(p, env);
	}
}

static json_t *make_crate(const struct project *p,
			  const struct editors_crate *c, const char *root)
{
	json_t *deps = json_array();
	json_t *cfg = json_array();
	json_t *env = json_object();
	const char *dep_words = c->deps, *cfg_words = c->cfgs;
	const char *word;
	json_t *o;
	size_t n;

	while ((n = next_word(&dep_words, &word)))
		add_dep(p, deps, word, n);
	while ((n = next_word(&cfg_words, &word)))
		json_array_append_new(cfg, json_stringn(word, n));
	if (c->env[0])
		json_object_set_new(env, c->env[0], json_string(c->env[1]));
	o = json_pack("{ss,ss,ss,sb,so,so,so}", "display_name", c->name,
		      "root_module", root, "edition",
		      c->kind == CRATE_CORE ? p->edition : "2021",
		      "is_workspace_member", 0, "deps", deps, "cfg", cfg, "env",
		      env);
	if (o)
		fill_kind(p, o, env, c);
	return o;
}

static void add_kernel(struct project *p)
{
	struct buf root = BUF_INIT;

	for (size_t i = 0; i < EDITORS_NCRATES; i++) {
		const struct editors_crate *c = &editors_crates[i];

		buf_clear(&root);
		if (c->kind == CRATE_CORE)
			buf_addf(&root, "%s/%s", p->library, c->root);
		else
			buf_addf(&root, "%s/src/rust/%s",
				 p->f->store->linux_dir, c->root);
		p->index[i] = -1;
		if (access(buf_str(&root), R_OK) < 0)
			continue;
		p->index[i] = (int)json_array_size(p->crates);
		json_array_append_new(p->crates,
				      make_crate(p, c, buf_str(&root)));
	}
	buf_release(&root);
}

/* ---- the lesson's ---- */

/* The kernel's configuration where the command names it, and more. */
static json_t *cfgs_of(const struct project *p, const struct kbuild_command *c)
{
	json_t *cfg = json_array();

	for (size_t i = 0; i < c->argv.n; i++) {
		const char *word = c->argv.v[i];

		if (*word == '@' && strstr(word, "/rustc_cfg")) {
			json_t *kernel = string_list(&p->cfg);

			json_array_extend(cfg, kernel);
			json_decref(kernel);
		} else if (strcmp(word, "--cfg") == 0 && i + 1 < c->argv.n) {
			json_array_append_new(cfg, json_string(c->argv.v[++i]));
		} else if (strncmp(word, "--cfg=", 6) == 0) {
			json_array_append_new(cfg, json_string(word + 6));
		}
	}
	return cfg;
}

static json_t *deps_of(const struct project *p, const struct kbuild_command *c)
{
	json_t *deps = json_array();

	add_dep(p, deps, "core", 4);
	for (size_t i = 0; i + 1 < c->argv.n; i++)
		if (strcmp(c->argv.v[i], "--extern") == 0)
			add_dep(p, deps, c->argv.v[i + 1],
				strlen(c->argv.v[i + 1]));
	return deps;
}

static json_t *env_of(const struct project *p, const struct kbuild_command *c)
{
	json_t *env = json_object();
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < c->env.n; i++) {
		const char *eq = strchr(c->env.v[i], '=');

		buf_clear(&b);
		editors_outside(&b, p->f, eq + 1);
		json_object_setn_new(env, c->env.v[i],
				     (size_t)(eq - c->env.v[i]),
				     json_string(buf_str(&b)));
	}
	buf_release(&b);
	return env;
}

static const char *edition_of(const struct kbuild_command *c)
{
	for (size_t i = 0; i < c->argv.n; i++)
		if (strncmp(c->argv.v[i], "--edition=", 10) == 0)
			return c->argv.v[i] + 10;
	return "2021";
}

/* "store_rs" of "src/store_rs.rs": what rustc would call the crate. */
static json_t *crate_name(const char *file)
{
	const char *slash = strrchr(file, '/');
	const char *name = slash ? slash + 1 : file;
	char out[128];
	size_t n = strcspn(name, ".");

	snprintf(out, sizeof(out), "%.*s", (int)n, name);
	for (char *p = out; *p; p++)
		if (*p == '-')
			*p = '_';
	return json_string(out);
}

static void add_lesson(struct project *p)
{
	for (size_t i = 0; i < p->f->commands.n; i++) {
		const struct kbuild_command *c = &p->f->commands.v[i];

		if (!c->rust)
			continue;
		json_array_append_new(
			p->crates,
			json_pack("{so,so,ss,sb,so,so,so}", "display_name",
				  crate_name(c->file), "root_module",
				  json_sprintf("%s/%s", p->f->dir, c->file),
				  "edition", edition_of(c),
				  "is_workspace_member", 1, "deps",
				  deps_of(p, c), "cfg", cfgs_of(p, c), "env",
				  env_of(p, c)));
	}
}

/* ---- all of it ---- */

static int write_out(struct buf *out, json_t *crates_, const char *toolroot)
{
	/*
	 * The sysroot is where the server of procedural macros is found; its
	 * own sources are not named, or rust-analyzer asks cargo about them.
	 */
	json_t *all =
		json_pack("{so,sO}", "sysroot",
			  json_sprintf("%s/usr", toolroot), "crates", crates_);
	char *text = all ? json_dumps(all, JSON_INDENT(1)) : NULL;

	if (text) {
		buf_adds(out, text);
		buf_addc(out, '\n');
	}
	free(text);
	json_decref(all);
	return text && buf_ok(out) ? 0 : -1;
}

int editors_rust_project(struct buf *out, const struct editors_facts *f,
			 struct err *e)
{
	struct project p = {.f = f, .crates = json_array()};
	int r = -1;

	if (asprintf(&p.library, "%s/usr/lib/rustlib/src/rust/library",
		     f->store->toolroot) < 0)
		p.library = NULL;
	if (!p.library || !p.crates) {
		err_set(e, ERR_ENV, ENOMEM, "cannot describe the crates");
		goto out;
	}
	if (read_cfg(&p, e) < 0)
		goto out;
	read_edition(&p);
	add_kernel(&p);
	add_lesson(&p);
	r = write_out(out, p.crates, f->store->toolroot);
	if (r < 0)
		err_set(e, ERR_ENV, ENOMEM, "cannot describe the crates");
out:
	json_decref(p.crates);
	strv_release(&p.cfg);
	free(p.library);
	return r;
}
