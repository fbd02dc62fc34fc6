/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text-code.h"
#include "checker/buf.h"
#include "fold.h"
#include "term.h"
#include "text.h"

#include <ctype.h>
#include <string.h>

struct code_lang {
	const char *const *names; /* of fences, and suffixes of files */
	const char *const *keywords;
	const char *const *types;
	const char *line_comment;
	bool block_comments; /* C's; Rust's nest */
	bool nest;
	bool chars; /* '…' is a character, and a lifetime may look so */
	bool directives; /* a line may start with #word */
	bool attributes; /* #[…], and macros are called with a ! */
	bool shell; /* '…' and "…" may span lines, $x is a variable */
};

static const char *const c_names[] = {"c", "h", NULL};
static const char *const c_keywords[] = {
	"auto",	    "break",	     "case",
	"const",    "continue",	     "default",
	"do",	    "else",	     "enum",
	"extern",   "for",	     "goto",
	"if",	    "inline",	     "register",
	"restrict", "return",	     "sizeof",
	"static",   "struct",	     "switch",
	"typedef",  "union",	     "volatile",
	"while",    "__init",	     "__exit",
	"__user",   "__iomem",	     "__rcu",
	"__force",  "__attribute__", "_Static_assert",
	NULL,
};
static const char *const c_types[] = {
	"bool",	  "char",   "double",	"float",    "int",   "long",  "short",
	"signed", "size_t", "ssize_t",	"unsigned", "void",  "u8",    "u16",
	"u32",	  "u64",    "s8",	"s16",	    "s32",   "s64",   "__u8",
	"__u16",  "__u32",  "__u64",	"__s8",	    "__s16", "__s32", "__s64",
	"loff_t", "gfp_t",  "atomic_t", "NULL",	    "true",  "false", NULL,
};
static const char *const rust_names[] = {"rust", "rs", NULL};
static const char *const rust_keywords[] = {
	"as",	 "async", "await", "break",  "const",  "continue", "crate",
	"dyn",	 "else",  "enum",  "extern", "fn",     "for",	   "if",
	"impl",	 "in",	  "let",   "loop",   "match",  "mod",	   "move",
	"mut",	 "pub",	  "ref",   "return", "self",   "static",   "struct",
	"super", "trait", "type",  "union",  "unsafe", "use",	   "where",
	"while", NULL,
};
static const char *const rust_types[] = {
	"Self",	  "bool",   "char",  "str",   "i8",	"i16",	  "i32",
	"i64",	  "i128",   "isize", "u8",    "u16",	"u32",	  "u64",
	"u128",	  "usize",  "f32",   "f64",   "String", "Option", "Result",
	"Some",	  "None",   "Ok",    "Err",   "Box",	"Vec",	  "KBox",
	"KVec",	  "Arc",    "Pin",   "c_int", "c_uint", "c_long", "c_ulong",
	"c_char", "c_void", "true",  "false", NULL,
};
static const char *const make_names[] = {"make",     "makefile", "mk",
					 "Makefile", "Kbuild",	 NULL};
static const char *const make_keywords[] = {
	"include", "ifeq",   "ifneq", "ifdef",	"ifndef",   "else",
	"endif",   "define", "endef", "export", "override", NULL,
};
static const char *const sh_names[] = {"sh",	"bash",		 "console",
				       "shell", "shell-session", NULL};
static const char *const sh_keywords[] = {
	"case", "do", "done", "elif", "else",  "esac",	"export", "fi",
	"for",	"if", "in",   "then", "until", "while", "exec",	  NULL,
};
static const char *const none[] = {NULL};

static const struct code_lang langs[] = {
	{.names = c_names,
	 .keywords = c_keywords,
	 .types = c_types,
	 .line_comment = "//",
	 .block_comments = true,
	 .chars = true,
	 .directives = true},
	{.names = rust_names,
	 .keywords = rust_keywords,
	 .types = rust_types,
	 .line_comment = "//",
	 .block_comments = true,
	 .nest = true,
	 .chars = true,
	 .attributes = true},
	{.names = make_names,
	 .keywords = make_keywords,
	 .types = none,
	 .line_comment = "#"},
	{.names = sh_names,
	 .keywords = sh_keywords,
	 .types = none,
	 .line_comment = "#",
	 .shell = true},
};

