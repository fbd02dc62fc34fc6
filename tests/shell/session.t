#!/bin/bash
# A learner's first session: start, fail, ask for a hint, fix, pass, leave.
# shellcheck disable=SC2154 # lib.sh sets kiln, sock and repo
. "$(dirname "$0")/lib.sh"

work=$KILN_HOME/work/two-hellos
solution=$repo/lessons/0-first-contact/01-two-hellos/solution

terminal 80 24 "$kiln"
is "the first screen says welcome" shows "Welcome to Kiln"
is "and stands at a prompt" at_prompt
type_line "start 0.1"
is "start names the file to edit" shows "hello_rs.rs"
is "it is there" test -s "$work/hello_rs.rs"
is "and holds no solution" \
	bash -c "! grep -q 'SOLUTION' '$work/hello_rs.rs'"

type_line "show --list"
is "the sections are listed" shows "What about rmmod?"
type_line "show no-exit"
is "a question waits for its answer" shows "It is answered at its step"
at_prompt

type_line check
is "a check of the starter comes to an end" shows "Not yet" 120
is "with the check that failed" shows "FAIL  the Rust module loads"
is "and is back at the prompt" at_prompt
type_line hint
is "hint gives the first of some" shows "Hint 1 of"
type_line hint
is "and then the second" shows "Hint 2 of"

type_line log
is "log shows the kernel's words" shows "hello: loaded, the answer is 42"
at_prompt

# A mistake that does not compile.
grep -v 'END SOLUTION\|BEGIN SOLUTION' "$solution/hello_rs.rs" |
	sed 's/Ok(/Oks(/' >"$work/hello_rs.rs"
clear_screen
type_line check
is "a compiler's error is shown" shows "build-failed" 120
is "by file and line" shows "hello_rs.rs:"
at_prompt

cp "$solution/hello_rs.rs" "$work/hello_rs.rs"
clear_screen
type_line check
is "the right answer passes" shows "Passed: " 120
is "next is offered" shows "type 'next' for lesson"
at_prompt
type_line "show no-exit"
is "and the question has its answer" shows "Answer: b."
at_prompt
type_line status
is "status knows that it is passed" shows "0.1"
at_prompt
keys C-d
is "Ctrl-D leaves with code 0" shows "left with 0"
is "the terminal is as it was" sane

terminal 80 24 "$kiln"
at_prompt
keys Up
is "the history of the last session is there" shows "status"
keys C-u
type_line "list"
is "list says what was passed" shows "Two hellos, one log"
type_line quit
is "quit leaves with code 0" shows "left with 0"

done_testing
