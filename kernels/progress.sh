# shellcheck shell=bash
# Progress of long work, for the scripts beside this one; sourced, not run.
#
# On a terminal one line is drawn over and over; elsewhere (a pipe, a log)
# a line is printed whenever the work has come another tenth of the way.

progress_name=
progress_began=0
progress_shown=-1
progress_drawn=

# progress_begin NAME: what is being made.
progress_begin()
{
	progress_name=$1
	progress_began=$SECONDS
	progress_shown=-1
	progress_drawn=
}

# progress_left PERCENT: "3:20 left" by rule of three, or nothing yet.
progress_left()
{
	local spent=$((SECONDS - progress_began)) left

	[ "$1" -ge 2 ] && [ "$spent" -ge 3 ] || return 0
	left=$((spent * (100 - $1) / $1))
	printf '%d:%02d left' $((left / 60)) $((left % 60))
}

# progress PERCENT WHAT
progress()
{
	local percent=$1 what=$2 bar

	[ "$percent" -le 99 ] || percent=99
	if [ -t 1 ] && [ "${TERM:-dumb}" != dumb ]; then
		printf -v bar '%*s' $((percent / 5)) ''
		printf '\r  %-10s [%-20s] %2d%%  %-11s %-24.24s' \
			"$progress_name" "${bar// /#}" "$percent" \
			"$(progress_left "$percent")" "$what"
		progress_drawn=1
	elif [ $((percent / 10)) -ne "$progress_shown" ]; then
		progress_shown=$((percent / 10))
		printf '  %s %d%% %s: %s\n' "$progress_name" "$percent" \
			"$(progress_left "$percent")" "$what"
	fi
}

# progress_clear: leave the line, before something else is printed.
progress_clear()
{
	[ -z "$progress_drawn" ] || printf '\r%79s\r' ''
	progress_drawn=
}

# progress_end: it is done; leave one line that says so.
progress_end()
{
	local spent=$((SECONDS - progress_began))

	progress_clear
	printf '  %-10s done in %d:%02d\n' "$progress_name" \
		$((spent / 60)) $((spent % 60))
}