static bool in_list(const char *const *list, const char *s, size_t len)
{
	for (; *list; list++)
		if (strlen(*list) == len && memcmp(*list, s, len) == 0)
			return true;
	return false;
}

static const struct code_lang *by_name(const char *s, size_t len)
{
	for (size_t i = 0; i < sizeof(langs) / sizeof(langs[0]); i++)
		if (in_list(langs[i].names, s, len))
			return &langs[i];
	return NULL;
}

const struct code_lang *code_lang_by_word(const char *word)
{
	return word ? by_name(word, strcspn(word, " ,\t{")) : NULL;
}

const struct code_lang *code_lang_by_file(const char *name)
{
	const char *slash = strrchr(name, '/');
	const char *base = slash ? slash + 1 : name;
	const char *dot = strrchr(base, '.');

	return by_name(dot ? dot + 1 : base, strlen(dot ? dot + 1 : base));
}

/* ---- one line ---- */

struct scan {
	struct buf *out;
	const struct term *t;
	const struct code_lang *lang;
	struct code_state *st;
	const char *line, *p, *end;
};

/* @n bytes from here in style @style. */
static void take(struct scan *s, size_t n, enum term_style style)
{
	if (n > (size_t)(s->end - s->p))
		n = (size_t)(s->end - s->p);
	if (style != TERM_PLAIN)
		buf_adds(s->out, term_on(s->t, style));
	buf_add(s->out, s->p, n);
	if (style != TERM_PLAIN)
		buf_adds(s->out, term_off(s->t));
	s->p += n;
}

