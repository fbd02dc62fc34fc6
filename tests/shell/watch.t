#!/bin/bash
# watch: real saves, real checks, every key, and a terminal left as it was.
# shellcheck disable=SC2154 # lib.sh sets kiln, dir, sock and repo
. "$(dirname "$0")/lib.sh"

work=$KILN_HOME/work/two-hellos
file=$work/hello_rs.rs
solution=$repo/lessons/0-first-contact/01-two-hellos/solution/hello_rs.rs

# save SED-SCRIPT: the solution, changed so, written over the file.
save()
{
	grep -v 'BEGIN SOLUTION\|END SOLUTION' "$solution" | sed "$1" >"$file"
}

# count TEXT: how often it is on the screen or above it.
count()
{
	scrolled | grep -cF -- "$1"
}

attempts()
{
	sqlite3 -cmd '.timeout 5000' "$KILN_HOME/state/progress.db" \
		'select count(*) from attempt'
}

pid_of_watch()
{
	pgrep -P "$(tmux -S "$sock" list-panes -F '#{pane_pid}')" -x kiln
}

gone()
{
	local n=100

	while kill -0 "$1" 2>/dev/null && [ $n -gt 0 ]; do
		sleep 0.05
		n=$((n - 1))
	done
	! kill -0 "$1" 2>/dev/null
}

no_run_left()
{
	local n=60

	while [ -n "$(ls "$KILN_HOME/cache/run" 2>/dev/null)" ] && [ $n -gt 0 ]; do
		sleep 0.05
		n=$((n - 1))
	done
	[ $n -gt 0 ]
}

# What is spent is written every few seconds in which a key was pressed.
time_counts()
{
	local n=100

	until [ "$(sqlite3 -cmd '.timeout 5000' \
		"$KILN_HOME/state/progress.db" \
		"select coalesce(sum(seconds), 0) >= 5 from spent")" = 1 ]; do
		keys z
		sleep 0.2
		n=$((n - 1))
		[ $n -gt 0 ] || return 1
	done
}

foot="q quit"

# shows_last TEXT: the last line that is not empty has it.
shows_last()
{
	local n=200

	until screen | grep -v '^$' | tail -n 1 | grep -qF -- "$1"; do
		sleep 0.05
		n=$((n - 1))
		[ $n -gt 0 ] || return 1
	done
}

terminal 80 24 "$kiln watch 0.1"
is "before the lesson was started watch says so" shows "'start 0.1'"
is "and is an error of usage" shows "left with 2"

"$kiln" start 0.1 >/dev/null
save 's/Ok(hello)/Oks(hello)/'
terminal 80 24 "$kiln watch"
is "a check begins at once" shows "build" 30
is "the keys are named" shows "$foot"
is "what fails is shown" shows "error[E0425]" 60
is "with the score" shows "Not yet (build-failed): 0 of"

save ''
is "a save begins a check, and its result takes the place" \
	shows "Passed: " 120
is "of the old one" bash -c "! tmux -S '$sock' capture-pane -p -S - |
	grep -F 'Not yet'"
is "one line is there for each stage" test "$(count '  build   ok')" = 1
is "each is an attempt" test "$(attempts)" = 2
is "the next lesson is named" shows "lesson 0.2"

# As an editor that renames.
grep -v 'SOLUTION' "$solution" | sed 's/Ok(hello)/Oks(hello)/' >"$work/.new"
mv "$work/.new" "$file"
is "a save by renaming is one too" shows "error[E0425]" 60

keys h
is "h gives a hint" shows "Hint 1 of"
is "and the keys are there again" shows "$foot"
keys x
is "x explains the error" shows "An unresolved name was used."
shows "space: more"
keys q
shows_last "$foot"
keys d
is "d shows the whole report" shows "it does not build: hello_rs.rs"
shows_last "$foot"
keys l
is "l shows what the build said, for no guest ran" shows "aborting due to"
shows_last "$foot"
clear_screen
keys t
is "t lists the lessons" shows "Rust calls C, safely wrapped"
keys q
is "a q that may have been meant for the list is asked about" \
	shows_last "q again: leave watch"
keys r
is "and another key does what it does" shows_last "Reset 0.1?"
keys u
shows_last "$foot"
is "the time at it is counted" time_counts
keys t
shows_last "$foot"
keys q
shows_last "q again"
keys q
is "q twice leaves" shows "left with 0"
is "the terminal is as it was" sane

save ''
terminal 80 24 "$kiln watch"
shows "boot" 60
began=$(attempts)
save 's/Ok(hello)/Oks(hello)/'
is "a save during a check begins anew" shows "E0425" 60
is "and only the second one is an attempt" \
	test "$(attempts)" = $((began + 1))
keys Enter
is "Enter checks again" bash -c "n=200
	while [ \$n -gt 0 ] && [ \$(sqlite3 -cmd '.timeout 5000' \
		'$KILN_HOME/state/progress.db' \
		'select count(*) from attempt') != $((began + 2)) ]; do
		sleep 0.05; n=\$((n - 1)); done; [ \$n -gt 0 ]"
