/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of the types that were read, by the place of their entries. */
#include "abi-die.h"

#include <stdlib.h>
#include <string.h>

static size_t bucket_of(const void *addr)
{
	return ((uintptr_t)addr >> 1) * UINT64_C(0x9e3779b97f4a7c15) >> 52;
}

struct abi_node *abi_node_find(const struct abi_pool *p, const Dwarf_Die *die)
{
	struct abi_node *n = p->buckets[bucket_of(die->addr)];

	while (n && n->die.addr != die->addr)
		n = n->next;
	return n;
}

struct abi_type *abi_node_add(struct abi_pool *p, const Dwarf_Die *die,
			      enum abi_kind kind)
{
	struct abi_node *n = NULL;
	size_t b = bucket_of(die ? die->addr : NULL);

	if (p->nnodes < ABI_TYPES_MAX)
		n = calloc(1, sizeof(*n));
	if (!n) {
		p->failed = p->failed || p->nnodes < ABI_TYPES_MAX;
		return NULL;
	}
	p->nnodes++;
	n->t.kind = kind;
	n->t.node = n;
	n->pool = p;
	if (die)
		n->die = *die;
	n->next = p->buckets[b];
	p->buckets[b] = n;
	return &n->t;
}

char *abi_node_keep(struct abi_pool *p, const char *s)
{
	char *copy = s ? strdup(s) : NULL;

	p->failed = p->failed || (s && !copy);
	return copy;
}

static void free_node(struct abi_node *n)
{
	for (size_t i = 0; i < n->t.nmembers; i++)
		free(n->t.members[i].name);
	free(n->t.members);
	free(n->t.name);
	free(n->t.file);
	free(n);
}

void abi_nodes_release(struct abi_pool *p)
{
	for (size_t b = 0; b < ABI_BUCKETS; b++) {
		for (struct abi_node *n = p->buckets[b], *next; n; n = next) {
			next = n->next;
			free_node(n);
		}
		p->buckets[b] = NULL;
	}
}
