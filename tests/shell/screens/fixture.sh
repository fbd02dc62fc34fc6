# shellcheck shell=bash
# A home whose name is always the same on the screen, ~, and lessons of its
# own: sourced after lib.sh. The cache is shared by all that fresh_home()
# makes.
# shellcheck disable=SC2154 # lib.sh sets dir and repo

mv "$KILN_HOME/cache" "$dir/cache"
export HOME=$dir/user
export KILN_HOME=$HOME/kiln
export KILN_DATA=$dir/data
mkdir "$KILN_DATA"
ln -s "$repo/kernels" "$repo/checker" "$KILN_DATA"
unset COLUMNS LINES KILN_PLAIN XDG_CACHE_HOME XDG_STATE_HOME

fresh_home()
{
	rm -rf "$HOME" "$KILN_DATA/lessons"
	mkdir -p "$KILN_HOME"
	ln -s "$dir/cache" "$KILN_HOME/cache"
	# A copy, for a test may change a lesson.
	cp -R "$repo/tests/shell/screens/lessons" "$KILN_DATA/lessons"
}
