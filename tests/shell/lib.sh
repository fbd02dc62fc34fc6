# shellcheck shell=bash
# A real terminal for the tests of the shell: tmux runs the real binary, keys
# are sent, the screen is read. Sourced by the .t files, which print TAP.

repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
kiln=$repo/build/kiln
dir=$(mktemp -d)
sock=$dir/tmux
terminals=0
tests=0
bad=0

# State, work and runs of their own; the cache, which is dear, is the user's.
cache=${KILN_HOME:+$KILN_HOME/cache}
cache=${cache:-${XDG_CACHE_HOME:-$HOME/.cache}/kiln}
export KILN_HOME=$dir/home
mkdir -p "$KILN_HOME/cache"
for entry in "$cache"/*-*; do
	ln -s "$entry" "$KILN_HOME/cache/"
done
unset NO_COLOR EDITOR VISUAL
export LC_ALL=C.UTF-8 TERM=screen

finish()
{
	tmux -S "$sock" kill-server 2>/dev/null
	rm -rf "$dir"
}
trap finish EXIT

ok()
{
	tests=$((tests + 1))
	echo "ok $tests - $1"
}

not_ok()
{
	tests=$((tests + 1))
	bad=1
	echo "not ok $tests - $1"
	screen | sed 's/^/# |/'
}

# is NAME COMMAND...: the command says yes.
is()
{
	local name=$1

	shift
	if "$@"; then ok "$name"; else not_ok "$name"; fi
}

done_testing()
{
	echo "1..$tests"
	exit $bad
}

# terminal COLUMNS ROWS COMMAND: run it in a fresh terminal. Its exit code
# and the terminal's settings before and after are kept.
terminal()
{
	local columns=$1 rows=$2

	shift 2
	cat >"$dir/run" <<END
cd "$dir"
stty -a >"$dir/stty.before"
$*
echo "left with \$?"
stty -a >"$dir/stty.after"
exec sleep 1000
END
	tmux -S "$sock" kill-server 2>/dev/null
	# Another socket, for a server that is ending still answers on its own.
	terminals=$((terminals + 1))
	sock=$dir/tmux$terminals
	tmux -S "$sock" -f /dev/null new-session -d -x "$columns" -y "$rows" \
		"bash '$dir/run'"
}

keys()
{
	tmux -S "$sock" send-keys "$@"
}

type_line()
{
	tmux -S "$sock" send-keys -l -- "$1"
	tmux -S "$sock" send-keys Enter
}

screen()
{
	tmux -S "$sock" capture-pane -p 2>/dev/null
}

# All that was shown, what scrolled away too.
scrolled()
{
	tmux -S "$sock" capture-pane -p -S -2000 -J 2>/dev/null
}

# shows TEXT [SECONDS]: it comes onto the screen within so long.
shows()
{
	local n=$((${2:-10} * 20))

	while [ $n -gt 0 ]; do
		scrolled | grep -qF -- "$1" && return
		sleep 0.05
		n=$((n - 1))
	done
	return 1
}

# at_prompt [SECONDS]: the last line that is not empty is a bare prompt.
at_prompt()
{
	local n=$((${1:-10} * 20))

	until screen | grep -v '^$' | tail -n 1 |
		grep -qE '^kiln( [0-9.]+)?> ?$'; do
		[ $n -gt 0 ] || return 1
		sleep 0.05
		n=$((n - 1))
	done
}

clear_screen()
{
	tmux -S "$sock" send-keys C-l
	tmux -S "$sock" clear-history
}

# The settings, that is: its size is the window's affair. They are written
# just after the words that a test has seen.
sane()
{
	local n=40

	while [ $n -gt 0 ] && ! same_settings; do
		sleep 0.05
		n=$((n - 1))
	done
	[ $n -gt 0 ]
}

same_settings()
{
	[ -s "$dir/stty.after" ] && diff <(sed 's/rows.*columns [0-9]*//' "$dir/stty.before") \
		<(sed 's/rows.*columns [0-9]*//' "$dir/stty.after") >/dev/null
}
