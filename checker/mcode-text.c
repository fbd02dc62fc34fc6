/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What llvm-objdump prints, instruction by instruction:
 *
 *	legacy.o:	file format elf64-x86-64
 *	Disassembly of section .text:
 *	0000000000000000 <legacy_read>:
 *	       8:      	ja	0x62 <legacy_read+0x62>
 *
 * Where a relocation will put something in, its zeros become a name.
 */
#include "mcode-int.h"
#include "demangle.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STRING_SHOWN 40 /* bytes of a string in an operand */

char *mcode_name(const char *name)
{
	char path[DEMANGLE_MAX];

	return strdup(demangle_rust(path, sizeof(path), name, strlen(name))
			      ? path
			      : name);
}

static const char *next_line(const char *s, const char *end)
{
	const char *nl = memchr(s, '\n', (size_t)(end - s));

	return nl ? nl + 1 : end;
}

bool mcode_text_find(struct mcode_text *t, const char *all, const char *object)
{
	static const char head[] = ":\tfile format ";
	const char *end = all + strlen(all);
	size_t n = strlen(object);

	t->at = NULL;
	for (const char *s = all; s < end; s = next_line(s, end)) {
		const char *name = strncmp(s, "./", 2) == 0 ? s + 2 : s;

		if (!memmem(s, (size_t)(next_line(s, end) - s), head,
			    sizeof(head) - 1))
			continue;
		if (t->at) {
			t->end = s;
			return true;
		}
		if (strncmp(name, object, n) == 0 &&
		    strncmp(name + n, head, sizeof(head) - 1) == 0)
			t->at = next_line(s, end);
	}
	t->end = end;
	return t->at != NULL;
}

static bool find_section(struct mcode_text *t, const char *name)
{
	static const char head[] = "Disassembly of section ";
	size_t n = strlen(name);
	bool found = false;

	for (const char *s = t->at; s < t->end; s = next_line(s, t->end)) {
		if (strncmp(s, head, sizeof(head) - 1) != 0)
			continue;
		if (found) {
			t->end = s;
			break;
		}
		s += sizeof(head) - 1;
		found = strncmp(s, name, n) == 0 && s[n] == ':';
		t->at = next_line(s, t->end);
	}
	return found;
}

/* "       8:      	ja	0x62 …": its address, and what follows. */
static const char *insn_of(const char *line, const char *end,
			   unsigned long *address)
{
	const char *s = line + strspn(line, " ");
	char *colon;

	if (!isxdigit((unsigned char)*s))
		return NULL;
	*address = strtoul(s, &colon, 16);
	if (*colon != ':' || colon + 1 >= end)
		return NULL;
	return colon + 1 + strspn(colon + 1, " \t");
}

/* ---- names in the place of zeros ---- */

static const struct objmap_symbol *covering(const struct objmap *m,
					    unsigned section, unsigned long at)
{
	for (size_t i = 0; i < m->nsymbols; i++) {
		const struct objmap_symbol *s = &m->symbols[i];

		if (s->named && s->section == section && section && *s->name &&
		    s->value <= at &&
		    (at < s->value + s->size || at == s->value))
			return s;
	}
	return NULL;
}

static const char *string_at(const struct objmap *m, unsigned section,
			     unsigned long at)
{
	for (size_t i = 0; i < m->nstrings; i++)
		if (m->strings[i].section == section &&
		    m->strings[i].offset == at)
			return m->strings[i].text;
	return NULL;
}

static void add_name(struct buf *out, const char *name, long offset)
{
	char *path = mcode_name(name);

	buf_adds(out, path ? path : name);
	if (offset)
		buf_addf(out, "%c0x%lx", offset < 0 ? '-' : '+',
			 offset < 0 ? (unsigned long)-offset
				    : (unsigned long)offset);
	free(path);
}

