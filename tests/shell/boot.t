#!/bin/bash
# The guest and gdb at a real terminal: keys go through, the window's size is
# known there, and the terminal comes back as it was, whatever ends it.
# shellcheck disable=SC2154 # lib.sh sets kiln, sock, dir and repo
. "$(dirname "$0")/lib.sh"

"$kiln" start 0.1 >/dev/null </dev/null
cp "$repo/lessons/0-first-contact/01-two-hellos/solution/hello_rs.rs" \
	"$KILN_HOME/work/two-hellos/"

# The last line that is not empty begins so.
waits_at()
{
	local n=$((${2:-20} * 20))

	while [ $n -gt 0 ]; do
		screen | grep -v '^$' | tail -n 1 | grep -q "^$1" && return
		sleep 0.05
		n=$((n - 1))
	done
	return 1
}

# ---- boot, from the prompt of kiln ----

terminal 80 24 "$kiln"
at_prompt
type_line "boot"
is "boot comes to the guest's prompt" waits_at "guest#" 60
is "which key leaves is shown" shows "Ctrl-] leaves"
type_line "insmod hello.ko"
is "a module is loaded, and the kernel's word is seen" \
	shows "hello: loaded, the answer is 42"
waits_at "guest#"
type_line "stty size"
is "the window's size is known there" shows "24 80"
tmux -S "$sock" resize-window -x 70 -y 20
waits_at "guest#"
sleep 0.5
type_line "stty size"
is "and its new one" shows "20 70"
waits_at "guest#"
type_line "sleep 1000"
sleep 0.5
keys C-c
is "Ctrl-C is the guest's" waits_at "guest#"
type_line "echo grüße | wc -c"
is "UTF-8 goes through whole" shows "8"
keys C-]
is "Ctrl-] leaves" shows "You have left the guest"
is "to the prompt of kiln" at_prompt

# ---- a program that has the whole screen is left behind ----

modes()
{
	tmux -S "$sock" display-message -p \
		'#{alternate_on}#{keypad_cursor_flag}#{wrap_flag}#{cursor_flag}'
}
usual_modes()
{
	local n=100

	until [ "$(modes)" = 0011 ]; do
		[ $n -gt 0 ] || return 1
		sleep 0.05
		n=$((n - 1))
	done
}

clear_screen
type_line "boot"
is "again" waits_at "guest#" 60
type_line "printf '\033[?1h\033[?7l\033[2;5r'; vi /lesson/list"
sleep 1
is "vi has the other screen" test "$(modes)" = 1101
keys C-]
is "Ctrl-] leaves from there too" shows "You have left the guest"
is "with the terminal as it was" usual_modes
is "and its whole height" \
	test "$(tmux -S "$sock" display-message -p '#{scroll_region_lower}')" = \
	19
at_prompt

clear_screen
type_line "boot"
is "again" waits_at "guest#" 60
type_line "exit"
is "exit leaves too" at_prompt
type_line "quit"
is "the terminal is as it was" sane

# ---- what ends it from outside, or from within ----

terminal 40 10 "$kiln boot"
is "in 40 columns, too" waits_at "guest#" 60
type_line "echo c >/proc/sysrq-trigger"
is "a panic is told as such" shows "panicked" 30
is "and explained" shows "survive and stopped"
is "with an end" shows "left with 0"
is "and the terminal is as it was" sane

terminal 80 24 "sh -c 'echo \$\$ >$dir/pid; exec $kiln boot'"
is "once more" waits_at "guest#" 60
kill -TERM "$(cat "$dir/pid")"
is "kill -TERM ends it" shows "left with 130"
is "and the terminal is as it was" sane

# ---- debug ----

terminal 80 24 "$kiln debug"
is "debug stops in init" shows "::init (_module=" 60
is "at gdb's prompt" waits_at "(gdb)"
type_line "next"
is "a line further" shows "Hello { answer: number }"
waits_at "(gdb)"
clear_screen
type_line "while 1"
type_line "set \$turns = 1"
type_line "end"
sleep 0.5
keys C-c
is "Ctrl-C is gdb's" shows "Quit" 30
is "which goes on asking" waits_at "(gdb)"
type_line "log"
is "log has the kernel's words" shows "hello: loaded, the answer is 42"
type_line "quit"
is "quit leaves" shows "You have left gdb"
is "with code 0" shows "left with 0"
is "and the terminal is as it was" sane

done_testing
