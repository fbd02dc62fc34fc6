#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
# What may stand where a learner's file should be.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use KilnTest;
use POSIX ();
use Test::More;

my $k = KilnTest->new;

# A folder without bad.c, in which @make puts something in its place.
sub without {
	my ($make) = @_;
	my $dir = $k->learner(files => { 'bad.c' => undef });

	$make->($dir, "$dir/bad.c") if $make;
	return $dir;
}

sub refused {
	my ($what, $dir, $reason) = @_;

	$k->expect($what, 'c-module', $dir, verdict => 'build-failed',
		limit => 20);
	# The same for a person: it is named, and the reason is told.
	my $r = $k->run(['check', 'c-module', '--dir', $dir], limit => 20);

	is($r->{exit}, 1, "$what: the same without --json");
	like($r->{out}, $reason, "$what: the reason is told");
}

my $secret = "$k->{root}/secret.c";
KilnTest::write_file($secret, "#error SECRET\n");

refused('missing', without(), qr/bad\.c is missing/);
refused('empty', $k->learner(files => { 'bad.c' => '' }),
	qr/bad\.c is empty/);
refused('blank', $k->learner(files => { 'bad.c' => " \n\t\n" }),
	qr/bad\.c is empty/);
refused('binary', $k->learner(files => { 'bad.c' => "int a;\n\0\0\x7fELF" }),
	qr/bad\.c is not text.*line\s+2/s);
refused('10 MB', $k->learner(files => { 'bad.c' => "// x\n" x (2 << 20) }),
	qr/bad\.c has \d+ bytes/);
refused('10 TB of nothing', without(sub {
	open(my $f, '>', $_[1]) or die;
	truncate($f, 10 << 40) or truncate($f, 10 << 30) or die;
}), qr/bad\.c has \d+ bytes/);
refused('a link out of the folder', without(sub { symlink($secret, $_[1]) }),
	qr/leads\s+out\s+of/);
refused('a link out by ..', without(sub { symlink('../secret.c', $_[1]) }),
	qr/leads\s+out\s+of/);
refused('a link to nothing', without(sub { symlink('nothing.c', $_[1]) }),
	qr/link\s+that\s+leads\s+nowhere/);
refused('a link to itself', without(sub { symlink('bad.c', $_[1]) }),
	qr/bad\.c/);
refused('a link to /dev/zero', without(sub { symlink('/dev/zero', $_[1]) }),
	qr/leads\s+out\s+of/);
refused('a FIFO', without(sub { POSIX::mkfifo($_[1], 0644) or die }),
	qr/bad\.c is a FIFO, not a file/);
refused('a folder', without(sub { mkdir $_[1] }),
	qr/bad\.c is a folder, not a file/);

$k->expect('a link within the folder', 'c-module', without(sub {
	my ($dir, $file) = @_;

	KilnTest::write_file("$dir/mine.c", KilnTest::read_file(
		"$KilnTest::boot/lessons/1-bad/01-c-module/solution/bad.c"));
	symlink('mine.c', $file);
}), verdict => 'pass', exit => 0);

# What is given is the lesson's own, whatever stands in the folder.
$k->expect('given files changed', 'c-module', $k->learner(files => {
	'Makefile' => "\$(error the learner's Makefile was used)\n",
	'bad.h' => "#error the learner's header was used\n",
}), verdict => 'pass', exit => 0);

# The build sees nothing of this machine but its own folder.
$k->expect('a file of the host', 'c-module', $k->learner(files => {
	'bad.c' => "#include \"$secret\"\n",
}), verdict => 'build-failed');

{
	my $r = $k->check('c-module', "$k->{root}/no-such-folder");

	is($r->{exit}, 2, 'a folder that is not there is a usage error');
	$k->is_clean;
}
{
	my $r = $k->check('no-such-lesson', $k->learner);

	is($r->{exit}, 2, 'a lesson that is not there is a usage error');
	$k->is_clean;
}

done_testing;
