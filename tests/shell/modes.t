#!/bin/bash
# Every command in terminals and locales of other kinds: no escapes where
# there must be none, nothing but ASCII where the locale has no more.
# shellcheck disable=SC2154,SC2034 # lib.sh sets, and reads, kiln, repo, dir and KILN_HOME
. "$(dirname "$0")/lib.sh"
. "$repo/tests/shell/screens/fixture.sh"

fresh_home
"$kiln" start 0.2 >/dev/null
"$kiln" start 0.1 >/dev/null
"$kiln" check --keep "$dir/kept" >/dev/null
saved=$repo/tests/golden/atomic-kmalloc.log

# What is run of each command; one that is not named here tells its help.
of()
{
	case $1 in
	list | status | doctor | hint | log) echo "$1" ;;
	check) echo "check 0.2" ;;
	start) echo "start 0.2" ;;
	step) echo "step" ;;
	next) echo "next" ;;
	show) echo "show 0.1" ;;
	reset) echo "reset 0.1" ;;
	help) echo "help keys" ;;
	klog) echo "klog $saved" ;;
	replay) echo "replay $dir/kept" ;;
	*) echo "$1 --help" ;;
	esac
}
commands=$("$kiln" help | sed -n 's/^  \([a-z]*\)  .*/\1/p')
is "help names the commands" grep -qx check <<<"$commands"

# What takes a second is run on terminals, where its progress is seen.
is_dear()
{
	[ "$1" = check ] || [ "$1" = replay ] || [ "$1" = doctor ]
}

# piped NAME=VALUE...: all of them, into a pipe.
piped()
{
	for c in $commands; do
		! is_dear "$c" || continue
		# shellcheck disable=SC2046 # several words
		env "$@" "$kiln" $(of "$c") 2>&1 </dev/null | cat
	done
	env "$@" "$kiln" lsit 2>&1
	env "$@" "$kiln" start nothing 2>&1
}

# on_tty NAME=VALUE...: on a terminal; its bytes are what the program wrote.
on_tty()
{
	local line

	for c in $commands lsit; do
		[ "$c" != replay ] || [[ $* == *dumb* ]] || continue
		line="env $* '$kiln' $(of "$c")"
		[ "$c" != lsit ] || line="env $* '$kiln' lsit"
		script -qec "stty cols 80 rows 0; $line" /dev/null </dev/null
	done
}

# none NAME PATTERN FILE: no line of it matches (bytes, as grep -P has them).
none()
{
	local found

	found=$(LC_ALL=C grep -aPn -m 3 -- "$2" "$3" | cat -v)
	if [ -z "$found" ] && [ -s "$3" ]; then
		ok "$1"
		return
	fi
	tests=$((tests + 1))
	bad=1
	echo "not ok $tests - $1"
	printf '%s\n' "${found:-nothing was shown}" | sed 's/^/# /'
}

esc='\x1b'
beyond='[\x80-\xff]'
over='\r(?!\n|$)' # back to the beginning of a line

piped LC_ALL=C.UTF-8 TERM=xterm >"$dir/out"
none "a pipe gets no escapes" "$esc" "$dir/out"
is "but the letters that there are" grep -q 'Rust — and' "$dir/out"
piped LC_ALL=C >"$dir/out"
none "in the C locale it gets ASCII" "$beyond" "$dir/out"

on_tty LC_ALL=C.UTF-8 TERM=xterm >"$dir/out"
is "a terminal gets colours" grep -q $'\033\\[32m' "$dir/out"
on_tty LC_ALL=C TERM=xterm NO_COLOR=1 >"$dir/out"
none "with NO_COLOR it gets none" "$esc\\[[0-9;]*m" "$dir/out"
none "in the C locale it gets ASCII" "$beyond" "$dir/out"
on_tty LC_ALL=C.UTF-8 TERM=dumb >"$dir/out"
none "a dumb terminal gets no escapes" "$esc" "$dir/out"
none "and no line is drawn over" "$over" "$dir/out"
on_tty LC_ALL=C.UTF-8 TERM=xterm KILN_PLAIN=1 >"$dir/out"
none "plain mode has no escapes" "$esc" "$dir/out"
none "no line is drawn over" "$over" "$dir/out"
none "and no bar, arrow or picture stands for a word" \
	'^\s*(\|(?!.*\|\s*$)|!|>|---) |\[[#>.o]+\]' "$dir/out"

is "kiln --plain asks for it too" eval \
	'"$kiln" --plain status | grep -q "^Track 0, First steps: 0 of 2 passed"'

# A locale of one byte a letter, where there is one or one can be made.
latin=$(locale -a | grep -im 1 'iso8859-\?1$')
if [ -z "$latin" ] && localedef -i en_US -f ISO-8859-1 \
	"$dir/en_US.ISO-8859-1" >"$dir/localedef" 2>&1; then
	export LOCPATH=$dir
	latin=en_US.ISO-8859-1
fi
if [ -n "$latin" ]; then
	piped LC_ALL="$latin" >"$dir/out"
	none "in ISO-8859-1 it is ASCII too" "$beyond" "$dir/out"
else
	tests=$((tests + 1))
	echo "ok $tests # skip this machine cannot make an ISO-8859-1 locale"
fi
done_testing