/* What @r names, when the instruction ends at @end of its section. */
static void add_target(struct buf *out, const struct objmap *m,
		       const struct objmap_reloc *r, unsigned long end)
{
	const struct objmap_symbol *s = &m->symbols[r->symbol];
	long offset = r->addend;
	const struct objmap_symbol *in;
	const char *string;

	if (r->relative)
		offset += (long)(end - r->offset);
	if (s->named) {
		add_name(out, s->name, offset);
		return;
	}
	string = string_at(m, s->section, (unsigned long)offset);
	in = covering(m, s->section, (unsigned long)offset);
	if (string)
		buf_addf(out, "\"%.*s%s\"", STRING_SHOWN, string,
			 strlen(string) > STRING_SHOWN ? "..." : "");
	else if (in)
		add_name(out, in->name, offset - (long)in->value);
	else if (s->section < m->nsections)
		add_name(out, m->sections[s->section].name, offset);
}

static const struct objmap_reloc *reloc_in(const struct objmap *m,
					   unsigned section, unsigned long from,
					   unsigned long to, size_t nth)
{
	for (size_t i = 0; i < m->nrelocs; i++) {
		const struct objmap_reloc *r = &m->relocs[i];

		if (r->section == section && r->offset >= from &&
		    r->offset < to && r->symbol < m->nsymbols && nth-- == 0)
			return r;
	}
	return NULL;
}

struct piece {
	const struct objmap *m;
	unsigned section;
	unsigned long from, to; /* the instruction, in its section */
	unsigned long start; /* of its function */
};

/* Which operand a relocation patches: the last bytes are an immediate. */
static bool is_immediate(const struct piece *p, const struct objmap_reloc *r,
			 const char *operands, size_t len)
{
	return memchr(operands, '$', len) && !r->relative &&
	       r->offset + 4 >= p->to;
}

/* "$0x0, %rdi" becomes "$name, %rdi", "(%rax)" becomes "name(%rax)". */
static void patch(struct buf *out, const struct piece *p,
		  const struct objmap_reloc *r, const char *operands,
		  size_t len)
{
	bool immediate = is_immediate(p, r, operands, len);
	const char *at = memchr(operands, immediate ? '$' : '(', len);
	const char *s = at;
	size_t before;

	if (!at) { /* an absolute address, without any register */
		add_target(out, p->m, r, p->to);
		return;
	}
	if (immediate) {
		at++;
		s = at + strcspn(at, ", ");
	} else {
		while (at > operands && (isxdigit((unsigned char)at[-1]) ||
					 at[-1] == 'x' || at[-1] == '-'))
			at--;
	}
	before = (size_t)(at - operands);
	buf_add(out, operands, before);
	add_target(out, p->m, r, p->to);
	if (s < operands + len)
		buf_add(out, s, (size_t)(operands + len - s));
}

static bool is_branch(const char *mnemonic, size_t n)
{
	return mnemonic[0] == 'j' ||
	       (n >= 4 && strncmp(mnemonic, "call", 4) == 0);
}

static bool is_indirect(const char *operands, size_t len)
{
	return memchr(operands, '*', len) != NULL;
}

/* A jump within the function, by its offset there. */
static void add_jump(struct buf *out, const struct piece *p,
		     const char *operands)
{
	unsigned long to = strtoul(operands, NULL, 16);
	const struct objmap_symbol *s;

	if (to >= p->start && to <= p->start + 0xfffff) {
		s = covering(p->m, p->section, to);
		if (!s || s->value <= p->start) {
			buf_addf(out, "%lx", to - p->start);
			return;
		}
	}
	s = covering(p->m, p->section, to);
	if (s)
		add_name(out, s->name, (long)(to - s->value));
	else
		buf_addf(out, "0x%lx", to);
}

static void add_operands(struct buf *out, const struct piece *p,
			 const char *mnemonic, size_t n, const char *operands,
			 size_t len)
{
	const struct objmap_reloc *r;
	struct buf b = BUF_INIT;

	r = reloc_in(p->m, p->section, p->from, p->to, 0);
	if (is_branch(mnemonic, n) && !is_indirect(operands, len)) {
		if (r)
			add_target(out, p->m, r, p->to);
		else
			add_jump(out, p, operands);
		return;
	}
	if (!r) {
		buf_add(out, operands, len);
		return;
	}
	patch(&b, p, r, operands, len);
	r = reloc_in(p->m, p->section, p->from, p->to, 1);
	if (r)
		patch(out, p, r, buf_str(&b), b.len);
	else
		buf_add(out, buf_str(&b), b.len);
	buf_release(&b);
}

