#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
# What was graded is kept, and graded again: the same files, the same seed,
# the same verdict, unless something has changed.
use strict;
use warnings;

use File::Temp qw(tempdir);
use FindBin;
use lib "$FindBin::Bin/lib";
use KilnTest;
use Test::More;

# Lessons of our own, for one of them will change.
my $lessons = tempdir('kiln-replay-XXXXXX', TMPDIR => 1, CLEANUP => 1);
system('cp', '-r', "$KilnTest::boot/lessons/.", $lessons) == 0 or die;
my $k = KilnTest->new(lessons => $lessons);
my $lesson = "$lessons/1-bad/01-c-module";
my %limit = (limit => 120);

sub bad {
	my ($case) = @_;

	return $k->learner(files => {
		'bad.c' => defined $case ? KilnTest::case_text($case) : undef,
	});
}

sub members {
	my ($tar) = @_;

	chomp(my @names = `tar -tf $tar`);
	return "@names";
}

# Checked, kept, and replayed; what the replay said.
sub kept {
	my ($what, $dir, $verdict, $exit, @args) = @_;
	my $tar = "$k->{root}/$what.tar";
	my $r = $k->check('c-module', $dir, %limit,
		args => ['--keep', $tar, @args]);

	is($r->{json}{verdict}, $verdict, "$what: the verdict")
		or diag("$r->{out}$r->{err}");
	is($r->{exit}, $exit, "$what: its exit code");
	is($r->{err}, '', "$what: nothing to complain of");
	# The learner's folder is not what is replayed.
	system('rm', '-rf', $dir);
	return ($tar, $r->{json});
}

sub replays {
	my ($what, $tar, %want) = @_;
	my $before = KilnTest::fingerprint($k->{state});
	my $r = $k->run(['replay', $tar, '--json'], %limit);
	my $j = $r->{json};

	is($r->{exit}, 0, "$what: the same verdict")
		or diag("$r->{out}$r->{err}");
	ok($j->{same}, "$what: it says so");
	is_deeply($j->{differs}, [], "$what: nothing differs");
	is_deeply($j->{ground}, [], "$what: on the same ground");
	is($j->{then}{verdict}, $want{verdict}, "$what: then");
	is($j->{now}{verdict}, $want{verdict}, "$what: now");
	is($j->{now}{seed}, $want{seed}, "$what: with its seed");
	is_deeply([map { $_->{kind} } @{ $j->{now}{findings} }],
		$want{findings} || [], "$what: findings");
	ok(KilnTest::fingerprint($k->{state}) eq $before,
		"$what: nothing is remembered");
	$k->is_clean("$what: nothing is left behind");
}

my ($pass, $v) = kept('pass', $k->learner, 'pass', 0, '--seed', 77);
is(members($pass), 'manifest.json verdict.json kernel.log files/bad.c',
	'what is in it');
is($v->{seed}, 77, 'the seed that was asked for');
is(`tar -xOf $pass kernel.log`, KilnTest::read_file($v->{log}),
	'the log as it was');
is((stat $pass)[2] & 07777, 0644, 'for everybody to read');
replays('pass', $pass, verdict => 'pass', seed => 77);

my ($fail, $w) = kept('fail', bad('init-fails.c'), 'fail', 1);
replays('fail', $fail, verdict => 'fail', seed => $w->{seed});

my ($crash, $x) = kept('crash', bad('kasan-use-after-free.c'), 'crash', 1);
replays('crash', $crash, verdict => 'crash', seed => $x->{seed},
	findings => ['kasan']);

# What cannot be graded is not there, and cannot be graded again.
my ($none, $y) = kept('missing', bad(undef), 'build-failed', 1);
is(members($none), 'manifest.json verdict.json', 'no file, no log');
replays('missing', $none, verdict => 'build-failed', seed => $y->{seed});

# ---- where it cannot be kept ----

my $dir = $k->learner;
{
	my $r = $k->check('c-module', bad(undef),
		args => ['--keep', "$k->{root}/no/x.tar"]);

	is($r->{json}{verdict}, 'build-failed',
		'no such folder: the verdict is told');
	is($r->{exit}, 4, 'no such folder: and it is no success');
	like($r->{err}, qr{no/x\.tar}, 'no such folder: it is named');
	$r = $k->check('c-module', $dir, args => ['--keep', "$dir/bad.c"]);
	is($r->{exit}, 2, 'a file of the learner\'s: refused');
	is($r->{out}, '', 'a file of the learner\'s: before any work');
	is(KilnTest::read_file("$dir/bad.c"), KilnTest::read_file(
		"$lesson/solution/bad.c"), 'and it is as it was');
}