static bool starts(const struct scan *s, const char *word)
{
	size_t n = strlen(word);

	return (size_t)(s->end - s->p) >= n && memcmp(s->p, word, n) == 0;
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* To the end of the block comment, or of the line. */
static void block_comment(struct scan *s)
{
	const char *q = s->p;

	do {
		bool open = s->end - q >= 2 && q[0] == '/' && q[1] == '*';
		bool close = s->end - q >= 2 && q[0] == '*' && q[1] == '/';

		if (open && (s->lang->nest || !s->st->comment))
			s->st->comment++;
		else if (close)
			s->st->comment--;
		q += open || close ? 2 : 1;
	} while (q < s->end && s->st->comment);
	take(s, (size_t)(q - s->p), TERM_DIM);
}

/* Whether the raw string of this many signs ends at @q, a quote. */
static bool ends_raw(const struct scan *s, const char *q)
{
	for (unsigned i = 0; i < s->st->hashes; i++)
		if (q + 1 + i >= s->end || q[1 + i] != '#')
			return false;
	return true;
}

/* The rest of a string whose first @skip bytes begin it. */
static void string(struct scan *s, size_t skip)
{
	const char *q = s->p + skip;

	while (q < s->end && s->st->quote) {
		bool escape = *q == '\\' && !s->st->raw &&
			      !(s->lang->shell && s->st->quote == '\'');

		if (escape) {
			q += q + 1 < s->end ? 2 : 1;
			continue;
		}
		if (*q == s->st->quote && (!s->st->raw || ends_raw(s, q))) {
			q += s->st->raw ? s->st->hashes : 0;
			s->st->quote = '\0';
		}
		q++;
	}
	take(s, (size_t)(q - s->p), TERM_GOOD);
	/* C's strings end with their line, unless it is continued. */
	if (s->p == s->end && s->st->quote && s->lang->directives &&
	    (s->end == s->line || s->end[-1] != '\\'))
		s->st->quote = '\0';
}

/* 'static, or a quote that is nothing. */
static void lifetime(struct scan *s)
{
	const char *q = s->p + 1;

	while (q < s->end && is_word(*q))
		q++;
	take(s, (size_t)(q - s->p), TERM_CODE);
}

/* 'x', '\n', '…'; and Rust's 'static, which is no character. */
static void character(struct scan *s)
{
	const char *q = s->p + 1;

	if (q < s->end && *q == '\\')
		q++;
	if (q < s->end)
		q++;
	while (q < s->end && ((unsigned char)*q & 0xc0) == 0x80)
		q++;
	/* '\x7f', '\u{e9}' */
	if (s->p + 1 < s->end && s->p[1] == '\\')
		while (q < s->end && *q != '\'' && q - s->p < 12)
			q++;
	if (q < s->end && *q == '\'')
		take(s, (size_t)(q + 1 - s->p), TERM_GOOD);
	else
		lifetime(s);
}

/* r"…", r#"…"#, b"…", c"…": how many bytes begin it; 0: it is a word. */
static size_t rust_prefix(struct scan *s)
{
	const char *q = s->p;
	unsigned hashes = 0;
	bool raw = false;

	if (!s->lang->attributes)
		return 0;
	if (q < s->end && (*q == 'b' || *q == 'c'))
		q++;
	if (q < s->end && *q == 'r') {
		raw = true;
		q++;
		for (; q < s->end && *q == '#'; q++)
			hashes++;
	}
	if (q == s->p || q == s->end || *q != '"')
		return 0;
	s->st->raw = raw;
	s->st->hashes = hashes;
	return (size_t)(q + 1 - s->p);
}

static void word(struct scan *s)
{
	const char *q = s->p;
	size_t n;

	while (q < s->end && is_word(*q))
		q++;
	n = (size_t)(q - s->p);
	if (in_list(s->lang->keywords, s->p, n))
		take(s, n, TERM_BOLD);
	else if (in_list(s->lang->types, s->p, n) ||
		 (s->lang->attributes && q + 1 < s->end && *q == '!' &&
		  q[1] != '='))
		take(s, n, TERM_CODE);
	else
		take(s, n, TERM_PLAIN);
}

/* #[…] of Rust, to its end or that of the line; #word of C. */
static bool special(struct scan *s)
{
	const char *q = s->p;

	if (*q != '#')
		return false;
	if (s->lang->directives && s->line + strspn(s->line, " \t") == s->p) {
		q++;
		while (q < s->end && *q == ' ')
			q++;
		while (q < s->end && isalpha((unsigned char)*q))
			q++;
		take(s, (size_t)(q - s->p), TERM_WARN);
		return true;
	}
	if (s->lang->attributes && (starts(s, "#[") || starts(s, "#!["))) {
		q = memchr(s->p, ']', (size_t)(s->end - s->p));
		take(s, (size_t)((q ? q + 1 : s->end) - s->p), TERM_WARN);
		return true;
	}
	return false;
}

/* A # within a word of a shell begins no comment. */
static bool is_comment(const struct scan *s)
{
	const char *sign = s->lang->line_comment;

	return starts(s, sign) &&
	       (sign[0] != '#' || s->p == s->line || s->p[-1] == ' ');
}

static void token(struct scan *s)
{
	size_t n;

	if (s->st->comment || (s->lang->block_comments && starts(s, "/*"))) {
		block_comment(s);
	} else if (s->st->quote) {
		string(s, 0);
	} else if (is_comment(s)) {
		take(s, (size_t)(s->end - s->p), TERM_DIM);
	} else if ((n = rust_prefix(s)) > 0) {
		s->st->quote = '"';
		string(s, n);
	} else if (*s->p == '"' || (*s->p == '\'' && s->lang->shell)) {
		s->st->quote = *s->p;
		s->st->raw = false;
		string(s, 1);
	} else if (*s->p == '\'' && s->lang->chars) {
		character(s);
	} else if (is_word(*s->p)) {
		word(s);
	} else if (!special(s)) {
		take(s, 1, TERM_PLAIN);
	}
}

void code_line(struct buf *out, const struct term *t,
	       const struct code_lang *lang, struct code_state *st,
	       const char *s, size_t len)
{
	struct scan sc = {.out = out,
			  .t = t,
			  .lang = lang,
			  .st = st,
			  .line = s,
			  .p = s,
			  .end = s + len};

	if (!t->color || !lang) {
		buf_add(out, s, len);
		return;
	}
	while (sc.p < sc.end)
		token(&sc);
}

void code_text(struct buf *out, const struct term *t,
	       const struct code_lang *lang, const char *s, size_t len)
{
	struct code_state st = {.comment = 0};
	struct buf clean = BUF_INIT;
	const char *p, *nl;

	text_verbatim(&clean, s, len, 0);
	for (p = buf_str(&clean); (nl = strchr(p, '\n')); p = nl + 1) {
		struct buf line = BUF_INIT;

		code_line(&line, t, lang, &st, p, (size_t)(nl - p));
		fold_line(out, t, "", buf_str(&line), line.len);
		buf_addc(out, '\n');
		buf_release(&line);
	}
	buf_release(&clean);
}
