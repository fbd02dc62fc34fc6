#!/bin/bash
# A lesson step by step: left and taken up, a question held against the real
# kernel, a start in the middle, the pager, a small terminal.
# shellcheck disable=SC2154 # lib.sh sets kiln, sock and repo
. "$(dirname "$0")/lib.sh"

work=$KILN_HOME/work/two-hellos
tries=$repo/lessons/0-first-contact/01-two-hellos/try

# quiet: lines and signals are the terminal's, and keys are not echoed.
quiet()
{
	local n=200 tty

	tty=$(tmux -S "$sock" display-message -p '#{pane_tty}')
	until stty -F "$tty" -a | tr '\n' ' ' | grep -q ' icanon .* -echo '; do
		sleep 0.02
		n=$((n - 1))
		[ $n -gt 0 ] || return 1
	done
}

# ---- from the first line on, by Enter ----

terminal 80 70 "$kiln"
at_prompt
keys Enter
is "Enter on nothing names the first command" shows "Type 'start'"
at_prompt
type_line start
is "start says how many steps there are" shows "Press Enter for the first"
at_prompt
keys Enter
is "Enter shows the first step" shows "Step 1 of 5 · read"
is "and what comes after it" shows "Press Enter for step 2 (predict)."
at_prompt
type_line check
is "keys are not echoed during a check" quiet
keys -l "status"
is "which ends as ever" shows "Not yet" 120
is "they are for the prompt" shows "kiln 0.1> status"
keys C-u
at_prompt
clear_screen
keys Enter

# ---- a question ----

is "Enter shows what was not, check or no check" \
	shows "Step 2 of 5 · predict"
is "the question is asked" shows "Type a, b or c."
at_prompt
type_line x
is "a letter that is no choice is refused" shows "there is no choice 'x'"
at_prompt
type_line a
keys Enter
is "an answer is taken" shows "You said a)"
is "the experiment was run in the kernel" shows "From the log of a real run" 120
is "its log stands there" shows "| hello_rs: loaded, the answer is 7"
is "and says who was right" shows "It is b, and you said a."
is "the reason comes after it" shows "delete_module in kernel/module/main.c"
at_prompt
is "an Enter meanwhile does not take it away" bash -c \
	"! tmux -S '$sock' capture-pane -p | grep -q 'Step 3 of'"
type_line "step --list"
is "the list says what is done" shows "2  done  predict"
at_prompt
clear_screen
type_line "predict --try"
sleep 0.3
keys C-c
is "Ctrl-C ends an experiment" shows "'predict --try' runs it again" 30
is "and is back at the prompt" at_prompt
clear_screen
keys Enter
is "the answer is kept, and Enter goes on" shows "Step 3 of 5 · write"
at_prompt

# ---- work ----

is "to what is to be edited" shows "Edit hello_rs.rs in"
at_prompt
clear_screen
keys Enter
is "and stays there until it is done" shows "'step 4' goes on without it"
at_prompt
cp "$tries/no-exit/hello_rs.rs" "$work/hello_rs.rs"
type_line check
is "a check names what belongs to a later step" \
	shows "it prints its last line when it is unloaded (0/1) - a later step" 120
is "the step is done when its checks hold" shows "Step 3 is done"
is "and Enter is offered" shows "Press Enter for step 4 (write)."
at_prompt

# ---- left, and taken up ----

keys C-d
shows "left with 0"
terminal 80 70 "$kiln"
is "who comes back is told where it was" shows "Press Enter to take up step 3 of 5"
at_prompt
keys Enter
is "and taken there" shows "Step 3 of 5 · write (done)"
at_prompt
keys Enter
is "before it goes on" shows "Step 4 of 5 · write"
at_prompt

# ---- in the middle ----

echo "// mine" >>"$work/hello_rs.rs"
type_line "start 0.1 --at 4"
is "what is written over is put away" shows "What you had is version"
at_prompt
is "it holds what was there" \
	grep -rq "// mine" "$KILN_HOME/state/versions/two-hellos"
