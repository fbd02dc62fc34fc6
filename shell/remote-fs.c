/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "remote-fs.h"

#include <linux/magic.h>
#include <stddef.h>
#include <sys/vfs.h>

static const struct {
	unsigned long magic;
	const char *name;
} remote[] = {
	{NFS_SUPER_MAGIC, "NFS"},
	{SMB_SUPER_MAGIC, "SMB"},
	{SMB2_SUPER_MAGIC, "SMB"},
	{CIFS_SUPER_MAGIC, "CIFS"},
	{V9FS_MAGIC, "9p"},
	{FUSE_SUPER_MAGIC, "FUSE"},
	{CEPH_SUPER_MAGIC, "Ceph"},
	{AFS_SUPER_MAGIC, "AFS"},
	{AFS_FS_MAGIC, "AFS"},
	{CODA_SUPER_MAGIC, "Coda"},
	{NCP_SUPER_MAGIC, "NCP"},
	{OCFS2_SUPER_MAGIC, "OCFS2"},
	{HOSTFS_SUPER_MAGIC, "hostfs"},
	/* Not in <linux/magic.h>: as coreutils' stat(1) knows them. */
	{0x01161970, "GFS2"},
	{0x0bd00bd0, "Lustre"},
	{0x47504653, "GPFS"},
	{0x786f4256, "VirtualBox"},
	{0xbacbacbc, "VMware"},
};

const char *remote_fs(const char *path)
{
	struct statfs fs;

	if (statfs(path, &fs) < 0)
		return NULL;
	for (size_t i = 0; i < sizeof(remote) / sizeof(*remote); i++)
		if (remote[i].magic == (unsigned)fs.f_type)
			return remote[i].name;
	return NULL;
}
