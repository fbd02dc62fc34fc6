/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "rust-json.h"

#include <ctype.h>
#include <jansson.h>
#include <string.h>

#define BEGIN "{\"$message_type\":"

static bool is_error_code(const char *code)
{
	return code[0] == 'E' && isdigit((unsigned char)code[1]);
}

static bool names_lint(const char *text)
{
	return strstr(text, "index.html#") || strstr(text, "= note: `#[") ||
	       strstr(text, "= note: `-") ||
	       strstr(text, "= note: requested on the command line with `");
}

static void add_report(struct buf *out, const char *text, const char *code)
{
	size_t len = strlen(text);

	while (len > 0 && text[len - 1] == '\n')
		len--;
	buf_add(out, text, len);
	buf_addc(out, '\n');
	if (code && !is_error_code(code) && !names_lint(text))
		buf_addf(out, "   = note: the lint is `%s`\n", code);
	buf_addc(out, '\n');
}

/* Of other messages, of an artifact say, nobody wants to read. */
static bool add_json(struct buf *out, const char *line, size_t len)
{
	json_t *j = json_loadb(line, len, 0, NULL);
	const char *text = json_string_value(json_object_get(j, "rendered"));
	json_t *code = json_object_get(j, "code");

	if (text)
		add_report(out, text,
			   json_string_value(json_object_get(code, "code")));
	json_decref(j);
	return j != NULL;
}

int rust_json_render(struct buf *output)
{
	const char *p = buf_str(output), *end = p + output->len;
	struct buf out = BUF_INIT;

	while (p < end) {
		const char *nl = memchr(p, '\n', (size_t)(end - p));
		size_t len = nl ? (size_t)(nl - p) : (size_t)(end - p);

		if (len < strlen(BEGIN) ||
		    memcmp(p, BEGIN, strlen(BEGIN)) != 0 ||
		    !add_json(&out, p, len)) {
			buf_add(&out, p, len);
			if (nl)
				buf_addc(&out, '\n');
		}
		p += len + (nl ? 1 : 0);
	}
	buf_release(output);
	*output = out;
	return buf_ok(output) ? 0 : -1;
}
