# SPDX-License-Identifier: GPL-2.0-or-later
#
# KilnTest: run build/kiln, and see what it left behind.
#
# Each KilnTest has folders of its own. Its cache holds symlinks to the
# toolroot and the kernel that `kiln setup` made, and the warm guests as hard
# links or copies, so that nothing here is made twice, and yet what a check
# leaves in cache/run/ can only be its own, and a guest that it throws away
# is not the one that the others use. This process is a subreaper: whatever outlives the kiln
# that started it becomes our child, and so is found whatever it calls
# itself.
package KilnTest;

use strict;
use warnings;

use Cwd qw(abs_path);
use File::Basename qw(basename dirname);
use File::Spec;
use File::Temp qw(tempdir);
use JSON::PP qw(decode_json);
use POSIX qw(WNOHANG);
use Test::More;
use Time::HiRes qw(sleep time);

# A shell that runs tests in the background has them ignore these, and so
# would all that is run from here.
$SIG{$_} = 'DEFAULT' for qw(INT QUIT);

my $here = dirname(abs_path(__FILE__));
our $repo = abs_path("$here/../../..");
our $kiln = File::Spec->rel2abs($ENV{BUILD} || 'build', $repo) . '/kiln';
our $boot = "$repo/tests/boot";

# SAN=1 builds are slow, and so is a machine that others use.
our $patience = $ENV{KILN_TEST_PATIENCE} || 1;

