#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The reference of the Lua lesson API, book/src/lua-reference.md, held against
# the comments in the code that it is made of, and these against the code.
# Then the same is asked of trees in which something is wrong.
#
# shellcheck disable=SC2016 # $ is sed's
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
page=book/src/lua-reference.md
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
count=0
failed=0

result() # STATUS TITLE
{
	count=$((count + 1))
	if [ "$1" = 0 ]; then
		echo "ok $count - $2"
	else
		echo "not ok $count - $2"
		sed 's/^/# /' "$tmp/said"
		failed=1
	fi
}

book/lua-reference >"$tmp/page" 2>"$tmp/said"
result $? "every field has its comment, and every comment its field"
diff -u "$page" "$tmp/page" >"$tmp/said"
result $? "the page is what the comments say (else: make lua-reference)"

# ---- what is wrong is seen ----

# planted FILE SED: a tree with that change, and what is said of it.
planted()
{
	rm -rf "$tmp/tree"
	mkdir -p "$tmp/tree/shell" "$tmp/tree/checker" "$tmp/tree/book"
	cp book/lua-reference* "$tmp/tree/book"
	cp shell/lua-*.[ch] "$tmp/tree/shell"
	cp checker/finding.c "$tmp/tree/checker"
	sed -i "$2" "$tmp/tree/$1"
	if cmp -s "$1" "$tmp/tree/$1"; then
		echo "nothing was changed" >"$tmp/said"
		return 2
	fi
	"$tmp/tree/book/lua-reference" >"$tmp/other" 2>"$tmp/said"
}

refused() # WHAT FILE SED
{
	planted "$2" "$3"
	[ $? = 1 ] && grep -qF -- "$1" "$tmp/said"
	result $? "refused: $1"
}

# The page follows the code.
follows() # LINE FILE SED
{
	planted "$2" "$3" && grep -qxF -- "$1" "$tmp/other" &&
		! grep -qxF -- "$1" "$page"
	result $? "the page follows: $1"
}

refused "no comment on the field lesson.colour" shell/lua-lesson.c \
	's/"budget",/"budget", "colour",/'
refused "no comment on the field files.seen" shell/lua-files.c \
	's/{"given", "edit"/{"given", "edit", "seen"/'
refused "no comment on the field check.until" shell/lua-check.c \
	'/\[sign=check\]/,$s/"case", *NULL/"until", NULL/'
refused "there is no field races.pass" shell/lua-machine.c \
	's/{"runs", "pass"/{"runs"/'
refused "there is no field files.sold" shell/lua-files.c \
	's|/\*\* files.given|/** files.sold|'
refused "there is no comment [file] for the table of file.given" \
	shell/lua-files.c 's|/\*\* files.given|/** file.given|'
refused "the comment on files.given does not stand above what reads it" \
	shell/lua-files.c 's/get_list(&f, "given"/get_list(\&f, GIVEN/'
refused 'the field "colour" is read, and no table may have it' \
	shell/lua-machine.c 's/get_bool(&f, "always".*/&\nget_bool(\&f, "colour", \&x);/'
refused "no comment [TABLE] above them" shell/lua-files.c \
	's|/\*\* \[files\]|/* [files]|'
refused "are to be called allowed[]" shell/lua-files.c \
	's/rec_only(&f, allowed)/rec_only(\&f, fields)/'
refused "no comment on guest:reboot" shell/lua-plan.c \
	's/{"leaks", guest_leaks}/&, {"reboot", guest_reboot}/'
refused "there is no guest:leaks" shell/lua-plan.c \
	's/{"leaks", guest_leaks},//'
refused "takes 3 arguments, and its comment names others" shell/lua-plan.c \
	's/PLAN_READ, 2)/PLAN_READ, 3)/'
refused "no comment on the word draw" shell/lua-item.c \
	's/\[ITEM_WRITE\] = "write"/&, [ITEM_DRAW] = "draw"/'
refused "there is no {RUMS}" shell/lua-machine.c 's/{RUNS}/{RUMS}/'
refused "a second comment on files.edit" shell/lua-files.c \
	's|/\*\* files.given|/** files.edit|'
refused "neither on TABLE.FIELD" shell/lua-files.c \
	's|/\*\* files.given|/** given|'
refused "nothing says of what type" shell/lua-check.c \
	's/\(findings.allow\): .*/\1/; s/get_list(&f, "allow"/take(\&f, "allow"/'
refused "is no number; the comment must say the type" shell/lua-machine.c \
	's/\(races.pass\): .*/\1/'
follows "Whole number, 1 to 250, **required**." shell/lua-lesson.c \
	's/"minutes", &minutes, 1, 240/"minutes", \&minutes, 1, 250/'
follows "Whole number, 1 to 240." shell/lua-lesson.c \
	's/1, 240, GET_REQUIRED/1, 240, 0/'
follows "How many runs there are after the plain one; 30 if left out." \
	shell/lua-machine.c 's/^\(#define RUNS[ \t]*\)20/\130/'

echo "1..$count"
exit $failed