# A disk with room for less than an archive; what is on it in the end is said.
SKIP: {
	system('unshare -rm true 2>/dev/null') == 0
		or skip('no mounts of our own', 4);
	my $small = "$k->{root}/small";
	my $script = <<'END';
mount -t tmpfs -o size=4k none "$0" || exit 99
"$@"
code=$?
echo "left: $(ls -A "$0" | wc -l)" >&2
exit $code
END
	mkdir $small;
	my $r = $k->check('c-module', bad(undef),
		args => ['--keep', "$small/x.tar"],
		wrap => ['unshare', '-rm', 'sh', '-c', $script, $small]);

	is($r->{json}{verdict}, 'build-failed',
		'a full disk: the verdict is told');
	is($r->{exit}, 4, 'a full disk: and it is no success');
	like($r->{err}, qr/No space left.*free some space/s,
		'a full disk: it says so');
	like($r->{err}, qr/^left: 0$/m,
		'a full disk: no half of an archive is left');
}

# ---- what cannot be replayed ----

sub refused {
	my ($what, $tar, $exit, $why, @args) = @_;
	my $r = $k->run(['replay', $tar, @args], %limit);

	is($r->{exit}, $exit, "$what: refused");
	like($r->{err}, $why, "$what: and why");
	unlike($r->{out}, qr/verdict/, "$what: nothing is judged");
}

my $bytes = KilnTest::read_file($pass);
my $odd = "$k->{root}/odd.tar";
my $other = $bytes;

# In the log, which stands behind the verdict.
substr($other, rindex($other, 'bad: ready'), 10) = 'bad: reedy';
KilnTest::write_file($odd, $other);
refused('a changed log', $odd, 2, qr{not what its manifest\s+says\s+at kernel\.log});
KilnTest::write_file($odd, substr($bytes, 0, 3 * 512));
refused('cut short', $odd, 2, qr/cut short|in the middle|its end/);
KilnTest::write_file($odd, $bytes . "\0" x 512 . 'x' x 512);
refused('something behind it', $odd, 2, qr/behind its end/);
system("gzip -c $pass >$odd") == 0 or die;
refused('compressed', $odd, 2, qr/compressed with gzip/);
refused('no archive', "$dir/bad.c", 2, qr/no tar file|no whole number/);
refused('no file', "$k->{root}/gone.tar", 4, qr/gone\.tar/);

# ---- what has changed ----

sub edit {
	my ($path, $do) = @_;
	local $_ = KilnTest::read_file($path);

	$do->();
	KilnTest::write_file($path, $_);
}

edit("$lesson/text.md", sub { $_ .= "\nMore.\n" });
refused('another text', $pass, 4, qr/has changed/, '--strict');
{
	my $r = $k->run(['replay', $none]);

	is($r->{exit}, 0, 'another text: the same verdict all the same');
	like($r->{out}, qr/changed since: text\.md/, 'another text: named');
	like($r->{out}, qr/^same verdict: build-failed$/m, 'and told');
}
edit("$lesson/lesson.lua", sub { s/"bad: ready"/"bad: never"/ or die });
{
	my $r = $k->run(['replay', $pass], %limit);

	is($r->{exit}, 1, 'another lesson: another verdict');
	like($r->{out}, qr/changed since: lesson\.lua, text\.md/, 'why');
	like($r->{out}, qr/^another verdict: fail, was pass$/m, 'told');
	like($r->{out}, qr/^  check ready: fail, was pass$/m, 'which check');
	unlike($r->{out}, qr/check clean|finding/, 'and no other');
	$k->is_clean;
}
edit("$lesson/lesson.lua", sub { s/given = \{ "bad.h", /given = \{ /;
	s/edit = \{ /edit = { "bad.h", / or die });
refused('other files', $pass, 4, qr/asks for other files/);
rename("$lesson", "$lessons/1-bad/01-other") or die;
refused('no such lesson', $pass, 4, qr/no lesson 'c-module'/);

done_testing;
