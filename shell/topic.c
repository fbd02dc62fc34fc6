/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "topic.h"

#include <string.h>

static const char *const lessons[] = {"list",	 "next", "start",  "step",
				      "predict", "show", "status", NULL};
static const char *const work[] = {
	"check",   "watch", "edit",    "hint",	   "explain", "log", "diff",
	"history", "reset", "restore", "solution", "export",  NULL,
};
static const char *const machine[] = {"boot", "debug", "asm", "expand", NULL};
static const char *const logs[] = {"klog",  "replay", "author",
				   "grade", "pack",   NULL};
static const char *const kiln[] = {"setup", "doctor", "lsp",
				   "help",  "quit",   NULL};

static const struct topic_line keys[] = {
	{"Tab", "complete the word; where nothing is begun yet, say what can "
		"stand there"},
	{"?", "at the beginning of a word: likewise"},
	{"Up, Down", "the lines before; they are kept when you leave"},
	{"Ctrl-R", "search them: type a part, Ctrl-R again for an older one"},
	{"Ctrl-A, Ctrl-E", "to the beginning, to the end of the line"},
	{"Alt-B, Alt-F", "back, forward by a word"},
	{"Ctrl-W", "delete the word before the cursor"},
	{"Ctrl-U, Ctrl-K", "delete the line; delete to its end"},
	{"Ctrl-L", "clear the screen"},
	{"Ctrl-C", "leave the line; during a command, end the command"},
	{"Ctrl-Z", "stop Kiln; fg in the shell outside goes on"},
	{"Ctrl-D", "on an empty line: quit"},
	{NULL, NULL},
};

static const struct topic_line environment[] = {
	{"EDITOR, VISUAL", "the editor that Kiln starts for you"},
	{"NO_COLOR=1", "no colours"},
	{"KILN_PLAIN=1", "plain mode, for a screen reader: lines of words, no "
			 "colours, nothing drawn over, no pages. The same as "
			 "'kiln --plain'"},
	{"TERM=dumb", "plain mode, and the prompt takes lines as they come"},
	{"LC_ALL", "in a locale without UTF-8 all is spelled in ASCII"},
	{"COLUMNS", "the width, where the output is no terminal"},
	{"KILN_WORK", "where your files are: ~/kiln"},
	{"KILN_HOME", "a folder for all that Kiln keeps: work, state, cache"},
	{NULL, NULL},
};

const struct topic topics[] = {
	{.name = "lessons", .title = "Lessons", .commands = lessons},
	{.name = "work", .title = "Your work", .commands = work},
	{.name = "machine", .title = "The machine", .commands = machine},
	{.name = "kiln", .title = "Kiln itself", .commands = kiln},
	{.name = "logs", .title = "Logs and teaching", .commands = logs},
	{.name = "keys",
	 .title = "Keys at the prompt",
	 .lines = keys,
	 .after = "~/.editrc changes them: see editrc(5)."},
	{.name = "environment",
	 .title = "What Kiln takes from its environment",
	 .lines = environment},
	{.name = NULL},
};

const struct topic *topic_find(const char *name)
{
	for (const struct topic *t = topics; t->name; t++)
		if (strcmp(t->name, name) == 0)
			return t;
	return NULL;
}

bool topic_has(const char *command)
{
	for (const struct topic *t = topics; t->name; t++)
		for (size_t i = 0; t->commands && t->commands[i]; i++)
			if (strcmp(t->commands[i], command) == 0)
				return true;
	return false;
}