keys r
is "r asks first" shows_last "Reset 0.1?"
keys x
shows_last "$foot"
is "and takes no for an answer" grep -q 'Oks' "$file"
keys r
shows_last "Reset 0.1?"
keys y
is "but does it with y" shows "is as it was at the start" 20
is "and checks the starter then" shows "FAIL  the Rust module loads" 60
keys q
shows "left with 0"

# A check runs: keys are answered all the same.
save ''
terminal 80 24 "set -m; $kiln watch; stty -a >'$dir/stty.after'; echo stopped
	read -r; fg"
shows "build" 30
keys C-z
is "Ctrl-Z stops it" shows "stopped"
is "with the terminal as it was" sane
keys Enter
keys r
is "a key is answered while a check runs" shows_last "Reset 0.1?" 2
keys u
is "which goes on" shows "Passed: " 120
tmux -S "$sock" resize-window -x 40 -y 10 2>/dev/null
is "a smaller window is drawn for" shows "? help"
keys n
is "n begins the next lesson" shows "In C every variable may change" 20
keys q
is "and watches it" shows "0.2 Mutability" 20
keys C-c
is "Ctrl-C leaves" shows "left with 0"
is "the terminal is as it was after Ctrl-C" sane

"$kiln" start 0.1 >/dev/null
terminal 80 24 "$kiln watch"
shows "build" 30
pid=$(pid_of_watch)
kill -TERM "$pid"
is "kill -TERM ends it" shows "left with 130"
is "the terminal is as it was after it" sane
is "no run is left behind" no_run_left

save ''
terminal 80 24 "$kiln watch"
shows "build" 60
child=$(pgrep -P "$(pid_of_watch)" -x kiln)
kill -KILL "$child"
is "a check that dies is told" shows "ended before it had a verdict" 20
keys Enter
is "and can be had again" shows "Passed: " 60
rm -rf "$work"
is "a folder that is gone is told" shows "nothing of lesson 0.1 to check" 20
"$kiln" start 0.1 >/dev/null
is "and seen when it is back" shows "FAIL  the Rust module loads" 60
keys C-d
is "Ctrl-D leaves" shows "left with 0"

terminal 80 24 "$kiln watch"
shows "build" 30
pid=$(pid_of_watch)
child=$(pgrep -P "$pid" -x kiln)
kill -KILL "$pid"
is "a check does not outlive a watch that is killed" gone "$child"
is "and clears up after itself" no_run_left

terminal 80 24 "TERM=dumb $kiln watch"
is "a dumb terminal gets lines" shows "Not yet" 60
save ''
is "one below the other" shows "Passed: " 60
is "with a rule between" shows "----"
is "and no escape sequences" bash -c "! tmux -S '$sock' capture-pane -p -e |
	grep -q $'\033'"
keys q
is "keys work there too" shows "left with 0"

# ---- a lesson step by step, without leaving watch ----

rm -rf "$KILN_HOME/state" "$work" # it is not passed yet
"$kiln" start 0.1 --at 1 >/dev/null
cp "$repo/lessons/0-first-contact/01-two-hellos/try/no-exit/hello_rs.rs" "$file"
terminal 80 99 "$kiln watch" # so that nothing is paged
is "what is next is named by watch's own key" \
	shows "Press n for step 2 (predict)." 60
shows_last "$foot"
is "and by no other" bash -c "! tmux -S '$sock' capture-pane -p |
	grep -q 'Press Enter for'"
is "with one blank line below it" bash -c "tmux -S '$sock' capture-pane -p |
	grep -A2 'Press n for' | tail -n 1 | grep -q '^h hint'"
keys n
is "n asks the question" shows "Press a, b or c."
is "whose letters are among the keys" shows "a-c answer"
keys a
is "a letter answers it" shows "You said a)"
is "the kernel says who is right" shows "It is b, and you said a." 120
is "and what is next" shows "Press n for step 3 (write)."
shows_last "$foot"
is "the letters are no keys any more" bash -c "! tmux -S '$sock' \
	capture-pane -p | grep -v '^\$' | tail -n 2 | grep -q 'a-c answer'"
keys n
is "n goes on" shows "Step 3 of 5"
keys n
is "and on, where all is done" shows "Step 4 of 5"
is "and says that a save is enough" shows "; what you"
keys C-c
shows "left with 0"

save ''
timeout 20 "$kiln" watch </dev/null >"$dir/out" 2>&1 &
pid=$!
n=400
until grep -q Passed "$dir/out" || [ $n = 0 ]; do
	sleep 0.05
	n=$((n - 1))
done
save 's/Ok(hello)/Oks(hello)/'
until grep -q E0425 "$dir/out" || [ $n = 0 ]; do
	sleep 0.05
	n=$((n - 1))
done
kill -TERM $pid
is "without a keyboard it goes on until it is ended" \
	grep -q 'Not yet (build-failed)' "$dir/out"
is "in plain lines" bash -c "! grep -q $'\033' '$dir/out'"
"$kiln" watch --poll </dev/null >"$dir/out" 2>&1 &
pid=$!
sleep 0.3
kill -TERM $pid
is "that it polls is said" grep -q 'looked at every' "$dir/out"

done_testing
