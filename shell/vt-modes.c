/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "vt-modes.h"
#include "checker/buf.h"

#include <stdlib.h>
#include <string.h>

enum {
	ESC = 27,
	BEL = 7,
	CAN = 24,
	SUB = 26,
	SHIFT_OUT = 14,
	SHIFT_IN = 15,
};

enum state {
	GROUND,
	ESCAPE, /* after ESC, and what says which kind, in .seq */
	CSI, /* after "ESC [" */
	STRING, /* after "ESC ]" and its like, to BEL or ESC \ */
	STRING_ESC,
};

/* In the order in which they are taken back. */
static const struct {
	unsigned mode; /* "ESC [ ? MODE h" */
	bool usual; /* on in a terminal at rest */
	bool screen;
} modes[] = {
	{1049, false, true},  {1047, false, true},  {47, false, true},
	{6, false, false},    {1, false, false},    {5, false, false},
	{7, true, false},     {25, true, false},    {9, false, false},
	{1000, false, false}, {1001, false, false}, {1002, false, false},
	{1003, false, false}, {1004, false, false}, {1005, false, false},
	{1006, false, false}, {1015, false, false}, {2004, false, false},
};

enum { NMODES = sizeof(modes) / sizeof(*modes), INSERT = NMODES };

void vt_modes_init(struct vt_modes *m)
{
	*m = (struct vt_modes){.state = GROUND};
}

/* A bit says that the mode is not as usual. */
static void set_mode(struct vt_modes *m, unsigned long mode, bool set)
{
	for (size_t i = 0; i < NMODES; i++)
		if (modes[i].mode == mode && set != modes[i].usual)
			m->on |= 1U << i;
		else if (modes[i].mode == mode)
			m->on &= ~(1U << i);
}

static void set_private(struct vt_modes *m, const char *numbers, bool set)
{
	while (*numbers) {
		set_mode(m, strtoul(numbers, NULL, 10), set);
		numbers += strcspn(numbers, ";");
		numbers += *numbers == ';';
	}
}

/* All but the screen and the mouse, as DECSTR does; with RIS these too. */
static void reset(struct vt_modes *m, bool hard)
{
	unsigned on = m->on;

	vt_modes_init(m);
	for (size_t i = 0; i < NMODES && !hard; i++)
		if (modes[i].screen || modes[i].mode >= 1000)
			m->on |= on & (1U << i);
}

/* .seq has what stood between "ESC [" and @final. */
static void end_csi(struct vt_modes *m, char final)
{
	const char *s = m->seq;
	bool set = final == 'h';

	if ((set || final == 'l') && s[0] == '?')
		set_private(m, s + 1, set);
	else if ((set || final == 'l') && strcmp(s, "4") == 0)
		m->on = set ? m->on | 1U << INSERT : m->on & ~(1U << INSERT);
	else if (final == 'm' && !strchr("?<=>", s[0] ? s[0] : '0'))
		m->style = s[strspn(s, "0;")];
	else if (final == 'r' && s[0] != '?')
		m->region = s[0];
	else if (final == 'q' && strchr(s, ' '))
		m->cursor_shape = s[strspn(s, "0 ")];
	else if (final == 'p' && strcmp(s, "!") == 0)
		reset(m, false);
}

static void escape(struct vt_modes *m, char c)
{
	m->state = GROUND;
	if (m->n && m->seq[0] == '(')
		m->charset = c != 'B';
	if (m->n)
		return;
	switch (c) {
	case '[':
		m->state = CSI;
		break;
	case ']': /* OSC; DCS, SOS, PM, APC */
	case 'P':
	case 'X':
	case '^':
	case '_':
		m->state = STRING;
		break;
	case '=':
	case '>':
		m->keypad = c == '=';
		break;
	case 'c':
		reset(m, true);
		break;
	default:
		break;
	}
}

/* Bytes of a sequence; one that is longer than any we know is not ours. */
static void collect(struct vt_modes *m, char c)
{
	if (m->n + 1 < sizeof(m->seq))
		m->seq[m->n++] = c;
	m->seq[m->n] = '\0';
}

static void begin(struct vt_modes *m, enum state to)
{
	m->state = to;
	m->n = 0;
	m->seq[0] = '\0';
}

static void feed(struct vt_modes *m, char c)
{
	if (m->state == STRING || m->state == STRING_ESC) {
		if (c == BEL || c == CAN || c == SUB ||
		    (m->state == STRING_ESC && c == '\\'))
			m->state = GROUND;
		else
			m->state = c == ESC ? STRING_ESC : STRING;
	} else if (c == ESC) {
		begin(m, ESCAPE);
	} else if (c == CAN || c == SUB) {
		m->state = GROUND;
	} else if (c == SHIFT_OUT || c == SHIFT_IN) {
		m->shifted = c == SHIFT_OUT;
	} else if (m->state == ESCAPE && c >= ' ' && c < '0') {
		collect(m, c);
	} else if (m->state == ESCAPE && c >= '0') {
		escape(m, c);
	} else if (m->state == CSI && c >= '@') {
		m->state = GROUND;
		end_csi(m, c);
	} else if (m->state == CSI && c >= ' ') {
		collect(m, c);
	}
}

void vt_modes_feed(struct vt_modes *m, const char *data, size_t len)
{
	for (size_t i = 0; i < len; i++)
		feed(m, data[i]);
}

bool vt_modes_screen(const struct vt_modes *m)
{
	bool on = false;

	for (size_t i = 0; i < NMODES; i++)
		on = on || (modes[i].screen && (m->on & (1U << i)));
	return on;
}

void vt_modes_undo(struct vt_modes *m, struct buf *out)
{
	/* What is cut off is not to swallow what we say. */
	if (m->state != GROUND)
		buf_addc(out, CAN);
	if (m->style)
		buf_adds(out, "\033[m");
	if (m->charset)
		buf_adds(out, "\033(B");
	if (m->shifted)
		buf_addc(out, SHIFT_IN);
	for (size_t i = 0; i < NMODES; i++)
		if (m->on & (1U << i))
			buf_addf(out, "\033[?%u%c", modes[i].mode,
				 modes[i].usual ? 'h' : 'l');
	if (m->on & (1U << INSERT))
		buf_adds(out, "\033[4l");
	if (m->keypad)
		buf_adds(out, "\033>");
	if (m->cursor_shape)
		buf_adds(out, "\033[0 q");
	/* It takes the cursor home. */
	if (m->region)
		buf_adds(out, "\0337\033[r\0338");
	vt_modes_init(m);
}

void vt_modes_undo_all(struct buf *out)
{
	struct vt_modes all = {
		.on = (1U << (INSERT + 1)) - 1,
		.keypad = true,
		.region = true,
		.style = true,
		.charset = true,
		.shifted = true,
	};

	/* The way back from a screen that was not left takes the cursor. */
	set_mode(&all, 1047, false);
	set_mode(&all, 47, false);
	set_mode(&all, 6, false);
	buf_adds(out, "\0337");
	vt_modes_undo(&all, out);
}
