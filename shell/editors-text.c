/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The files that are for one editor or another. */
#include "checker/buf.h"
#include "editors-int.h"
#include "editors.h"

#include <jansson.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void add_json(struct buf *out, json_t *j)
{
	char *text = j ? json_dumps(j, JSON_INDENT(2)) : NULL;

	if (text)
		buf_addf(out, "%s\n", text);
	else
		out->failed = true;
	free(text);
	json_decref(j);
}

/*
 * The servers have the same settings from Kiln; here they are for those who
 * put another server in its place.
 */
static json_t *vscode_settings(const char *dir)
{
	return json_pack(
		"{so,sb,sb,sb,so,ss,s{sb,si,sb}}", "rust-analyzer.server.path",
		json_sprintf("%s/" EDITORS_DIR "/rust-analyzer", dir),
		"rust-analyzer.checkOnSave", 0,
		"rust-analyzer.cachePriming.enable", 0,
		"rust-analyzer.diagnostics.experimental.enable", 1,
		"clangd.path", json_sprintf("%s/" EDITORS_DIR "/clangd", dir),
		"C_Cpp.intelliSenseEngine", "disabled", "[c]",
		"editor.insertSpaces", 0, "editor.tabSize", 8,
		"editor.detectIndentation", 0);
}

static json_t *vscode_extensions(void)
{
	return json_pack("{s[s,s]}", "recommendations",
			 "rust-lang.rust-analyzer",
			 "llvm-vs-code-extensions.vscode-clangd");
}

static const char neovim[] =
	"-- Made by Kiln: rust-analyzer and clangd of its tools, for Neovim "
	"0.9 "
	"and later.\n"
	"-- Neovim reads this file if 'exrc' is set, once you have trusted "
	"it.\n"
	"local dir = vim.fn.getcwd()\n"
	"local can = vim.lsp.protocol.make_client_capabilities()\n"
	"local servers = { rust = \"rust-analyzer\", c = \"clangd\", cpp = "
	"\"clangd\" }\n"
	"\n"
	"-- The servers tell what they find as they find it: Neovim would ask "
	"too early.\n"
	"can.textDocument.diagnostic = nil\n"
	"\n"
	"vim.api.nvim_create_autocmd(\"FileType\", {\n"
	"  pattern = vim.tbl_keys(servers),\n"
	"  callback = function(event)\n"
	"    local name = servers[event.match]\n"
	"    vim.lsp.start({\n"
	"      name = \"kiln-\" .. name,\n"
	"      cmd = { dir .. \"/" EDITORS_DIR "/\" .. name },\n"
	"      root_dir = dir,\n"
	"      capabilities = can,\n"
	"    })\n"
	"  end,\n"
	"})\n";

static const char note[] =
	"# Your editor in this folder\n"
	"\n"
	"Kiln brings rust-analyzer and clangd with it, of the versions that "
	"fit its\n"
	"kernel. In this folder, `.kiln/rust-analyzer` and `.kiln/clangd` "
	"run them.\n"
	"\n"
	"- Any editor: `edit` in Kiln's shell opens it with both of them "
	"first in PATH.\n"
	"  Without Kiln's shell: `PATH=\"$PWD/.kiln:$PATH\" YOUR-EDITOR "
	"FILE`.\n"
	"  Helix needs nothing more; Emacs needs `M-x eglot`; Vim and Neovim "
	"need what\n"
	"  you otherwise use for language servers.\n"
	"- VS Code, here or by Remote-SSH: open this folder, trust it, and "
	"take the two\n"
	"  extensions that it recommends.\n"
	"- Neovim 0.9 or later without plugins: `:set exrc` in your settings; "
	"then\n"
	"  `nvim` in this folder asks whether to trust `.nvim.lua`.\n"
	"- All others: the server's command is `kiln lsp rust` or `kiln lsp "
	"c`.\n"
	"\n"
	"The book has more of it in the chapter \"Your editor\".\n"
	"\n"
	"Kiln wrote this file, rust-project.json, compile_commands.json, "
	".nvim.lua, and\n"
	"what is in .vscode and .kiln. What you change in them stays as you "
	"made it.\n"
	"None of them is part of your work.\n";

/* ---- programs ---- */

/* For sh(1). */
static void add_quoted(struct buf *out, const char *s)
{
	buf_addc(out, '\'');
	for (; *s; s++)
		if (*s == '\'')
			buf_adds(out, "'\\''");
		else
			buf_addc(out, *s);
	buf_addc(out, '\'');
}

static void add_program(struct buf *out)
{
	char path[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);
	char *gone;

	path[n > 0 ? n : 0] = '\0';
	/* It was made anew while we run. */
	gone = strstr(path, " (deleted)");
	if (gone && !gone[10])
		*gone = '\0';
	add_quoted(out, *path ? path : "kiln");
}

/* An editor that was started elsewhere has none of these. */
static void add_environment(struct buf *out)
{
	static const char *const names[] = {"KILN_HOME", "KILN_WORK",
					    "KILN_DATA", "XDG_CACHE_HOME",
					    "XDG_STATE_HOME"};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const char *value = getenv(names[i]);

		if (!value || !*value)
			continue;
		buf_addf(out, "export %s=", names[i]);
		add_quoted(out, value);
		buf_addc(out, '\n');
	}
}

void editors_our_place(struct buf *out)
{
	add_environment(out);
	add_program(out);
}

static void add_server(struct buf *out, const char *program, const char *which)
{
	buf_addf(out, "#!/bin/sh\n# Made by Kiln: %s of its tools.\n", program);
	add_environment(out);
	buf_adds(out, "exec ");
	add_program(out);
	buf_addf(out, " lsp %s -- \"$@\"\n", which);
}

void editors_text(struct buf *out, enum editors_text which, const char *dir)
{
	switch (which) {
	case EDITORS_VSCODE_SETTINGS:
		add_json(out, vscode_settings(dir));
		break;
	case EDITORS_VSCODE_EXTENSIONS:
		add_json(out, vscode_extensions());
		break;
	case EDITORS_NEOVIM:
		buf_adds(out, neovim);
		break;
	case EDITORS_NOTE:
		buf_adds(out, note);
		break;
	case EDITORS_RUST_SERVER:
		add_server(out, "rust-analyzer", "rust");
		break;
	case EDITORS_C_SERVER:
		add_server(out, "clangd", "c");
		break;
	}
}