is "the steps before are solved" grep -q "Ok(hello)" "$work/hello_rs.rs"
is "those after them not" bash -c "! grep -q 'impl Drop' '$work/hello_rs.rs'"
type_line "start 0.1 --at look-around"
is "a step is named as well" shows "Step 5 of 5 · explore"
at_prompt
is "and then all is solved" grep -q "impl Drop" "$work/hello_rs.rs"
keys C-d
is "the shell is left as ever" shows "left with 0"
is "the terminal is as it was" sane

# ---- completion ----

terminal 80 24 "$kiln"
at_prompt
keys -l "step no"
keys Tab
is "Tab completes the names of steps" shows "step no-exit"
keys C-u
keys -l "start 1.2 --at wi"
keys Tab
is "those of the lesson that is named" shows "--at wide-return"
keys C-c
at_prompt
keys C-d
shows "left with 0"

# ---- the pager, on a small screen ----

terminal 40 10 "$kiln"
at_prompt
type_line "step 1"
is "a long text is paged" shows "-- space, b, /, q"
is "from its beginning" bash -c "[[ \$(tmux -S '$sock' capture-pane -p) == 'Step 1 of 5'* ]]"
keys Space
sleep 0.5
first=$(screen)
keys Space
sleep 0.5
keys b
sleep 0.5
is "b goes back" [ "$(screen | head -n 8)" = "$(echo "$first" | head -n 8)" ]
keys /
type_line "reads THE signature"
sleep 0.5
not_found=$(screen)
keys /
type_line "READ the signature"
is "/ finds, whatever the case" shows "Read the signature slowly"
is "what is not there is said" grep -q "not found below" <<<"$not_found"
tmux -S "$sock" resize-window -x 60 -y 16
is "a new size is followed" shows "Read the signature slowly, for everything in this lesson"
keys q
is "q leaves, and the next thing is named" shows "Press Enter for step 2"
is "at the prompt" at_prompt
tmux -S "$sock" resize-window -x 80 -y 16
sleep 0.5
clear_screen
type_line "step 1"
is "again" shows "?: keys"
keys '?'
is "? names the keys" shows "n: again"
keys G
is "the end waits" shows "-- 100% -- Enter: go on"
keys b
sleep 0.5
is "a key that is meant for it is no command" \
	bash -c "! tmux -S '$sock' capture-pane -p | grep -q 'no command'"
keys G
sleep 0.5
keys Enter
is "Enter at the end goes on" shows "Press Enter for step 2"
is "to the prompt" at_prompt
is "and no further" bash -c \
	"! tmux -S '$sock' capture-pane -p | grep -q 'Step 2'"
clear_screen
type_line "step 2"
shows "-- space, b, /, q"
n=60
until scrolled | grep -qF "a) It is refused" || [ $n = 0 ]; do
	keys j
	sleep 0.1
	n=$((n - 1))
done
keys q
is "what was begun is shown to its end" shows "such a module"
is "and the prompt is there" at_prompt
is "without beginning again" \
	test "$(scrolled | grep -cF "a) It is refused")" = 1
keys C-d
shows "left with 0"
is "the pager leaves the terminal sane" sane

# ---- where nobody can be asked ----

run()
{
	"$kiln" "$@" </dev/null 2>&1
}
is "step in a pipe shows the step whole" \
	bash -c "'$kiln' step 1 </dev/null | grep -q 'Type .next. for step 2'"
is "next goes on in a pipe" grep -q "Step 2 of 5" <(run next)
run step 2 >/dev/null
is "a question in a pipe does not wait" \
	grep -q "You have said a\|said a" <(run predict b)
is "a step that is not there is named" \
	grep -q "has no step '9'" <(run step 9)
terminal 80 70 "TERM=dumb $kiln"
at_prompt
type_line "step 1"
is "a dumb terminal pages nothing" shows "Press Enter for step 2"
at_prompt
keys Enter
is "and Enter goes on there too" shows "Step 2 of 5"
at_prompt
type_line quit
is "and is left as ever" shows "left with 0"

rm "$work/hello_rs.rs"
is "the only file to edit is gone: check names it" \
	grep -q "hello_rs.rs is missing" <(run check)
is "and what brings it back" grep -q "'restore' brings back" <(run check)

done_testing