use constant { SYS_PRCTL => 157, PR_SET_CHILD_SUBREAPER => 36 };
syscall(SYS_PRCTL, PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0
	or BAIL_OUT("cannot become a subreaper: $!");

# ---- set-up ----

# The cache that `kiln setup` fills, as checker/store.h finds it.
sub real_cache {
	my $home = $ENV{KILN_HOME};
	my $xdg = $ENV{XDG_CACHE_HOME};

	return "$home/cache" if $home;
	return "$xdg/kiln" if $xdg;
	return "$ENV{HOME}/.cache/kiln";
}

# Its folders with that name and a key, those that are whole.
sub keyed {
	my ($name) = @_;
	my @all = grep { -d } glob(real_cache() . "/$name-*");

	return grep { $name =~ /^(memory|harness|gdb)$/ || -e "$_/.complete" } @all;
}

sub new {
	my ($class, %o) = @_;
	my $root = tempdir('kiln-boot-XXXXXX', TMPDIR => 1, CLEANUP => 1);
	my $self = bless {
		root => $root,
		cache => "$root/home/cache",
		state => "$root/home/state",
		lessons => $o{lessons} || "$boot/lessons",
		learners => 0,
	}, $class;

	-x $kiln or BAIL_OUT("$kiln is missing: run make");
	mkdir "$root/$_" for qw(home home/cache home/state data tmp out);
	symlink("$repo/$_", "$root/data/$_") for qw(kernels checker shell);
	symlink($self->{lessons}, "$root/data/lessons");
	$self->share_cache;
	return $self;
}

sub share_cache {
	my ($self) = @_;
	my @need = map { keyed($_) } qw(toolroot linux);

	@need >= 2 or BAIL_OUT("no toolroot or no kernel: run 'make setup'");
	for my $part (@need, map { keyed($_) } qw(memory harness gdb)) {
		symlink($part, "$self->{cache}/" . basename($part));
	}
	for my $guest (keyed('guest')) {
		my $ours = "$self->{cache}/" . basename($guest);

		system("cp -al '$guest' '$ours' 2>/dev/null") == 0
			or copy_tree($guest, $ours);
	}
}

sub copy_tree {
	my ($from, $to) = @_;

	system('rm', '-rf', $to);
	system('cp', '-a', '--sparse=always', $from, $to) == 0
		or BAIL_OUT("cannot copy $from");
}

sub guest_dirs { return glob("$_[0]{cache}/guest-????????????????") }

sub forget_guests {
	my ($self) = @_;

	system('rm', '-rf', $self->guest_dirs);
}

# ---- learners ----

# A folder with the solution of the fixture in it, and @files (name => text)
# laid over it; a text that is undef takes the file away. @in is another
# track than that of the fixtures.
sub learner {
	my ($self, %o) = @_;
	my $lesson = $o{lesson} || '01-c-module';
	my $track = $o{in} || "$boot/lessons/" . ($o{track} || '1-bad');
	my $dir = "$self->{root}/learner" . ++$self->{learners};
	my %files = %{ $o{files} || {} };

	mkdir $dir;
	system('cp', '-r', "$track/$lesson/solution/.", $dir) == 0
		or BAIL_OUT("cannot copy the fixture $lesson");
	for my $name (keys %files) {
		unlink "$dir/$name";
		write_file("$dir/$name", $files{$name})
			if defined $files{$name};
	}
	return $dir;
}

# The text of tests/boot/cases/NAME, or of tests/faults/NAME.
sub case_text {
	my ($name) = @_;
	my ($path) = grep { -e } map { "$_/$name" } "$boot/cases",
		"$repo/tests/faults";

	return read_file($path // die "no case or fault $name");
}

# The faults of tests/faults/list, in their order, as hashes with name (no
# suffix), file, lesson (its slug), kind and headline.
sub faults {
	my @all;

	for my $line (split /\n/, read_file("$repo/tests/faults/list")) {
		next if $line =~ /^\s*(#|$)/;
		my ($file, $lesson, $kind, $headline) = split ' ', $line, 4;
		(my $name = $file) =~ s/\.\w+$//;
		push @all, { name => $name, file => $file, lesson => $lesson,
			kind => $kind, headline => $headline };
	}
	return @all;
}

# A learner's folder with that fault in it.
sub faulty {
	my ($self, $fault) = @_;
	my ($dir) = glob("$boot/lessons/1-bad/*-$fault->{lesson}");
	my $as = $fault->{file} =~ /\.rs$/ ? 'bad_rs.rs' : 'bad.c';

	return $self->learner(lesson => basename($dir), files => {
		$as => case_text($fault->{file}) });
}

sub read_file {
	my ($path) = @_;

	open(my $f, '<:raw', $path) or die "$path: $!";
	local $/;
	return scalar <$f>;
}

sub write_file {
	my ($path, $text) = @_;

	open(my $f, '>:raw', $path) or die "$path: $!";
	print $f $text;
	close($f) or die "$path: $!";
}

# A regex for the lines of @text, as file @name, that are marked with @mark;
# undef: there is none.
sub marked {
	my ($name, $text, $mark) = @_;
	my @lines = split /\n/, $text;
	my @at = grep { $lines[$_ - 1] =~ m{(?:/\*|//) $mark\b} } 1 .. @lines;

	return undef unless @at;
	my $any = join('|', @at);
	return qr/\Q$name\E:(?:$any)\b/;
}

# All that can be told of a folder without opening a FIFO in it.
sub fingerprint {
	my ($dir) = @_;
	my @all;

	opendir(my $d, $dir) or return 'no folder';
	for my $name (sort grep { !/^\.\.?$/ } readdir($d)) {
		my $path = "$dir/$name";
		my @st = lstat($path);
		my $what = -l _ ? readlink($path)
			: -f _ && $st[7] < 16 << 20 ? read_file($path)
			: -d _ ? fingerprint($path) : '';

		push @all, join("\0", $name, $st[2], $st[7], $st[9], $what);
	}
	return join("\n", @all);
}

# ---- running ----

# Start kiln; what comes back is for finish(). $o{input}: its standard input.
sub start {
	my ($self, $args, %o) = @_;
	my $n = ++$self->{runs};
	my $root = $self->{root};
	my $run = {
		out_path => "$root/out/$n.out",
		err_path => "$root/out/$n.err",
		began => time,
		limit => ($o{limit} || 60) * $patience,
	};
	my @argv = (@{ $o{wrap} || [] }, $kiln, @$args);
	my $in = '/dev/null';

	if (defined $o{input}) {
		$in = "$root/out/$n.in";
		write_file($in, $o{input});
	}
	my $pid = fork;

	die "fork: $!" unless defined $pid;
	if ($pid == 0) {
		delete @ENV{grep { /^(KILN|XDG)_/ } keys %ENV};
		$ENV{KILN_HOME} = "$root/home";
		$ENV{KILN_DATA} = "$root/data";
		$ENV{TMPDIR} = "$root/tmp";
		%ENV = (%ENV, %{ $o{env} || {} });
		open(STDIN, '<', $in);
		open(STDOUT, '>', $run->{out_path});
		open(STDERR, '>', $run->{err_path});
		{ exec @argv };
		POSIX::_exit(126);
	}
	$run->{pid} = $pid;
	return $run;
}

# Has it ended? Then its status is kept.
sub ended {
	my ($run) = @_;

	if (!defined $run->{status} && waitpid($run->{pid}, WNOHANG) > 0) {
		$run->{status} = $?;
		$run->{ms} = int((time - $run->{began}) * 1000);
	}
	return defined $run->{status};
}

# Wait for its end, or end it at its limit.
sub finish {
	my ($run) = @_;

	while (!ended($run)) {
		if (time - $run->{began} > $run->{limit}) {
			$run->{overdue} = 1;
			kill('KILL', $run->{pid});
		}
		sleep(0.01);
	}
	$run->{signal} = $run->{status} & 127;
	$run->{exit} = $run->{status} >> 8;
	$run->{out} = read_file($run->{out_path});
	$run->{err} = read_file($run->{err_path});
	$run->{json} = eval { decode_json($run->{out}) } || {};
	return $run;
}

sub run {
	my ($self, $args, %o) = @_;

	return finish($self->start($args, %o));
}

sub check_args {
	my ($lesson, $dir, @more) = @_;

	return ['check', $lesson, '--dir', $dir, '--json', @more];
}

sub start_check {
	my ($self, $lesson, $dir, %o) = @_;

	return $self->start(check_args($lesson, $dir, @{ $o{args} || [] }),
		%o);
}

sub check {
	my ($self, $lesson, $dir, %o) = @_;

	return finish($self->start_check($lesson, $dir, %o));
}

# Wait until @cond holds, at most so many seconds.
sub await {
	my ($seconds, $cond) = @_;
	my $end = time + $seconds * $patience;

	while (time < $end) {
		return 1 if $cond->();
		sleep(0.01);
	}
	return 0;
}

# Children of @pid, as [pid, state, command line].
sub children {
	my ($pid) = @_;
	my @all;

	for my $stat (glob('/proc/[0-9]*/stat')) {
		open(my $f, '<', $stat) or next;
		my $line = <$f> // next;
		my ($child, $state, $parent) =
			$line =~ /^(\d+) \(.*\) (\S) (\d+)/s or next;
		next if $parent != $pid;
		my $cmd = '';
		if (open(my $c, '<', "/proc/$child/cmdline")) {
			local $/;
			($cmd = <$c> // '') =~ tr/\0/ /;
		}
		push @all, [$child, $state, substr($cmd, 0, 200)];
	}
	return @all;
}

# Does a descendant of @pid have that in its command line?
sub descendant {
	my ($pid, $re) = @_;

	for my $child (children($pid)) {
		return 1 if $child->[2] =~ $re || descendant($child->[0], $re);
	}
	return 0;
}

# What outlived its kiln. The kernel may need a moment to end it.
sub strays {
	my @left;

	await(2, sub {
		1 while waitpid(-1, WNOHANG) > 0;
		@left = children($$);
		return !@left;
	});
	for my $child (@left) {
		kill('KILL', $child->[0]);
		waitpid($child->[0], 0);
	}
	return map { $_->[2] || "process $_->[0]" } @left;
}

# Files that a check should have taken away with it.
sub litter {
	my ($self) = @_;
	my @all = glob("$self->{cache}/run/* $self->{root}/tmp/*");

	push @all, grep { /\.tmp/ || /\.partial/ }
		glob("$self->{cache}/* $self->{state}/* $self->{state}/*/* "
			. "$self->{state}/*/*/*");
	return @all;
}

# ---- what is expected ----

# No process and no temporary file is left.
sub is_clean {
	my ($self, $what) = @_;
	my @left = (strays(), $self->litter);

	return ok(!@left, $what || 'nothing is left behind')
		|| diag(join("\n", 'left:', @left));
}

# One check, whole: its verdict and exit code, what it says, its time, that
# nothing is left, and that the learner's files are what they were.
#
#   verdict, exit, reason (regex), findings (kinds), guest ("cold"),
#   place (regex: FILE:LINE of the first finding, or in what is said of a
#   timeout), max_ms (of the boot tier), say (print the times), and what
#   check() takes
sub expect {
	my ($self, $what, $lesson, $dir, %want) = @_;
	my $exit = $want{exit} // 1;

	return subtest $what => sub {
		my $before = fingerprint($dir);
		my $r = $self->check($lesson, $dir, %want);
		my $v = $r->{json};
		my ($boot) = grep { $_->{name} eq 'boot' } @{ $v->{tiers} };
		my @kinds = map { $_->{kind} } @{ $v->{findings} };
		my $good = 1;

		keep_log($what, $v);
		$good &= ok(!$r->{overdue}, "it ends, in $r->{ms} ms");
		$good &= is($v->{verdict}, $want{verdict}, 'verdict');
		$good &= is($r->{exit}, $exit, 'exit code');
		$good &= is($r->{signal}, 0, 'no signal');
		$good &= like($r->{out} . $r->{err}, $want{reason}, 'it says')
			if $want{reason};
		$good &= is_deeply(\@kinds, $want{findings}, 'findings')
			if $want{findings};
		$good &= like(place_of($r), $want{place}, 'the line')
			if $want{place};
		$good &= is($v->{guest}, $want{guest}, 'guest')
			if $want{guest};
		$good &= cmp_ok($boot->{ms} // 0, '<=',
			$want{max_ms} * $patience, 'time in the guest')
			if $want{max_ms};
		$good &= ok(fingerprint($dir) eq $before,
			'the learner\'s files are as they were');
		$good &= $self->is_clean;
		diag(sprintf('%s: %d ms in the guest, %d ms in all', $what,
			$boot->{ms} // 0, $r->{ms})) if $want{say};
		diag("$r->{out}$r->{err}") if !$good;
	};
}

# Where the first finding is; without any, where it loops or sleeps.
sub place_of {
	my ($r) = @_;
	my ($first) = @{ $r->{json}{findings} };

	return "$first->{file}:$first->{line}" if $first && $first->{line};
	return join("\n", map { $_->{message} // '' }
		@{ $r->{json}{checks} });
}

# KILN_TEST_LOGS=DIR keeps the raw log of each check there.
sub keep_log {
	my ($what, $v) = @_;
	my $dir = $ENV{KILN_TEST_LOGS} or return;

	return unless $v->{log} && -r $v->{log};
	(my $name = $what) =~ s/[^A-Za-z0-9]+/-/g;
	write_file("$dir/$name.log", read_file($v->{log}));
	write_file("$dir/$name.json", JSON::PP->new->utf8->canonical->pretty
		->encode($v));
}

1;
