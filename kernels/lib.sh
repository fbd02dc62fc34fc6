# shellcheck shell=bash
# What the scripts of the set-up share; sourced, not run.

# die WHAT [NEXT...]: an environment fault, exit code 4.
die()
{
	if declare -F progress_clear >/dev/null; then
		progress_clear
	fi
	printf 'kiln: %s\n' "$1" >&2
	shift
	[ $# -eq 0 ] || printf '      %s\n' "$@" >&2
	exit 4
}

# What is said when somebody stops us; what is half made is no failure.
interrupted()
{
	if declare -F progress_clear >/dev/null; then
		progress_clear
	fi
	trap - INT TERM
	exit 130
}
trap interrupted INT TERM

# free_mb DIR: space that is free on its disk, in MB.
free_mb()
{
	df -Pm "$1" | awk 'NR == 2 { print $4 }'
}

# need_mb DIR MB WHAT
need_mb()
{
	local free

	free=$(free_mb "$1")
	[ "$free" -ge "$2" ] || die \
		"$3 needs $2 MB, and only $free MB are free" "where: $1" \
		"free some space, or set KILN_HOME to a folder on another disk"
}

# in_toolroot [BWRAP OPTIONS] -- COMMAND: run it shut in, without network.
# The environment names TOOLROOT; folders are bound by the options.
in_toolroot()
{
	local opts=()

	while [ "$1" != -- ]; do
		opts+=("$1")
		shift
	done
	shift
	bwrap --unshare-all --die-with-parent --new-session \
		--ro-bind "$TOOLROOT" / --proc /proc --dev /dev --tmpfs /tmp \
		--clearenv --setenv PATH /usr/bin:/usr/sbin \
		--setenv HOME /tmp --setenv LC_ALL C.UTF-8 \
		"${opts[@]}" -- "$@"
}
