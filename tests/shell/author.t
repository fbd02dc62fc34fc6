#!/bin/bash
# `author new` asks at a terminal, and leaves it as it was.
# shellcheck disable=SC2154 # lib.sh sets kiln, dir and repo
. "$(dirname "$0")/lib.sh"

lessons=$dir/own
made=$lessons/3-odd-track/07-half-of-it
mkdir "$lessons"

terminal 80 24 "$kiln author new --dir '$lessons'"
is "it asks for the title first" shows "Title [A new lesson]:"
type_line "Half of it"
is "then for the id" shows "Id [1.1]:"
type_line "3.x"
is "what is no id is told" shows "'3.x' is no id of a lesson"
type_line "3.7"
is "a new track gets a name" shows "Name of the new track [new-track]:"
type_line "odd-track"
is "the languages are named" shows "c, rust, or both [both]:"
type_line "rst"
is "a slip is guessed" shows "did you mean rust?"
type_line "rust"
is "minutes come last" shows "Minutes it takes [20]:"
type_line ""
is "it says what comes next" shows "kiln author lint 3.7"
is "and ends well" shows "left with 0"
is "the terminal is as it was" sane
is "the lesson is there" grep -q 'id = "3.7"' "$made/lesson.lua"
is "under its title" grep -q '^# Half of it$' "$made/text.md"
is "in its language" test -f "$made/solution/half_rs.rs"

terminal 40 10 "$kiln author new --dir '$lessons'"
shows "Title [" && type_line "Another"
is "its id is the next" shows "Id [3.8]:"
keys C-c
is "Ctrl-C ends it" shows "left with 130"
is "the terminal is as it was after that" sane
is "and nothing was made" test ! -e "$lessons/3-odd-track/08-another"

terminal 80 24 "$kiln author new --dir '$lessons' --id 3.7"
is "with flags it does not ask" shows "left with 2"
is "a place that is taken is told" \
	shows "3.7 is taken, by 3-odd-track/07-half-of-it"

"$kiln" author new --dir "$lessons" </dev/null >"$dir/out" 2>&1
is "without a terminal it does not ask" \
	test -f "$lessons/3-odd-track/08-a-new-lesson/lesson.lua"
is "where it is not looked for is told" grep -q "not where Kiln looks" "$dir/out"

done_testing
