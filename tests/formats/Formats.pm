# SPDX-License-Identifier: GPL-2.0-or-later
#
# Formats: read a verdict as other programs do, in TAP, JUnit XML, and
# Gradescope's results.json, and hold the three against the JSON of the same
# verdict. TAP is read by the parser behind `prove`, XML by xmllint with
# junit.xsd, JSON by schemas.
package Formats;

use strict;
use warnings;

use B ();
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use JSON::PP ();
use TAP::Parser;
use Test::More;

my $here = dirname(abs_path(__FILE__));
our $book = abs_path("$here/../../book/src");
our %schema = map { $_->[0] => read_json($_->[1]) } (
	[gradescope => "$here/gradescope.schema.json"],
	[verdict => "$book/verdict.schema.json"],
	[klog => "$book/klog.schema.json"],
);

sub read_file {
	my ($path) = @_;

	open(my $f, '<:raw', $path) or die "$path: $!";
	local $/;
	return scalar <$f>;
}

sub read_json { return JSON::PP->new->utf8->decode(read_file($_[0])) }

# ---- JSON Schema: as much of it as ours use, and no keyword unread ----

sub is_number {
	my ($v) = @_;
	my $flags = ref $v ? 0 : B::svref_2object(\$v)->FLAGS;

	return $flags & (B::SVp_IOK | B::SVp_NOK) && !($flags & B::SVp_POK);
}

sub type_of {
	my ($v) = @_;

	return 'null' unless defined $v;
	return 'boolean' if JSON::PP::is_bool($v);
	return 'object' if ref $v eq 'HASH';
	return 'array' if ref $v eq 'ARRAY';
	return 'string' unless is_number($v);
	return $v == int($v) ? 'integer' : 'number';
}

sub same { return JSON::PP->new->allow_nonref->canonical->encode($_[0])
	eq JSON::PP->new->allow_nonref->canonical->encode($_[1]) }

