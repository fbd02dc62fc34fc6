#!/bin/bash
# Keys, signals and terminals of other kinds.
# shellcheck disable=SC2154 # lib.sh sets kiln, sock and repo
. "$(dirname "$0")/lib.sh"

terminal 80 24 "$kiln"
at_prompt
type_line "strat 0.1"
is "a slip is met with what was meant" shows "start"
at_prompt
clear_screen
keys -l "sta"
keys Tab
is "Tab completes to what is common" shows "sta"
keys Tab
is "and shows what it may be" shows "status"
keys C-c
is "Ctrl-C at the prompt clears the line" at_prompt
clear_screen
keys -l "start two"
keys Tab
is "Tab completes lessons" shows "start two-hellos"
keys Enter
is "which then start" shows "hello_rs.rs"
at_prompt

clear_screen
type_line check
shows "stage   ok" 30
keys C-c
is "Ctrl-C during a check ends it" shows "Interrupted" 20
is "and is back at the prompt" at_prompt
is "with no run left behind" \
	bash -c "! ls '$KILN_HOME/cache/run' | grep ."
type_line "help quit"
is "the prompt works as before" shows "leave Kiln"
at_prompt
tmux -S "$sock" resize-window -x 60 -y 15 2>/dev/null
type_line list
is "a smaller window is written for" shows "Two hellos"
keys C-d
is "Ctrl-D leaves" shows "left with 0"
is "the terminal is as it was" sane

terminal 80 24 "TERM=dumb $kiln"
is "a dumb terminal has a prompt" shows "kiln"
type_line list
is "and commands" shows "Two hellos"
is "without escape sequences" bash -c "! tmux -S '$sock' capture-pane -p -e |
	grep -q $'\033'"
type_line quit
is "and can be left" shows "left with 0"

is "a pipe gets no colours" bash -c "! '$kiln' list | grep -q $'\033'"
is "a closed pipe is no error" bash -c "'$kiln' help | head -n 1 >/dev/null"
is "commands come from a pipe too" bash -c \
	"printf 'list\nquit\n' | '$kiln' | grep -q 'Two hellos'"

done_testing