/* The mnemonic, its operands behind it, without objdump's remark. */
static char *render(const struct piece *p, const char *s, const char *end)
{
	size_t n = strcspn(s, "\t\n ");
	const char *operands = s + n + strspn(s + n, "\t ");
	const char *nl = memchr(s, '\n', (size_t)(end - s));
	struct buf b = BUF_INIT;
	const char *remark;

	end = nl ? nl : end;
	if (operands > end)
		operands = end;
	remark = memmem(operands, (size_t)(end - operands), " #", 2);
	if (remark)
		end = remark;
	while (end > operands && isspace((unsigned char)end[-1]))
		end--;
	buf_addf(&b, "%-7.*s", (int)n, s);
	if (operands < end)
		add_operands(&b, p, s, n, operands, (size_t)(end - operands));
	while (b.len && b.data[b.len - 1] == ' ')
		b.data[--b.len] = '\0';
	return buf_steal(&b);
}

/* ---- the lines of the source ---- */

static void find_line(struct mcode_insn *insn, const struct objmap *m,
		      unsigned section, unsigned long address)
{
	const struct objmap_line *best = NULL;

	for (size_t i = 0; i < m->nlines; i++) {
		const struct objmap_line *l = &m->lines[i];

		if (l->section == section && l->address <= address)
			best = l;
		else if (l->section > section)
			break;
	}
	if (best && best->file) {
		insn->file = best->file;
		insn->line = best->line;
	}
}

/* ---- a function ---- */

static struct mcode_insn *add_insn(struct mcode_function *f)
{
	struct mcode_insn *v = f->insns;

	if ((f->ninsns & (f->ninsns - 1)) == 0) {
		v = realloc(v, (f->ninsns ? f->ninsns * 2 : 1) * sizeof(*v));
		if (!v)
			return NULL;
		f->insns = v;
	}
	v[f->ninsns] = (struct mcode_insn){.at = 0};
	return &v[f->ninsns++];
}

/* With frame pointers a frame is what is pushed, and what rsp goes down. */
static void add_stack(struct mcode_function *f, const char *text)
{
	static const char sub[] = "subq   $";

	if (strncmp(text, "push", 4) == 0)
		f->stack += 8;
	else if (strncmp(text, sub, sizeof(sub) - 1) == 0 &&
		 strstr(text, "%rsp"))
		f->stack += strtoul(text + sizeof(sub) - 1, NULL, 0);
}

/* Where the next instruction starts, or the function ends. */
static unsigned long end_of(const char *s, const char *end, unsigned long most)
{
	unsigned long address;

	for (s = next_line(s, end); s < end; s = next_line(s, end))
		if (insn_of(s, end, &address))
			return address < most ? address : most;
	return most;
}

int mcode_text_take(struct mcode_function *f, const struct mcode_text *all,
		    const struct objmap *m, unsigned section,
		    unsigned long start)
{
	struct piece p = {.m = m, .section = section, .start = start};
	struct mcode_text t = *all;
	unsigned long end = start + f->size;

	if (!find_section(&t, m->sections[section].name))
		return 0;
	for (const char *s = t.at; s < t.end; s = next_line(s, t.end)) {
		const char *text = insn_of(s, t.end, &p.from);
		struct mcode_insn *insn;

		if (!text || p.from < start || p.from >= end)
			continue;
		p.to = end_of(s, t.end, end);
		insn = add_insn(f);
		if (insn)
			insn->text = render(&p, text, t.end);
		if (!insn || !insn->text)
			return -1;
		insn->at = p.from - start;
		find_line(insn, m, section, p.from);
		add_stack(f, insn->text);
	}
	return 0;
}
