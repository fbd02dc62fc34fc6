/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "course.h"
#include "checker/buf.h"
#include "session.h"

#include <stddef.h>

static size_t count_broken(const struct session *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->lessons.n; i++)
		n += s->lessons.v[i].broken;
	return n;
}

void course_add_end(struct buf *b, const struct session *s)
{
	buf_addf(b,
		 "You have passed every lesson%s: well done! %sstart LESSON' "
		 "goes back to one; there 'solution' shows the author's work "
		 "beside yours, 'asm' and 'expand' what the compilers make of "
		 "it, 'debug' stops the kernel in it. 'list' shows them all.",
		 count_broken(s) ? " that can be loaded" : "",
		 s->watching ? "At the prompt '" : "'");
}

void course_add_next(struct buf *b, struct session *s,
		     const struct catalogue_entry *next)
{
	if (!next)
		course_add_end(b, s);
	else
		buf_addf(b, "%s for lesson %s %s.",
			 s->watching ? "Press n" : "Type 'next'", next->id,
			 next->title);
}
