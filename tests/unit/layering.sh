#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The layers, held against the sources (STYLE: shell may use checker, checker
# never knows shell). Reads #include lines and calls, without comments and
# strings, and says which edge runs upward and which call has no place:
#
#   - checker/ includes nothing of shell/; checker/guest/ nothing but its own
#   - lua.h, by whatever way, is reached from shell/lua-*.c alone
#   - NAME-int.h is for the files of NAME (and for tests)
#   - strcpy, strcat, sprintf, strtok, system and popen are not used
#   - only checker/proc*.c, and what runs in the guest or in the build's box,
#     starts processes and reaps them
#
# TAP on stdout. Each rule is then shown a source that breaks it, for a test
# that cannot fail is a defect.

set -eu
cd "$(dirname "$0")/../.."

# One line for each line of code: "I file line target how" for an include,
# how being < or ", and "C file line text" for the rest, comments and strings
# taken out.
# shellcheck disable=SC2016 # $ is awk's
code_of='
function strip(line,    out, rest) {
	out = ""
	while (line != "") {
		if (in_comment) {
			if (!match(line, /\*\//))
				return out
			line = substr(line, RSTART + 2)
			in_comment = 0
			continue
		}
		if (!match(line, /\/\*|\/\/|"|\047/))
			return out line
		out = out substr(line, 1, RSTART - 1)
		rest = substr(line, RSTART)
		if (rest ~ /^\/\//)
			return out
		if (rest ~ /^\/\*/) {
			in_comment = 1
			out = out " "
			line = substr(rest, 3)
		} else if (match(rest, /^"([^"\\]|\\.)*"/) ||
			   match(rest, /^\047([^\047\\]|\\.)*\047/)) {
			out = out " 0 "
			line = substr(rest, RLENGTH + 1)
		} else {
			return out
		}
	}
	return out
}
FNR == 1 { in_comment = 0 }
!in_comment && /^[ \t]*#[ \t]*include[ \t]*[<"]/ {
	target = $0
	sub(/^[^<"]*[<"]/, "", target)
	sub(/[>"].*$/, "", target)
	print "I", FILENAME, FNR, target, /^[^"]*</ ? "<" : "\""
	next
}
{
	text = strip($0)
	if (text ~ /[^ \t]/)
		print "C", FILENAME, FNR, text
}'

# shellcheck disable=SC2016
rules='
function folder(path) { sub(/[^\/]*$/, "", path); return path }
function base(path) { sub(/.*\//, "", path); return path }
function bad(why) { print $2 ":" $3 ": " why; broken = 1 }
# Which headers lead to lua.h is known only at the end.
$1 == "I" {
	if ($2 ~ /^checker\// && $4 ~ /(^|\/)shell\//)
		bad("the checker includes " $4)
	if ($2 ~ /^checker\/guest\// && $5 != "<" &&
	    !((folder($2) base($4)) in have))
		bad("the agent includes " $4 ", which is not of the guest")
	if ($4 ~ /-int\.h$/ && $2 !~ /^tests\//) {
		module = base($4)
		sub(/-int\.h$/, "", module)
		if (index(base($2), module) != 1)
			bad($4 " is for the files of " module)
	}
	n++
	from[n] = $2; at[n] = $3; to[n] = base($4)
}
$1 == "C" {
	text = $0
	sub(/^C [^ ]+ [^ ]+ /, "", text)
	if (match(text, banned))
		bad("not used here: " call(text))
	if ($2 !~ /^checker\/proc[^\/]*$/ && $2 !~ /^checker\/(guest|box)\// &&
	    $2 !~ /^tests\// && match(text, process))
		bad("only checker/proc*.c may: " call(text))
}
function call(text,    s) {
	s = substr(text, RSTART, RLENGTH)
	gsub(/[^a-zA-Z0-9_]/, "", s)
	return s "()"
}
BEGIN {
	calls = "(^|[^a-zA-Z0-9_.>])"
	banned = calls "(strcpy|strcat|v?sprintf|strtok(_r)?|system|popen)" \
		"[ \t]*\\("
	process = calls "(v?fork|forkpty|clone|daemon|exec[lv]p?e?|execveat|" \
		"fexecve|posix_spawnp?|wait[34]?|waitp?id)[ \t]*\\("
	while ((getline file < list) > 0)
		have[file] = 1
	n = split("lua.h lauxlib.h lualib.h", names, " ")
	for (i = 1; i <= n; i++)
		lua[names[i]] = 1
	n = 0
}
END {
	do {
		more = 0
		for (i = 1; i <= n; i++)
			if (to[i] in lua && from[i] ~ /\.h$/ &&
			    !(base(from[i]) in lua)) {
				lua[base(from[i])] = 1
				more = 1
			}
	} while (more)
	for (i = 1; i <= n; i++)
		if (to[i] in lua && from[i] !~ /^tests\// &&
		    from[i] !~ /^shell\/lua-[^\/]*\.[ch]$/) {
			print from[i] ":" at[i] ": " to[i] \
				" leads to lua.h, which only shell/lua-*.c may"
			broken = 1
		}
	exit broken
}'

# Says what is wrong in the tree that we stand in; fails if anything is.
# shellcheck disable=SC2046 # no source has a blank in its name
check_tree() {
	list=$(mktemp)
	find checker shell tests -name '*.[ch]' ! -path 'tests/helpers/*' \
		2>/dev/null | sort >"$list"
	status=0
	awk "$code_of" $(cat "$list") |
		awk -v list="$list" "$rules" || status=1
	rm -f "$list"
	return $status
}

count=0
failed=0

result() { # STATUS TITLE
	count=$((count + 1))
	if [ "$1" = 0 ]; then
		echo "ok $count - $2"
	else
		echo "not ok $count - $2"
		failed=1
	fi
}

tree=$(mktemp -d)
said=$tree/said
trap 'rm -rf "$tree"' EXIT

if check_tree >"$said"; then result 0 "the sources keep to their layers"; else
	sed 's/^/# /' "$said"
	result 1 "the sources keep to their layers"
fi

# A tree of one FILE with what stdin says; prints what the check says of it.
planted() { # FILE
	rm -rf "$tree/t"
	mkdir -p "$tree/t/checker/guest/harness" "$tree/t/shell" "$tree/t/tests"
	: >"$tree/t/checker/guest/proto.h"
	: >"$tree/t/checker/guest/harness/harness.h"
	printf '#include <lua.h>\n' >"$tree/t/shell/lua-host.h"
	cat >"$tree/t/$1"
	(cd "$tree/t" && check_tree)
}

refused() { # TITLE FILE TEXT: TEXT must be found at fault, at line 2
	if printf '/* x */\n%s\n' "$3" | planted "$2" >"$said"; then
		result 1 "refused: $1"
	elif grep -q "^$2:2: " "$said" && [ "$(wc -l <"$said")" = 1 ]; then
		result 0 "refused: $1"
	else
		sed 's/^/# /' "$said"
		result 1 "refused: $1"
	fi
}

allowed() { # TITLE FILE TEXT
	if printf '%s\n' "$3" | planted "$2" >"$said"; then
		result 0 "allowed: $1"
	else
		sed 's/^/# /' "$said"
		result 1 "allowed: $1"
	fi
}

refused "checker includes shell" checker/a.c '#include "shell/term.h"'
refused "by a way around" checker/a.h '#  include "../shell/term.h"'
refused "the agent includes the checker" checker/guest/a.c '#include "../buf.h"'
refused "Lua in the checker" checker/a.c '#include <lua.h>'
refused "Lua in the shell" shell/cmd.c '#include <lauxlib.h>'
refused "Lua through a header" shell/cmd.c '#include "lua-host.h"'
refused "a stranger in proc" checker/grade.c '#include "proc-int.h"'
for call in strcpy strcat sprintf vsprintf strtok system popen; do
	refused "$call" shell/a.c "	x = $call(a, b);"
done
for call in fork vfork execvp execl posix_spawn waitpid wait4 waitid; do
	refused "$call" checker/qemu.c "	$call (a, b);"
done
refused "after a string" shell/a.c 'f("\"", 0); system(s);'
refused "after a comment" shell/a.c '/* x */ system(s);'
allowed "shell includes checker" shell/a.c '#include "checker/buf.h"'
allowed "the harness and its own" checker/guest/harness/a.c \
	'#include "harness.h"'
allowed "the agent and its own" checker/guest/a.c '#include "proto.h"'
allowed "the agent and the kernel" checker/guest/a.c '#include <linux/kmod.h>'
allowed "Lua where it lives" shell/lua-a.c '#include "lua-host.h"'
allowed "proc starts processes" checker/proc-spawn.c 'p = fork();'
allowed "so does the agent" checker/guest/agent.c 'p = fork();'
allowed "proc in itself" checker/proc-run.c '#include "proc-int.h"'
allowed "names that only look alike" shell/a.c \
	'snprintf(s); c->system(x); my_system(x); int system_x(void); prefork();'
allowed "words in strings and comments" shell/a.c \
	'f("system(x)", '"'"'"'"'"'); // fork()
/* strcpy(a)
 * popen(b) */ int x;'

echo "1..$count"
exit $failed
