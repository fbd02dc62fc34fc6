/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "format.h"
#include "checker/buf.h"
#include "checker/err.h"
#include "checker/verdict.h"
#include "cmd.h"
#include "suggest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct {
	const char *name;
	int (*write)(const struct verdict *v, FILE *out);
} formats[] = {
	[FORMAT_TEXT] = {"text", NULL},
	[FORMAT_JSON] = {"json", verdict_json},
	[FORMAT_TAP] = {"tap", verdict_tap},
	[FORMAT_JUNIT] = {"junit", verdict_junit},
	[FORMAT_GRADESCOPE] = {"gradescope", verdict_gradescope},
};

enum { N_FORMATS = sizeof(formats) / sizeof(formats[0]) };

const char *format_name(size_t i)
{
	return i < N_FORMATS ? formats[i].name : NULL;
}

static int unknown(const char *name, struct err *e)
{
	const char *names[N_FORMATS + 1];
	const char *meant;

	for (size_t i = 0; i < N_FORMATS; i++)
		names[i] = formats[i].name;
	names[N_FORMATS] = NULL;
	meant = strlen(name) <= 16 ? suggest(name, names) : NULL;
	err_set(e, ERR_USAGE, 0, "there is no format '%.40s'", name);
	if (meant)
		return err_next(e, "did you mean '%s'?", meant);
	return err_next(e, "the formats are text, json, tap, junit and "
			   "gradescope");
}

static int parse(enum format *format, const char *name, struct err *e)
{
	for (size_t i = 0; i < N_FORMATS; i++) {
		if (strcmp(formats[i].name, name) == 0) {
			*format = (enum format)i;
			return 0;
		}
	}
	return unknown(name, e);
}

int format_choose(struct format_choice *f, const struct cmd_args *a,
		  struct err *e)
{
	const char *name = cmd_value(a, "format");
	bool json = cmd_has(a, "json");

	*f = (struct format_choice){
		.format = json ? FORMAT_JSON : FORMAT_TEXT,
		.path = cmd_value(a, "output"),
	};
	if (name && parse(&f->format, name, e) < 0)
		return -1;
	if (name && json && f->format != FORMAT_JSON)
		return err_set(e, ERR_USAGE, 0,
			       "'--json' and '--format %s' exclude each other",
			       name);
	if (f->path && f->format == FORMAT_TEXT) {
		err_set(e, ERR_USAGE, 0, "'--output' needs a format");
		return err_next(e, "add '--format' with json, tap, junit or "
				   "gradescope");
	}
	return 0;
}

bool format_is_quiet(const struct format_choice *f)
{
	return f->format != FORMAT_TEXT && !f->path;
}

/* Its folder is there and lets us write. */
static int check_folder(const char *path, struct err *e)
{
	const char *slash = strrchr(path, '/');
	char *dir = !slash	    ? strdup(".")
		    : slash == path ? strdup("/")
				    : strndup(path, (size_t)(slash - path));
	int ret = 0;

	if (!dir)
		return err_set(e, ERR_ENV, ENOMEM, "cannot write the result");
	if (access(dir, W_OK | X_OK) < 0) {
		err_set(e, ERR_USAGE, errno, "cannot write a file there");
		ret = err_where(e, "%s", dir);
	}
	free(dir);
	return ret;
}

int format_prepare(const struct format_choice *f, struct err *e)
{
	struct stat st;

	if (!f->path)
		return 0;
	if (check_folder(f->path, e) < 0)
		return -1;
	/* Never put a file in the place of a device, or of a folder. */
	if (lstat(f->path, &st) == 0 && !S_ISREG(st.st_mode)) {
		err_set(e, ERR_USAGE, 0, "that is no regular file");
		err_where(e, "%s", f->path);
		return err_next(e, "without '--output' the result goes to "
				   "standard output");
	}
	if (unlink(f->path) < 0 && errno != ENOENT) {
		err_set(e, ERR_ENV, errno, "cannot replace the file");
		return err_where(e, "%s", f->path);
	}
	return 0;
}

/* Through memory: no other than a whole result is ever seen there. */
static int write_file(const struct format_choice *f, const struct verdict *v,
		      struct err *e)
{
	struct buf b = BUF_INIT;
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	int ret = out ? formats[f->format].write(v, out) : -1;

	if (out && fclose(out) != 0)
		ret = -1;
	if (ret == 0) {
		buf_add(&b, text, len);
		ret = buf_ok(&b) ? 0 : -1;
	}
	if (ret < 0)
		err_set(e, ERR_ENV, ENOMEM, "cannot write the result");
	else
		ret = buf_write_file(&b, f->path, 0644, e);
	buf_release(&b);
	free(text);
	return ret;
}

int format_write(const struct format_choice *f, const struct verdict *v,
		 struct err *e)
{
	if (f->format == FORMAT_TEXT)
		return 0;
	if (f->path)
		return write_file(f, v, e);
	if (formats[f->format].write(v, stdout) < 0 || fflush(stdout) != 0)
		return err_set(e, ERR_ENV, errno, "cannot write the verdict");
	return 0;
}
