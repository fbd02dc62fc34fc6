#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
# When it is not the learner's fault: lessons that are wrong, and machines
# that lack something. Nothing of this may ever count against a learner.
use strict;
use warnings;

use Cwd qw(abs_path);
use FindBin;
use lib "$FindBin::Bin/lib";
use KilnTest;
use Test::More;

# ---- the lesson ----

{
	my $k = KilnTest->new(lessons => "$KilnTest::boot/faulty");
	my $dir = $k->learner;

	my $fault = sub {
		my ($slug, $reason) = @_;

		$k->expect("lesson: $slug", $slug, $dir, exit => 3,
			verdict => 'lesson-fault', reason => $reason);
	};
	$fault->('syntax', qr/lesson\.lua:5/);
	$fault->('endless', qr/lesson\.lua/);
	$fault->('memory', qr/lesson\.lua/);
	$fault->('tests', qr/broken\.c:4/);
	$fault->('solution', qr/solution does not build.*bad\.c:7/s);
	# One that is wrong does not take the others with it.
	my $r = $k->run(['list']);

	is($r->{exit}, 0, 'a list with wrong lessons in it is shown');
	like($r->{out}, qr/whose tests do not build/, 'with the others');
}

# ---- the machine ----

my $k = KilnTest->new;
my $dir = $k->learner;

sub machine {
	my ($what, $reason, %o) = @_;

	$k->expect("machine: $what", 'c-module', $o{dir} || $dir, exit => 4,
		verdict => 'environment-fault', reason => $reason, %o);
}

# Take the link to a part of the cache away, and put something in its place.
sub instead {
	my ($part, $make, $then) = @_;
	my ($link) = glob("$k->{cache}/$part-*");
	my $to = readlink($link);

	unlink($link);
	$make->($link, $to) if $make;
	$then->();
	system('rm', '-rf', $link); # a link is not followed
	symlink($to, $link);
}

instead('toolroot', undef, sub {
	machine('no toolroot', qr/toolroot has not been made.*kiln setup/s);
});
instead('toolroot', sub {
	my ($link, $to) = @_;

	mkdir $link;
	symlink("$to/usr", "$link/usr");
}, sub {
	machine('half a toolroot', qr/toolroot has not been made/);
});
instead('linux', undef, sub {
	machine('no kernel', qr/kernel has not been made.*kiln setup/s);
});
# Said to be whole, and yet it is not.
instead('toolroot', sub {
	my ($link, $to) = @_;

	mkdir $link;
	KilnTest::write_file("$link/.complete",
		KilnTest::read_file("$to/.complete"));
}, sub {
	machine('an empty toolroot', qr/bwrap|toolroot/);
});

mkdir "$k->{root}/empty";
machine('no bwrap', qr/bwrap/, env => { PATH => "$k->{root}/empty" });

# A bwrap in PATH that hides what is not to be there.
sub hiding {
	my ($path) = @_;
	my ($real) = grep { -x } map { "$_/bwrap" } split /:/, $ENV{PATH};
	my $bin = "$k->{root}/bin-" . ++$k->{bins};

	mkdir $bin;
	KilnTest::write_file("$bin/bwrap", <<"SH");
#!/bin/bash
args=()
for word; do
	if [ "\$word" = -- ] && [ -z "\$done" ]; then
		args+=(--ro-bind /dev/null $path)
		done=1
	fi
	args+=("\$word")
done
exec $real "\${args[\@]}"
SH
	chmod 0755, "$bin/bwrap";
	return { PATH => "$bin:$ENV{PATH}" };
}

my @guests = glob("$k->{cache}/guest-*/.complete");

machine('no QEMU', qr/qemu-system-x86_64/i,
	env => hiding('/usr/bin/qemu-system-x86_64'));
is_deeply([glob("$k->{cache}/guest-*/.complete")], \@guests,
	'for which no warm guest is thrown away');
machine('no compiler', qr/clang/i, env => hiding('/usr/bin/clang-19'));

# ---- a full disk ----

# A small file system of our own over @at, seen by this kiln alone. What is
# left in it is listed when kiln has ended, for then it goes.
sub small {
	my ($at, $size) = @_;
	my $left = "$k->{root}/left";

	my $script = <<'SH';
mount -t tmpfs -o size=$1 none "$0" || exit 99
left=$2 at=$0
shift 2
"$@"
code=$?
find "$at" -mindepth 1 >"$left"
exit $code
SH
	return wrap => ['unshare', '-rm', 'sh', '-c', $script, $at, $size,
		$left];
}

sub disk_full {
	my ($what, $at, $size, $reason, %o) = @_;

	mkdir $at;
	machine("the disk is full $what", $reason, small($at, $size), %o);
	my @left = split /\n/, KilnTest::read_file("$k->{root}/left");

	is_deeply([grep { !$o{may_stay} || $_ !~ $o{may_stay} } @left], [],
		'and nothing is left on it');
}

SKIP: {
	system("unshare -rm true 2>/dev/null") == 0
		or skip('no user namespaces for a file system of our own', 1);
	my $run = "$k->{cache}/run";

	disk_full('before the files are there', $run, '4k',
		qr/No space left|full/);
	# Too little to compile, to link, and for the finished module: each
	# program says it in its own way, or dies of it.
	disk_full("in the build, with room for $_", $run, $_,
		qr/ran out of space.*free/s) for qw(100k 200k 300k);
	disk_full('while the log is written', "$k->{state}/logs", '96k',
		qr/cannot write the log/, may_stay => qr{/others(/\w+\.log)?$},
		dir => $k->learner(files => {
			'bad.c' => KilnTest::case_text('flood.c') }));
	# 20 MB is less than the guest has RAM.
	my $small = KilnTest->new;

	$small->forget_guests;
	my @links = map { [$_, readlink] } grep { -l }
		glob("$small->{cache}/*");
	my $made = join('; ', map { "ln -s '$_->[1]' '$_->[0]'" } @links);
	my %o = small($small->{cache}, '20m');

	$o{wrap}[4] =~ s/\nleft/\n$made\nleft/;
	$o{wrap}[-1] = "$small->{root}/left";
	$small->expect('the disk is full while the guest is made', 'c-module',
		$small->learner, exit => 4, verdict => 'environment-fault',
		reason => qr/no room for a warm guest.*free some space/s, %o);
	unlike(KilnTest::read_file("$small->{root}/left"), qr{/ram$|/run/.},
		'and nothing is left on it');
}

# And when all is well again, so is the check.
$k->expect('the machine is whole again', 'c-module', $dir,
	verdict => 'pass', exit => 0);

done_testing;