my %rule = (
	type => sub {
		my ($v, $types) = @_;
		my $is = type_of($v);

		return () if grep { $_ eq $is
			|| $_ eq 'number' && $is eq 'integer' }
			ref $types ? @$types : $types;
		return "is of type $is";
	},
	enum => sub {
		my ($v, $all) = @_;

		return (grep { same($v, $_) } @$all) ? ()
			: 'is none of the words allowed';
	},
	const => sub { return same($_[0], $_[1]) ? () : 'is not the constant' },
	minimum => sub {
		return is_number($_[0]) && $_[0] < $_[1] ? "is below $_[1]" : ();
	},
	required => sub {
		my ($v, $keys) = @_;

		return () unless ref $v eq 'HASH';
		return map { "has no $_" } grep { !exists $v->{$_} } @$keys;
	},
	minItems => sub {
		return ref $_[0] eq 'ARRAY' && @{ $_[0] } < $_[1]
			? 'is too short' : ();
	},
	items => sub {
		my ($v, $each, $where, $root) = @_;

		return () unless ref $v eq 'ARRAY';
		return map { [judge($v->[$_], $each, "$where\[$_]", $root)] }
			0 .. $#$v;
	},
	properties => sub {
		my ($v, $of, $where, $root) = @_;

		return () unless ref $v eq 'HASH';
		return map { [judge($v->{$_}, $of->{$_}, "$where.$_", $root)] }
			grep { exists $v->{$_} } sort keys %$of;
	},
	additionalProperties => sub {
		my ($v, $no, undef, undef, $schema) = @_;

		die 'only false is understood' if $no;
		return () unless ref $v eq 'HASH';
		return map { "may not have $_" }
			grep { !exists $schema->{properties}{$_} } sort keys %$v;
	},
	anyOf => sub {
		my ($v, $all, $where, $root) = @_;

		return (grep { !judge($v, $_, $where, $root) } @$all) ? ()
			: 'is none of: ' . join(', or ',
				map { $_->{description} } @$all);
	},
	'$ref' => sub {
		my ($v, $ref, $where, $root) = @_;
		my ($name) = $ref =~ m{^#/\$defs/(\w+)$} or die $ref;

		return [judge($v, $root->{'$defs'}{$name} // die($ref),
			$where, $root)];
	},
);
my %silent = map { $_ => 1 }
	qw($schema $comment $defs title description);

# What is wrong with @v, as lines; nothing is good.
sub judge {
	my ($v, $schema, $where, $root) = @_;
	my @wrong;

	$where //= 'it';
	$root //= $schema;
	for my $key (sort keys %$schema) {
		next if $silent{$key};
		my $check = $rule{$key} // die "unknown keyword $key";
		push @wrong, map { ref $_ ? @$_ : "$where $_" }
			$check->($v, $schema->{$key}, $where, $root, $schema);
	}
	return @wrong;
}

sub fits {
	my ($v, $name, $what) = @_;
	my @wrong = judge($v, $schema{$name});

	return ok(!@wrong, "$what: fits the schema of $name")
		|| diag(join("\n", @wrong));
}

# ---- TAP ----

# What prove makes of it: {tests => [{ok, text, yaml}], bailout, wrong}.
sub read_tap {
	my ($text) = @_;
	my $parser = TAP::Parser->new({ tap => $text });
	my %got = (tests => [], unknown => 0);

	while (my $r = $parser->next) {
		if ($r->is_test) {
			push @{ $got{tests} }, { ok => $r->is_actual_ok,
				text => $r->description,
				directive => $r->directive };
		} elsif ($r->is_yaml) {
			$got{tests}[-1]{yaml} = $r->data;
		} elsif ($r->is_bailout) {
			$got{bailout} = $r->explanation;
		} elsif ($r->is_unknown) {
			$got{unknown}++;
		}
	}
	$got{wrong} = [$parser->parse_errors];
	$got{version} = $parser->version;
	$got{planned} = $parser->tests_planned;
	return \%got;
}

# ---- XML ----

sub xmllint {
	my (@args) = @_;

	open(my $p, '-|', 'sh', '-c', 'exec xmllint "$@" 2>&1', 'xmllint',
		@args) or die "xmllint: $!";
	local $/;
	my $out = <$p>;
	close($p);
	return ($? >> 8, $out);
}

sub xpath {
	my ($path, $what) = @_;
	my ($code, $out) = xmllint('--xpath', $what, $path);

	# It ends what it prints with a newline of its own.
	$out =~ s/\n\z//;
	return $out;
}

sub fits_xsd {
	my ($path, $what) = @_;
	my ($code, $out) = xmllint('--noout', '--nonet', '--schema',
		"$here/junit.xsd", $path);

	return ok($code == 0, "$what: fits junit.xsd") || diag($out);
}

# ---- each format against the JSON of the same verdict ----

sub is_fault { return $_[0]{verdict} =~ /-fault$/ }

sub tap_agrees {
	my ($text, $v, $what) = @_;
	my $got = read_tap($text);
	my @want = map { $_->{result} eq 'pass' } @{ $v->{checks} };

	is($got->{version}, 13, "$what: TAP 13");
	is($got->{unknown}, 0, "$what: no line that is no TAP");
	if (is_fault($v)) {
		like($got->{bailout}, qr/^\Q$v->{verdict}\E\b/,
			"$what: it bails out");
		return is(scalar @{ $got->{tests} }, 0, "$what: no test");
	}
	push @want, $v->{verdict} eq 'pass';
	is_deeply($got->{wrong}, [], "$what: valid TAP");
	is($got->{bailout}, undef, "$what: no bail-out");
	is_deeply([map { !!$_->{ok} } @{ $got->{tests} }],
		[map { !!$_ } @want], "$what: the tests that hold");
	is(join('', map { $_->{directive} } @{ $got->{tests} }), '',
		"$what: no directive");
	is(scalar(grep { !$_->{ok} && !$_->{yaml}{message} && $_->{yaml}{points} }
		@{ $got->{tests} }), 0, "$what: every failure says why");
	return is($got->{tests}[-1]{yaml}{verdict} // 'pass', $v->{verdict},
		"$what: the verdict");
}

sub junit_agrees {
	my ($path, $v, $what) = @_;
	my %n = (pass => 0, fail => 0, 'not-run' => 0);
	my $fault = is_fault($v);

	fits_xsd($path, $what);
	$n{ $_->{result} }++ for @{ $v->{checks} };
	$n{fail} += $v->{verdict} ne 'pass' && !$fault;
	for my $of (
		[tests => 'testcase', @{ $v->{checks} } + 1],
		[failures => 'failure', $n{fail}],
		[errors => 'error', $fault ? 1 : 0],
		[skipped => 'skipped', $n{'not-run'}],
	) {
		my ($attribute, $element, $want) = @$of;

		is(xpath($path, "count(//$element)"), $want,
			"$what: elements $element");
		is(xpath($path, "string(//testsuite/\@$attribute)"), $want,
			"$what: their count");
	}
	return is(xpath($path, 'string(//testcase[last()]/*/@type)'),
		$v->{verdict} eq 'pass' ? '' : $v->{verdict},
		"$what: the verdict");
}

sub gradescope_agrees {
	my ($g, $v, $what) = @_;
	my @wrong = judge($g, $schema{gradescope});
	my $sum = 0;

	is_deeply($g->{extra_data}{kiln}, $v, "$what: it holds the verdict");
	if (is_fault($v)) {
		like("@wrong", qr/^it is none of: score: [^\n]*$/,
			"$what: it has no score, and nothing else is wrong");
		return like($g->{output}, qr/nothing about the work/,
			"$what: it says so");
	}
	ok(!@wrong, "$what: fits Gradescope's format")
		|| diag(join("\n", @wrong));
	$sum += $_->{score} for @{ $g->{tests} };
	is($sum, $v->{score}{earned}, "$what: the points of the tests");
	is($g->{score}, $sum, "$what: the score");
	$sum = 0;
	$sum += $_->{max_score} for @{ $g->{tests} };
	is($sum, $v->{score}{possible}, "$what: the most possible");
	return is($g->{tests}[-1]{status},
		$v->{verdict} eq 'pass' ? 'passed' : 'failed',
		"$what: the verdict");
}

# One text in three formats: what a check says, read back from each.
sub texts_agree {
	my ($tap, $xml, $g, $what) = @_;
	my @tests = @{ read_tap($tap)->{tests} };
	my ($wrong, $seen) = (0, 0);

	for my $i (grep { !$tests[$_]{ok} } 0 .. $#tests - 1) {
		my $n = $i + 1;
		my $want = $g->{tests}[$i]{output};
		my $xml_text = xpath($xml, "string(//testcase[$n]/*[1])");
		my $tap_text = $tests[$i]{yaml}{message};

		utf8::decode($xml_text);
		utf8::decode($tap_text) unless utf8::is_utf8($tap_text);
		# xmllint's own newline at the end, and one of the text's.
		s/\n+\z// for $want, $xml_text, $tap_text;
		$seen++;
		next if $want eq $xml_text && $want eq $tap_text;
		$wrong++;
		diag("test $n:\n<$want>\n<$xml_text>\n<$tap_text>");
	}
	ok($seen > 0, "$what: there are texts");
	return is($wrong, 0, "$what: the same text in each format");
}

1;
