#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
# Submissions that want a pass without the work: none gets one, and each is
# told why. tests/cheats/NAME/ has the files that such a learner would hand
# in; what it leaves out is as in the solution. Its file `expect` says:
#
#   lesson    which one of tests/cheats/lessons it is for
#   verdict   what it gets
#   findings  kinds, in their order
#   reason    a regular expression for what the learner is told
#
# ADDRESS_OF(x) in a source is where the kernel has x: a learner could look
# that up, for the kernel lies where it was linked.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use KilnTest;
use Test::More;

my $cheats = "$KilnTest::repo/tests/cheats";
my $k = KilnTest->new(lessons => "$cheats/lessons");
my ($map) = map { KilnTest::read_file("$_/build/System.map") }
	grep { -e "$_/.complete" } glob("$k->{cache}/linux-*");

sub address {
	my ($symbol) = @_;

	$map =~ /^([0-9a-f]{16}) . \Q$symbol\E$/m
		or die "the kernel has no $symbol";
	return "0x$1ul";
}

sub read_cheat {
	my ($dir) = @_;
	my %c = (name => $dir =~ s{.*/}{}r, files => {});
	my $expect = KilnTest::read_file("$dir/expect");

	$c{$1} = $2 while $expect =~ /^(\w+): *(.*)$/mg;
	for my $path (grep { !m{/expect$} } glob("$dir/*")) {
		my $text = KilnTest::read_file($path);

		$text =~ s/ADDRESS_OF\((\w+)\)/address($1)/ge;
		$c{files}{$path =~ s{.*/}{}r} = $text;
	}
	return \%c;
}

# Why there is no result is told to people alone; all else is in the JSON.
sub start {
	my ($c, @args) = @_;
	my ($lesson) = glob("$cheats/lessons/1-cheats/??-$c->{lesson}");

	push @args, '--json' if $c->{verdict} =~ /^(pass|fail|crash)$/;
	$c->{dir} = $k->learner(lesson => $lesson =~ s{.*/}{}r,
		in => "$cheats/lessons/1-cheats", files => $c->{files});
	$c->{before} = KilnTest::fingerprint($c->{dir});
	$c->{run} = $k->start(['check', $c->{lesson}, '--dir', $c->{dir},
		@args], limit => 120);
}

sub judge {
	my ($c) = @_;
	my $r = KilnTest::finish($c->{run});
	my $v = $r->{json};
	my $text = $r->{out} =~ s/\s+/ /gr;
	my $good = 1;

	$text =~ s/\\(["\\])/$1/g if $v->{format};
	if (!$v->{format}) {
		$good &= like($text, qr/\($c->{verdict}\)/, 'verdict');
	} else {
		my @kinds = map { $_->{kind} } @{ $v->{findings} };

		KilnTest::keep_log($c->{name}, $v);
		$good &= is($v->{verdict}, $c->{verdict}, 'verdict');
		$good &= is("@kinds", $c->{findings}, 'findings');
	}
	$good &= is($r->{exit}, $c->{verdict} eq 'pass' ? 0 : 1, 'exit code');
	$good &= like($text, qr/$c->{reason}/, 'it is told why');
	$good &= ok(KilnTest::fingerprint($c->{dir}) eq $c->{before},
		'the learner\'s files are as they were');
	diag("$r->{out}$r->{err}") if !$good;
}

# Two at a time: a build and a guest take a CPU each.
sub all {
	my @todo = @_;
	my @going;

	while (@todo || @going) {
		while (@todo && @going < 2) {
			my $c = shift @todo;

			start($c);
			push @going, $c;
		}
		my $c = shift @going;

		subtest $c->{name} => sub { judge($c) };
	}
}

my @cheats = map { read_cheat($_) }
	grep { -e "$_/expect" } glob("$cheats/*");
my @honest = grep { $_->{verdict} eq 'pass' } @cheats;

cmp_ok(@cheats - @honest, '>=', 20, 'there are twenty cheats and more');
# The tests are built once, and not by two at once.
all($_) for @honest;
all(grep { $_->{verdict} ne 'pass' } @cheats);

# A cold guest has no snapshot to be compared with, and says the same.
my ($patched) = grep { $_->{name} eq 'kunit-patched' } @cheats;

subtest 'kunit-patched, in a cold guest' => sub {
	start($patched, '--cold');
	judge($patched);
};

is_deeply([glob("$k->{cache}/*/poison $k->{cache}/*/*/poison")], [],
	'nothing was left for the next check');
$k->is_clean;

done_testing;
